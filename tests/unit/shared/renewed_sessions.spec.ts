import { configProvider } from '@adonisjs/core'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { clock } from '#shared/clock'
import { renewedByMinute } from '#shared/operations/renewed_sessions'

/** A store that counts how often the end of a session was written. */
async function countingStore() {
  const written: string[] = []
  const store = {
    read: async () => null,
    write: async () => {},
    destroy: async () => {},
    touch: async (id: string) => void written.push(id),
  }
  const provider = renewedByMinute(configProvider.create(async () => () => ({ ...store })))
  const create = (await configProvider.resolve<any>(app, provider))!
  return { written, touch: (id: string) => create(null, null).touch(id) }
}

test.group('sessions renewed by the minute', (group) => {
  group.each.teardown(() => clock.release())

  test('pages of one minute write the end of a session once', async ({ assert }) => {
    const { written, touch } = await countingStore()
    clock.freeze('2026-03-02 01:00:00.000')
    await touch('a')
    await touch('a')
    await touch('b')
    clock.freeze('2026-03-02 01:00:59.999')
    await touch('a')
    assert.deepEqual(written, ['a', 'b'])
    clock.freeze('2026-03-02 01:01:00.000')
    await touch('a')
    assert.deepEqual(written, ['a', 'b', 'a'])
  })

  test('an end that could not be written is written by the next page', async ({ assert }) => {
    const failing = configProvider.create(async () => {
      let calls = 0
      return () => ({
        read: async () => null,
        write: async () => {},
        destroy: async () => {},
        touch: async () => {
          if (++calls === 1) throw new Error('frozen')
        },
      })
    })
    const create = (await configProvider.resolve<any>(app, renewedByMinute(failing)))!
    await assert.rejects(() => create(null, null).touch('a'), 'frozen')
    await create(null, null).touch('a')
  })
})
