import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { decisionById } from '#decisions/queries/decisions'
import { setLeaderAmount } from '#pay/actions/slips'
import { createRun } from '#pay/actions/create_run'
import { approveTotal, prepareAllotment, releaseAllotment } from '#pay/actions/totals'
import { checkAllotments, checkRuns } from '#pay/queries/pay_checks'
import { runById } from '#pay/queries/runs'
import { linesOf } from '#pay/queries/slip_lines'
import { departmentSums, slipList } from '#pay/queries/slips'
import { totalVersions } from '#pay/queries/totals'
import { verifyRun } from '#pay/queries/verify_run'
import type { PayClass } from '#pay/domain/runs'
import { cycleById } from '#performance/queries/cycles'
import { computeCards } from '#performance/actions/compute_cards'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenDocument, rowsOf } from '#tests/support/givens'
import { importOrganization, importRosters, importSample } from '../imports/samples.js'
import { givenCycle, givenLibrary, givenScheme, givenState } from '../performance/givens.js'
import { compute, givenMethod, givenPayOffice, release, TODAY, type Office } from './givens.js'

const YUAN = 100

/** The sample quarter: each test goes on where the one before ended. */
test.group('The sample quarter’s pay', (group) => {
  let office: Office
  let centre: number
  let cycleId: number
  let runs: Record<PayClass, number>

  group.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    await importOrganization()
    await importRosters()
    clock.freeze(TODAY)
    office = await givenPayOffice()
    const rows = await db.from('units').where('kind', 'reform').select('id', 'name')
    const units = new Map(rows.map((row) => [row.name, Number(row.id)]))
    centre = units.get('融媒体中心')!
    const merged = ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)
    cycleId = await givenCycle(centre, { kind: 'quarter', unitIds: merged })
    await givenScheme(await givenLibrary('imported'), centre)
    await importSample('review_results', 'pay/2022-q2.xlsx', { cycle: `${cycleId}:${centre}` })
  })
  group.teardown(() => clock.release())

  test('157 rows of the wage base: 150 matched, 6 unknown, row 116 held; the same file again adds nothing', async ({
    assert,
  }) => {
    const importId = await importSample('wage_base', 'pay/wage-base.xlsx', {})
    const rows = await rowsOf('import_rows', { import_id: importId })
    const rowsAt = (level: string) =>
      rows.filter((row) => row.level === level).map((row) => Number(row.row_no))
    assert.lengthOf(rows, 157)
    assert.lengthOf(rowsAt('rejected'), 6)
    assert.deepEqual(rowsAt('held'), [116])
    assert.lengthOf(await rowsOf('wage_bases'), 150)
    const [base] = await rowsOf('wage_bases')
    assert.notInclude(JSON.stringify(base), '6200000606482113405')
    await importSample('wage_base', 'pay/wage-base.xlsx', {})
    assert.lengthOf(await rowsOf('wage_bases'), 150)
    assert.lengthOf(await rowsOf('decisions', { subject_type: 'wage_base' }), 1)
  }).timeout(60_000)

  test('the decision on the held row: kept, it takes the place of the first', async ({
    assert,
  }) => {
    const [held] = await rowsOf('decisions', { subject_type: 'wage_base' })
    const hr = await givenActor({ role: 'hr_officer' })
    await proposeDecision(
      {
        decisionId: Number(held.id),
        version: 1,
        fields: { choice: 'keep' },
        reason: null,
        documentId: await givenDocument(),
        effectiveOn: null,
      },
      hr
    )
    const head = await givenActor({ role: 'hr_head' })
    const { version } = await decisionById(Number(held.id))
    await decide({ decisionId: Number(held.id), version, grant: null }, head)
    const live = await rowsOf('wage_bases', { person_id: held.subject_id, live: 1 })
    assert.deepEqual(
      live.map(({ step }) => Number(step)),
      [30]
    )
  })

  test('totals and standards: proposed by the officer, approved by the head', async ({
    assert,
  }) => {
    await importSample('pay_tables', 'pay/2022-q2.xlsx', {})
    assert.lengthOf(await rowsOf('pay_standards'), 55)
    const versions = await totalVersions({ state: 'submitted' })
    assert.lengthOf(versions, 2)
    for (const { id, version } of versions) await approveTotal({ id, version }, office.head)
    const [establishment, contract] = await rowsOf('pay_totals')
    assert.equal(Number(establishment.incentive_fen), 3_768_000 * YUAN)
    assert.equal(Number(contract.basic_fen), 1_562_000 * YUAN)
    await importSample('pay_tables', 'pay/2022-q2.xlsx', {})
    assert.lengthOf(await rowsOf('pay_total_versions'), 2)
  })

  test('the quarter’s incentive part: establishment computed to the fen, contract stopped by name', async ({
    assert,
  }) => {
    const totals = await rowsOf('pay_totals')
    const documentId = await givenDocument()
    runs = {} as Record<PayClass, number>
    for (const total of totals) {
      const id = await prepareAllotment(
        {
          totalId: Number(total.id),
          part: 'incentive',
          monthFrom: '2022-04',
          monthTo: '2022-06',
          amountFen: Number(total.incentive_fen) / 4,
          documentId,
        },
        office.officer
      )
      await releaseAllotment({ id, version: 1 }, office.head)
      const employmentType = total.employment_type as PayClass
      runs[employmentType] = await createRun(
        {
          kind: 'incentive',
          unitId: centre,
          employmentType,
          monthFrom: '2022-04',
          monthTo: '2022-06',
          payMonth: '2022-07',
          title: '二季度奖励性绩效',
          allotmentId: id,
          cycleId,
        },
        office.officer
      )
    }
    await assert.rejects(() => compute(office, runs.establishment), 'pay.errors.cycle_open')
    await inTransaction(async (trx) => computeCards(trx, await cycleById(cycleId, trx)))
    await givenState(cycleId, 'publicity')
    await assert.rejects(() => compute(office, runs.contract), 'decisions.errors.missing')
    const stopped = (await runById(runs.contract)).stopped!
    assert.equal(stopped.params.code, 'contract_staff_pay')
    await compute(office, runs.establishment)
    const missing = await slipList({ runId: runs.establishment, state: 'missing' })
    assert.deepEqual(
      missing.map(({ personName }) => personName).sort(),
      ['吴芳琪', '崔洋磊'].sort()
    )
    assert.deepEqual(missing[0].missing, ['领导绩效核定'])
    for (const { personId } of missing) {
      await setLeaderAmount(
        { runId: runs.establishment, personId, amountFen: 12_000 * YUAN, documentId },
        office.officer
      )
    }
    await compute(office, runs.establishment)
    const run = await runById(runs.establishment)
    const slips = await slipList({ runId: run.id, state: 'computed' })
    const people = slips.reduce((sum, { drawnFen }) => sum + drawnFen, 0)
    const departments = (await departmentSums(run.id)).reduce(
      (sum, { drawnFen }) => sum + drawnFen,
      0
    )
    assert.equal(people + run.reserveFen, 942_000 * YUAN)
    assert.equal(departments, people)
    assert.equal(run.leadersFen, 24_000 * YUAN)
    const [line] = (await linesOf([slips[3].id])).filter(({ code }) => code === 'incentive')
    for (const name of ['工作量分', '质量分', '岗位系数', '出勤率']) {
      assert.property(line.trace.used, name)
    }
    assert.deepEqual((await verifyRun(run.id)).differences, [])
  }).timeout(60_000)

  test('the contract run goes on when 编外人员待遇 is decided; it is released when accounts are entered', async ({
    assert,
  }) => {
    const [open] = await rowsOf('decisions', { code: 'contract_staff_pay' })
    const leader = await givenActor({ role: 'leadership' })
    const lgo = await givenActor({ role: 'leading_group_office' })
    const decisionId = Number(open.id)
    await proposeDecision(
      {
        decisionId,
        version: Number(open.version),
        fields: { text: '同岗同酬，按在编办法执行' },
        reason: null,
        documentId: await givenDocument(),
        effectiveOn: null,
      },
      lgo
    )
    const { version } = await decisionById(decisionId)
    await decide({ decisionId, version, grant: null }, leader)
    await compute(office, runs.contract)
    const run = await runById(runs.contract)
    assert.equal(run.drawnFen + run.reserveFen, 390_500 * YUAN)
    assert.isNull(run.stopped)
    await givenMethod(office, centre)
    await assert.rejects(() => release(office, run.id), 'pay.errors.no_account')
    await release(office, runs.establishment)
    assert.deepEqual([...(await checkAllotments()), ...(await checkRuns())], [])
  }).timeout(60_000)
})
