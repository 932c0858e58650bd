import { test } from '@japa/runner'
import { dropCandidate } from '#recruitment/actions/checks'
import { addExaminer } from '#recruitment/actions/examiners'
import { chooseCandidates } from '#recruitment/actions/move_plan'
import { applicationList } from '#recruitment/queries/applications'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { together } from '#tests/support/together'
import {
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenOpenPlan,
  TODAY,
  toTests,
} from './givens.js'

test.group('Candidates, two at once', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('two candidates drop out at once: the next two come in', async ({ assert }) => {
    const office = await givenOffice()
    const { id: recruitmentId, recruitmentPostId } = await givenOpenPlan(office)
    await applyMany(recruitmentId, recruitmentPostId, 6)
    await toTests(recruitmentId, office)
    await enterTwice(recruitmentId, 'written', 0, office, (index) => 7000 + index * 100)
    await close(recruitmentId, 'written', office.head)
    const examiner = { recruitmentId, name: '考官甲', organization: null, personId: null }
    const examinerId = await addExaminer(examiner, office.hr1)
    await enterTwice(recruitmentId, 'interview', examinerId, office, () => 8000)
    await close(recruitmentId, 'interview', office.head)
    await chooseCandidates(await at(recruitmentId), office.head)
    const chosen = await applicationList({ recruitmentId, state: 'candidate' })
    assert.lengthOf(chosen, 2)
    const acts = chosen.map(({ id: applicationId, version }) => async () => {
      await dropCandidate({ applicationId, version, reason: '放弃' }, office.head)
    })
    assert.deepEqual(await together(acts), [])
    const people = await applicationList({ recruitmentId, state: 'candidate' })
    assert.sameMembers(
      people.map(({ rankNo }) => rankNo),
      [3, 4]
    )
  })
})
