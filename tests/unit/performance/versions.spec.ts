import { test } from '@japa/runner'
import { versionStates } from '#performance/domain/versions'

const version = (validFrom: string, replaced = false) => ({ validFrom, replaced })

test.group('Dated versions', () => {
  test('one is in force: the last that has begun and that nothing replaced', ({ assert }) => {
    const states = versionStates(
      [
        version('2022-10-01'),
        version('2022-04-01'),
        version('2022-04-01', true),
        version('2021-01-01'),
      ],
      '2022-07-05'
    )
    assert.deepEqual(
      states.map(({ state }) => state),
      ['future', 'active', 'replaced', 'ended']
    )
  })

  test('none is in force before the first day; from its first day on one is', ({ assert }) => {
    const stateOn = (today: string) => versionStates([version('2022-04-01')], today)[0].state
    assert.deepEqual([stateOn('2022-03-31'), stateOn('2022-04-01')], ['future', 'active'])
  })
})
