import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { hire } from '#recruitment/actions/hire'
import { createPlan } from '#recruitment/actions/save_plan'
import { applicationById } from '#recruitment/queries/applications'
import { recruitmentPosts } from '#recruitment/queries/recruitment_posts'
import { approveRun, checkRun } from '#pay/actions/move_run'
import { releaseRun } from '#pay/actions/release_run'
import { runById } from '#pay/queries/runs'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser, rowsOf } from '#tests/support/givens'
import {
  applyMany,
  givenOffice,
  givenUnitWithPost,
  planInput,
  publishPlan,
} from '../recruitment/givens.js'
import {
  at,
  compute,
  givenAllotment,
  givenItems,
  givenPayOffice,
  givenRun,
  givenStaff,
  givenStandards,
} from '../pay/givens.js'
import { givenExemption, givenFreeze, INSIDE, refusal } from './givens.js'

test.group('The freeze and the modules that make facts of their own', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(INSIDE)
    return () => clock.release()
  })

  const outcomes = async () =>
    (await rowsOf('freeze_records')).map(({ outcome, act }) => `${outcome} ${act}`)

  /** Two people who stand in the publicity of a plan under a document, to be hired in the freeze. */
  async function givenPassed(documentId?: number) {
    const office = await givenOffice()
    const { unitId, postId } = await givenUnitWithPost(2)
    const posts = [{ postId, places: 2, minEducation: null, maxAge: null, requirements: null }]
    const input = await planInput({ unitId, posts, ...(documentId && { documentId }) })
    const id = await createPlan(input, office.hr1)
    await publishPlan(id, office)
    const [{ id: recruitmentPostId }] = await recruitmentPosts(id)
    const ids = await applyMany(id, recruitmentPostId, 2)
    const dates = { publicity_from: '2022-03-14', publicity_to: '2022-03-23' }
    await db
      .from('recruitments')
      .where({ id })
      .update({ state: 'hiring', ...dates })
    await db
      .from('recruitment_applications')
      .where('recruitment_id', id)
      .update({ state: 'passed', publicised: true })
    clock.freeze('2022-03-24')
    const hireOne = async (index: number) => {
      const { id: applicationId, version } = await applicationById(ids[index])
      const contract = { contractNo: `HT-${index}`, contractTo: null, effectiveOn: '2022-04-01' }
      await hire({ applicationId, version, ...contract, grade: 'professional_12' }, office.head)
    }
    return { unitId, ids, hireOne, input }
  }

  test('an appointment of a recruitment: refused with the rule, exempted, on record', async ({
    client,
    assert,
  }) => {
    const { unitId, ids, hireOne } = await givenPassed()
    const { office, documentId } = await givenFreeze([unitId])
    assert.equal(await refusal(hireOne(0)), 'discipline.refused.personnel')
    const { version } = await applicationById(ids[0])
    const sent = await client
      .post(`/recruitment/applications/${ids[0]}/hiring`)
      .loginAs(await givenUser({ role: 'hr_head' }))
      .withCsrfToken()
      .redirects(0)
      .form({ version, contract_no: 'HT', effective_on: '2022-04-01', grade: 'professional_12' })
    assert.include(sent.flashMessage('error'), '不得随意进行人事调整')
    assert.lengthOf(await rowsOf('assignments'), 0)
    assert.lengthOf(await rowsOf('persons'), 0)
    const [refused] = await rowsOf('freeze_records')
    assert.deepInclude(refused, { subject_type: 'recruitment_application', subject_id: ids[0] })
    assert.isNull(refused.person_id)

    await givenExemption(office, { rule: 'personnel', unitId, documentId })
    await hireOne(0)
    assert.lengthOf(await rowsOf('assignments'), 1)
    const refusals = ['refused recruitment.hire', 'refused recruitment.hire']
    assert.deepEqual(await outcomes(), [...refusals, 'exempted recruitment.hire'])
  })

  test('a recruitment under a document of the programme passes as reform', async ({ assert }) => {
    const programme = await givenDocument('市融改〔2022〕6号')
    const { unitId, hireOne } = await givenPassed(programme)
    const { freezeId } = await givenFreeze([unitId])
    await db.table('freeze_documents').insert({ freeze_id: freezeId, document_id: programme })
    await hireOne(0)
    await hireOne(1)
    assert.deepEqual(await outcomes(), ['reform recruitment.hire', 'reform recruitment.hire'])
  })

  async function givenChecked(kind: 'monthly' | 'year_end') {
    const office = await givenPayOffice()
    await givenStandards()
    const { unitId } = await givenStaff(1)
    await givenItems(office)
    for (const part of ['basic', 'incentive'] as const) {
      await givenAllotment(office, unitId, { part, fen: 100_000_00 })
    }
    const runId = await givenRun(office, unitId, { monthTo: '2022-02', monthFrom: '2022-02' })
    await compute(office, runId)
    await db.from('pay_runs').where('id', runId).update({ kind })
    await checkRun(await at(runId), office.officer)
    await approveRun(await at(runId), office.head)
    return {
      office,
      unitId,
      runId,
      release: async () => releaseRun(await at(runId), office.cashier),
    }
  }

  test('regular pay is never stopped, and on record as that', async ({ assert }) => {
    const { unitId, runId, release } = await givenChecked('monthly')
    await givenFreeze([unitId])
    await release()
    assert.equal((await runById(runId)).state, 'released')
    const [allowed] = await rowsOf('freeze_records')
    const { grossFen } = await runById(runId)
    assert.deepInclude(allowed, { outcome: 'allowed', act: 'pay.run', allowed: 'regular_pay' })
    assert.equal(Number(allowed.amount_fen), grossFen)
  })

  test('a bonus at the end of the year is spending: refused, then within an exemption', async ({
    assert,
  }) => {
    const { unitId, runId, release } = await givenChecked('year_end')
    const { office, documentId } = await givenFreeze([unitId])
    assert.equal(await refusal(release()), 'discipline.refused.spending')
    assert.equal((await runById(runId)).state, 'approved')
    const exemption = { rule: 'spending' as const, unitId, documentId }
    await givenExemption(office, { ...exemption, amountFen: 100_00 })
    assert.equal(await refusal(release()), 'discipline.refused.spending')
    await givenExemption(office, { ...exemption, amountFen: 100_000_00 })
    await release()
    assert.equal((await runById(runId)).state, 'released')
    // The same attempt of one day stands once, with the amount it asked for.
    assert.deepEqual(await outcomes(), ['refused pay.run', 'exempted pay.run'])
  })
})
