import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { confirmAssessment, returnAssessment } from '#assessment/actions/move_assessment'
import { publishAssessment, submitAssessment } from '#assessment/actions/move_assessment'
import { openAssessment, reviseAssessment } from '#assessment/actions/open_assessment'
import { readValues } from '#assessment/actions/read_values'
import { adoptSheet, createSheet, editSheet } from '#assessment/actions/sheets'
import { addIndicator, editIndicator, removeIndicator } from '#assessment/actions/indicators'
import { checkScores } from '#assessment/queries/assessment_checks'
import { assessmentInbox } from '#assessment/queries/assessment_inbox'
import { assessmentById } from '#assessment/queries/assessments'
import { resultsOf } from '#assessment/queries/results'
import { indicatorsOf, sheetById, sheetInForce } from '#assessment/queries/sheets'
import { issueOrder } from '#governance/actions/orders'
import { runSupervision } from '#governance/jobs/run_supervision'
import { clock } from '#shared/clock'
import { factsPort } from '#shared/ports/facts'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, givenUnit, rowsOf } from '#tests/support/givens'
import { givenFund } from '../funds/givens.js'
import { givenCity, givenTask } from '../governance/givens.js'
import { givenProgramme } from '../programme/givens.js'
import { commitmentsOf } from '#funds/queries/movements'
import { givenAssessment, givenOffice, givenSheet, indicator, QUARTER, TODAY } from './givens.js'

const key = (text: string) => text

test.group('Sheets of indicators', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  test('adopted by another, with weights of 100 points; then it stands', async ({ assert }) => {
    const { office, leader } = await givenOffice()
    const head = { title: '指标', validFrom: '2022-01-01', yellowPoints: 2_00, redPoints: 5_00 }
    const sheetId = await createSheet({ ...head, kind: 'accountability' }, office)
    const id = await addIndicator({ ...indicator({ weight: 60_00 }), sheetId }, office)
    const documentId = await givenDocument()
    const adopt = async (actor = leader) =>
      adoptSheet({ sheetId, documentId, version: (await sheetById(sheetId)).version }, actor)
    await assert.rejects(adopt, 'assessment.errors.weights')
    await addIndicator({ ...indicator({ weight: 40_00 }), sheetId }, office)
    await assert.rejects(() => adopt(office), 'assessment.errors.same_person')
    await adopt()
    const fixed = 'assessment.errors.sheet_fixed'
    await assert.rejects(() => addIndicator({ ...indicator(), sheetId }, office), fixed)
    const change = { ...indicator(), indicatorId: id, version: 1 }
    await assert.rejects(() => editIndicator(change, office), fixed)
    await assert.rejects(() => removeIndicator({ indicatorId: id, version: 1 }, office), fixed)
    await assert.rejects(() => editSheet({ ...head, sheetId, version: 2 }, office), fixed)
  })

  test('a later sheet takes the place of an earlier one from its date', async ({ assert }) => {
    const people = await givenOffice()
    const first = await givenSheet(people, [{}], '2022-01-01')
    const copy = await createSheet(
      {
        title: '新版',
        validFrom: '2022-07-01',
        yellowPoints: 0,
        redPoints: 0,
        kind: 'accountability',
        from: first.sheetId,
      },
      people.office
    )
    const adopt = { sheetId: copy, version: 1, documentId: await givenDocument() }
    await adoptSheet(adopt, people.leader)
    assert.lengthOf(await indicatorsOf(copy), 1)
    const inForce = async (date: string) => (await sheetInForce('accountability', date))?.id
    assert.equal(await inForce('2022-06-30'), first.sheetId)
    assert.equal(await inForce('2022-07-01'), copy)
    assert.isUndefined(await inForce('2021-12-31'))
    await assert.rejects(() => givenSheet(people, [{}], '2022-07-01'), /date_taken/)
  })

  test('an indicator names a source that exists', async ({ assert }) => {
    const people = await givenOffice()
    const wrong = () => givenSheet(people, [{ source: 'fact:nobody.knows' }])
    await assert.rejects(wrong, 'assessment.errors.unknown_source')
  })
})

