import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { seedCalendar } from '#calendar/actions/seed_calendar'
import { quotaFigures } from './quota.js'
import { hire } from '#recruitment/actions/hire'
import {
  announceResult,
  chooseCandidates,
  closePlan,
  startHiring,
} from '#recruitment/actions/move_plan'
import { recordCheck } from '#recruitment/actions/checks'
import { createPlan } from '#recruitment/actions/save_plan'
import { addExaminer } from '#recruitment/actions/examiners'
import { applicationList } from '#recruitment/queries/applications'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { recruitmentPosts } from '#recruitment/queries/recruitment_posts'
import { checkRecruitments } from '#recruitment/queries/recruitment_checks'
import { dbChecksPort } from '#shared/ports/db_checks'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import {
  applyMany,
  at,
  close,
  enterTwice,
  givenOffice,
  givenSampleCentre,
  planInput,
  publishPlan,
  TODAY,
  toTests,
} from './givens.js'

test.group('Recruitment for the 12 new posts', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.teardown(() => clock.release())

  test('from the plan on vacant quota to twelve people in their posts', async ({ assert }) => {
    clock.freeze('2022-01-10')
    await seedCalendar()
    const office = await givenOffice()
    const { unitId, posts } = await givenSampleCentre(office.hr1)
    assert.deepEqual(
      posts.map(({ name, places }) => [name, places]),
      [
        ['政务服务运营', 3],
        ['生活服务产品', 3],
        ['电商运营', 2],
        ['舆情分析', 4],
      ]
    )
    clock.freeze(TODAY)
    const before = await quotaFigures(unitId)
    assert.equal(before.vacant, 12)

    const id = await createPlan(
      await planInput({
        unitId,
        posts: posts.map(({ postId, places }) => ({
          postId,
          places,
          minEducation: 'undergraduate',
          maxAge: 35,
          requirements: null,
        })),
      }),
      office.hr1
    )
    await publishPlan(id, office)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 12, filled: 0 })

    for (const post of await recruitmentPosts(id)) await applyMany(id, post.id, post.places * 4)
    await toTests(id, office)
    await enterTwice(id, 'written', 0, office, (index) => 6000 + index * 37)
    await close(id, 'written', office.head)
    const called = (await applicationList({ recruitmentId: id })).filter((one) => one.shortlisted)
    assert.lengthOf(called, 36)
    for (let number = 1; number <= 5; number++) {
      const examinerId = await addExaminer(
        { recruitmentId: id, name: `考官${number}`, organization: null, personId: null },
        office.hr1
      )
      await enterTwice(id, 'interview', examinerId, office, (index) => 7000 + ((index * 91) % 2000))
    }
    await close(id, 'interview', office.head)
    await chooseCandidates(await at(id), office.head)
    const candidates = await applicationList({ recruitmentId: id, state: 'candidate' })
    assert.lengthOf(candidates, 12)

    // One fails the medical: the next of the same post takes the place, once.
    const [first] = candidates
    await recordCheck(
      {
        applicationId: first.id,
        version: first.version,
        kind: 'background',
        result: 'passed',
        note: null,
      },
      office.hr1
    )
    await recordCheck(
      {
        applicationId: first.id,
        version: first.version + 1,
        kind: 'medical',
        result: 'failed',
        note: '不符合体检标准',
      },
      office.hr1
    )
    const [backfill] = (await applicationList({ recruitmentId: id, state: 'candidate' })).filter(
      (one) => one.backfill
    )
    assert.equal(backfill.recruitmentPostId, first.recruitmentPostId)
    for (const { id: applicationId, version } of await applicationList({
      recruitmentId: id,
      state: 'candidate',
    })) {
      const passed = { applicationId, result: 'passed' as const, note: null }
      await recordCheck({ ...passed, version, kind: 'background' }, office.hr1)
      await recordCheck({ ...passed, version: version + 1, kind: 'medical' }, office.hr1)
    }
    clock.freeze('2022-04-01')
    await announceResult(await at(id), office.head)
    const plan = await recruitmentById(id)
    // 2 April is worked in exchange for the Qingming holiday, 3 to 5 April are free.
    assert.deepEqual([plan.publicityFrom, plan.publicityTo], ['2022-04-02', '2022-04-13'])
    await assert.rejects(
      async () => startHiring(await at(id), office.head),
      'recruitment.errors.publicity_runs'
    )
    clock.freeze('2022-04-14')
    await startHiring(await at(id), office.head)
    for (const [index, { id: applicationId, version }] of (
      await applicationList({ recruitmentId: id, state: 'passed' })
    ).entries()) {
      await hire(
        {
          applicationId,
          version,
          contractNo: `HT-${index + 1}`,
          contractTo: null,
          effectiveOn: '2022-05-01',
          grade: 'professional_12',
        },
        office.head
      )
    }
    await closePlan(await at(id), office.head)
    assert.deepEqual(await quotaFigures(unitId), { vacant: 0, reserved: 0, filled: 12 })
    const assigned = await db
      .from('assignments')
      .where({ unit_id: unitId, employment_type: 'establishment', source: 'recruitment' })
    assert.lengthOf(assigned, 12)
    assert.equal((await recruitmentById(id)).state, 'closed')
    assert.deepEqual(await checkRecruitments(), [])
    const quota = (await dbChecksPort.run()).flatMap(({ findings }) => findings)
    assert.deepEqual(quota, [])
  }).timeout(240_000)
})
