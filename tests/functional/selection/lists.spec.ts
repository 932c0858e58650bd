import { test } from '@japa/runner'
import { postOptions } from '#selection/queries/people_choices'
import { contractShares } from '#selection/queries/contracts'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'
import { givenPost } from '../transfers/givens.js'
import { DAY, givenContract, givenOffice, givenRound } from './givens.js'

test.group('Lists of two-way selection end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(DAY))
  group.each.teardown(() => clock.release())

  test('a round may take every post outside the establishment', async ({ assert }) => {
    const { officer } = await givenOffice()
    const unitId = await givenUnit({ name: '融媒体中心' })
    const roundId = await givenRound(officer, { unitId })
    const postId = await givenPost(unitId, {
      name: '记者',
      code: 'Z999',
      employment_type: 'contract',
    })
    await givenCopies('posts', 510, (index) => ({ code: `A${index}`, name: `岗${index}` }))
    const options = await postOptions(roundId, 'all')
    assert.lengthOf(options, 511)
    assert.equal(options.at(-1)!.value, postId)
  })

  test('the share of agency workers counts people, not contracts', async ({ assert }) => {
    const unitId = await givenUnit()
    for (let index = 0; index < 3; index++) {
      const personId = await givenPerson()
      if (index < 2) await givenAssignment(personId, unitId)
      await givenContract(personId)
      await givenCopies('contracts', 1, () => ({
        form: index === 0 ? 'agency' : 'direct',
        starts_on: '2021-01-01',
      }))
    }
    assert.deepEqual(await contractShares('all'), { people: 2, agency: 1 })
    assert.deepEqual(await contractShares([unitId]), { people: 2, agency: 1 })
    assert.deepEqual(await contractShares([]), { people: 0, agency: 0 })
  })
})