test.group('Assessments', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(TODAY))
  group.each.teardown(() => clock.release())

  async function scores(id: number) {
    const results = await resultsOf(id)
    return results.map(({ unitName, score, rank }) => [unitName, score, rank])
  }

  test('opened, entered, submitted, confirmed by another, published', async ({ assert }) => {
    const { id, unitIds, office, leader, enter, act } = await givenAssessment()
    await enter(unitIds[0], [{ actual: 90_00 }])
    await assert.rejects(() => act(submitAssessment, office), 'assessment.errors.incomplete')
    await enter(unitIds[1], [{ actual: 95_00 }])
    assert.deepEqual(await scores(id), [
      ['乙局', 95_00, 1],
      ['甲局', 90_00, 2],
    ])
    await act(submitAssessment, office)
    await assert.rejects(() => act(confirmAssessment, office), 'assessment.errors.same_person')
    await assert.rejects(() => enter(unitIds[0], [{ actual: 1 }]), 'assessment.errors.fixed')
    assert.lengthOf(await assessmentInbox(leader, key), 1)
    await act(returnAssessment, leader, { comment: '乙局数据请核实' })
    assert.isTrue((await assessmentInbox(office, key))[0].blocked)
    await enter(unitIds[1], [{ actual: 80_00 }])
    await act(submitAssessment, office)
    await act(confirmAssessment, leader)
    await act(publishAssessment, office)
    assert.equal((await assessmentById(id)).state, 'published')
    assert.deepEqual(await scores(id), [
      ['甲局', 90_00, 1],
      ['乙局', 80_00, 2],
    ])
    assert.deepEqual(await checkScores(), [])
    const events = await rowsOf('audit_events', { subject_type: 'assessment', subject_id: id })
    assert.lengthOf(events, 10)
  })

  test('who entered a value does not confirm, whoever handed it in', async ({ assert }) => {
    const { unitIds, office, leader, enter, act } = await givenAssessment()
    await enter(unitIds[0], [{ actual: 90_00 }], leader)
    await enter(unitIds[1], [{ actual: 90_00 }])
    await act(submitAssessment, office)
    await assert.rejects(() => act(confirmAssessment, leader), 'assessment.errors.same_person')
    assert.lengthOf(await assessmentInbox(leader, key), 0)
  })

  test('a value without origin or evidence is refused at its field', async ({ assert }) => {
    const { unitIds, enter } = await givenAssessment()
    const refused = async (value: object, field: string) => {
      const error: any = await enter(unitIds[0], [value]).catch((e) => e)
      assert.deepEqual(error.fields[0].field, field)
    }
    await refused({ actual: 1, origin: null }, 'values.0.origin')
    await refused({ actual: 1, evidence: null }, 'values.0.evidence')
    await refused({ applies: false, evidence: null }, 'values.0.evidence')
    assert.lengthOf(await rowsOf('assessment_scores', { entered_by: null }), 2)
  })

  test('values of the system come from funds and facts; what has nothing to count leaves its points', async ({
    assert,
  }) => {
    factsPort.register({
      code: 'test.moved',
      read: async () => ({ met: false, done: 2, planned: 3, url: '/there', missing: [] }),
    })
    const { id, unitIds, at, office, enter, indicatorIds } = await givenAssessment([
      { source: 'fact:test.moved', weight: 40_00 },
      { source: 'fund_execution', weight: 40_00 },
      { weight: 20_00 },
    ])
    const fund = await givenFund(200_00)
    await db.from('funds').update({ unit_id: unitIds[0] })
    await fund.enter({ kind: 'commitment', amountFen: 100_00, payee: '甲公司' })
    const [contract] = await commitmentsOf(fund.fundId)
    await fund.enter({ kind: 'payment', amountFen: 50_00, commitmentId: contract.id })
    await readValues(await at(), office)
    for (const unitId of unitIds) {
      const entered = { indicatorId: indicatorIds[2], actual: 100_00 }
      await enter(unitId, [entered])
    }
    // 甲局: 40 × 66.67 % + 40 × 25 % + 20 = 56.67; 乙局 has no fund: 46.67 of 60.
    assert.deepEqual(await scores(id), [
      ['乙局', 77_78, 1],
      ['甲局', 56_67, 2],
    ])
    const cells = await rowsOf('assessment_scores', { indicator_id: indicatorIds[0] })
    assert.deepEqual(
      cells.map(({ actual, done, planned, url }) => [Number(actual), done, planned, url]),
      [
        [66_67, 2, 3, '/there'],
        [66_67, 2, 3, '/there'],
      ]
    )
    assert.deepEqual(await checkScores(), [])
  })

  test('tasks and milestones count when they were owed in the quarter; cards are taken off', async ({
    assert,
  }) => {
    const given = await givenAssessment([
      { source: 'tasks_in_time', weight: 50_00 },
      { source: 'milestones_in_time', weight: 50_00 },
    ])
    const { id, unitIds, at, office } = given
    const city = await givenCity()
    const [unit] = unitIds
    const task = async (dueOn: string, submittedAt: string | null) => {
      const { lead } = await givenTask(city, { dueOn: '2022-12-31', leadUnitId: unit })
      const state = submittedAt ? 'accepted' : 'open'
      const values = { due_on: dueOn, submitted_at: submittedAt, state }
      await db.from('task_parts').where('id', lead.id).update(values)
      return lead
    }
    await task('2022-03-31', '2022-03-31 15:59:59.000')
    await task('2022-03-30', '2022-03-31 01:00:00.000')
    await task('2022-04-01', null)
    const late = await task('2022-01-10', null)
    const order = { partId: late.id, requirement: '按期办结', deadlineOn: null }
    clock.freeze('2022-01-04T01:00:00Z')
    await issueOrder(order, city.office)
    clock.freeze(TODAY)
    await runSupervision()
    const plan = await givenProgramme()
    const kept = await plan.milestone('挂牌成立', '2022-02-28', { leadUnitId: unit })
    await plan.milestone('人员划转', '2022-03-31', { leadUnitId: unit })
    await plan.milestone('全面建成', '2022-09-30', { leadUnitId: unit })
    await db.from('work_items').where('id', kept).update({ finished_on: '2022-02-28' })
    await readValues(await at(), office)

    const [result] = await resultsOf(id, [unit])
    assert.deepEqual(
      result.scores.map(({ done, planned, actual }) => [done, planned, actual]),
      [
        [1, 3, 33_33],
        [1, 2, 50_00],
      ]
    )
    assert.deepInclude(result, { yellow: 1, red: 1, base: 41_67, score: 34_67 })
    const [other] = await resultsOf(id, [unitIds[1]])
    assert.isNull(other.score)
    assert.isTrue(other.scores.every(({ applies }) => !applies))
    assert.deepEqual(await checkScores(), [])
  })

  test('one under way, one published: a second is refused, a correction replaces', async ({
    assert,
  }) => {
    const { id, unitIds, office, enter, publish } = await givenAssessment()
    const open = () => openAssessment({ ...QUARTER, unitIds }, office)
    const both = await Promise.allSettled([open(), open()])
    assert.isTrue(both.every(({ status }) => status === 'rejected'))
    for (const unitId of unitIds) await enter(unitId, [{ actual: 90_00 }])
    await publish()
    await assert.rejects(open, 'assessment.errors.already_published')
    const revise = { assessmentId: id, reason: '甲局完成值漏报' }
    const revision = await reviseAssessment(revise, office)
    await assert.rejects(() => reviseAssessment(revise, office), 'assessment.errors.under_way')
    const after = await assessmentById(revision)
    assert.deepInclude(after, { revision: 2, state: 'draft', reason: '甲局完成值漏报' })
    assert.deepEqual(await scores(revision), await scores(id))

    const { leader } = await givenOffice()
    const at = async () => {
      const { version } = await assessmentById(revision)
      return { assessmentId: revision, version }
    }
    await submitAssessment(await at(), office)
    await confirmAssessment(await at(), leader)
    assert.equal((await assessmentById(id)).state, 'published')
    await publishAssessment(await at(), office)
    assert.equal((await assessmentById(id)).state, 'replaced')
    assert.equal((await assessmentById(revision)).state, 'published')
  })

  test('two openings of a quarter at once: one stands', async ({ assert }) => {
    const people = await givenOffice()
    await givenSheet(people)
    const unitIds = [await givenUnit()]
    const open = () => openAssessment({ ...QUARTER, unitIds }, people.office)
    const both = await Promise.allSettled([open(), open()])
    assert.lengthOf(
      both.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.lengthOf(await rowsOf('assessments'), 1)
  })

  test('a quarter that has not begun, or without a sheet, is refused', async ({ assert }) => {
    const office = await givenActor({ role: 'leading_group_office' })
    const unitIds = [await givenUnit()]
    const open = (more: object) => openAssessment({ ...QUARTER, unitIds, ...more }, office)
    await assert.rejects(() => open({ quarter: 3 }), 'assessment.errors.quarter_ahead')
    await assert.rejects(() => open({}), 'assessment.errors.no_sheet')
    await assert.rejects(() => open({ unitIds: [] }), 'assessment.errors.units_needed')
  })

  test('two people save the same unit: the later is told', async ({ assert }) => {
    const { id, unitIds, enter, office } = await givenAssessment()
    const [result] = await resultsOf(id, [unitIds[0]])
    await enter(unitIds[0], [{ actual: 90_00 }])
    const { enterValues } = await import('#assessment/actions/enter_values')
    const stale = { assessmentId: id, unitId: unitIds[0], version: result.version, values: [] }
    await assert.rejects(() => enterValues(stale, office), 'shared.errors.stale')
  })

  test('a score changed by hand is found', async ({ assert }) => {
    const { id, unitIds, enter } = await givenAssessment()
    await enter(unitIds[0], [{ actual: 90_00 }])
    const [row] = await resultsOf(id, [unitIds[0]])
    await db.from('assessment_units').where('id', row.id).update({ score: 99_00 })
    const [found] = await checkScores()
    assert.equal(found.detail, `assessment_units ${row.id}: score 9900, values 9000`)
  })
})
