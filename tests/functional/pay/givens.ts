import { approveItem, saveItem, tryItem } from '#pay/actions/items'
import { computeRun, requestCompute } from '#pay/actions/compute_run'
import { createRun, type RunInput } from '#pay/actions/create_run'
import { approveRun, checkRun } from '#pay/actions/move_run'
import { recordMethod } from '#pay/actions/record_method'
import { releaseRun } from '#pay/actions/release_run'
import { saveScale, tryScale } from '#pay/actions/tax_scales'
import { approveTotal, prepareAllotment, proposeTotal, releaseAllotment } from '#pay/actions/totals'
import { putWageBase } from '#pay/actions/wage_base'
import type { MethodDays } from '#pay/domain/methods'
import { STANDARD_ITEMS } from '#pay/domain/standard_items'
import type { PayClass, TotalPart } from '#pay/domain/runs'
import { itemById, itemsOn } from '#pay/queries/items'
import { runById } from '#pay/queries/runs'
import { totalVersionById } from '#pay/queries/totals'
import { allotmentById } from '#pay/queries/allotments'
import { maskAccount } from '#people/domain/identity_no'
import { approveDifference, prepareDifference } from '#pay/actions/differences'
import type { SlipRow } from '#pay/queries/slips'
import { seal } from '#shared/crypto'
import { inTransaction, insertRow, type Row } from '#shared/database'
import { clock } from '#shared/clock'
import {
  givenActor,
  givenAssignment,
  givenDocument,
  givenPerson,
  givenUnit,
} from '#tests/support/givens'

export const TODAY = '2022-07-05'

/** Who prepares, approves and releases. */
export async function givenPayOffice() {
  return {
    officer: await givenActor({ role: 'pay_officer' }),
    head: await givenActor({ role: 'finance_head' }),
    cashier: await givenActor({ role: 'finance_officer' }),
  }
}
export type Office = Awaited<ReturnType<typeof givenPayOffice>>

export async function givenStandards() {
  const put = (kind: string, level: string, yuan: number) =>
    inTransaction((trx) =>
      insertRow(trx, 'pay_standards', {
        kind,
        level,
        monthly_fen: yuan * 100,
        valid_from: '2006-07-01',
        recorded_at: clock.now(),
      })
    )
  await put('post', 'professional_10', 680)
  for (let step = 1; step <= 30; step++) await put('step', String(step), 80 + step * 11)
}

export async function givenBase(
  personId: number,
  row: Row = {},
  account: string | null = '6200000606482113405'
) {
  return inTransaction((trx) =>
    putWageBase(trx, personId, '2022-01-01', {
      step: 12,
      pension_base_fen: 850_000,
      housing_base_fen: 450_000,
      allowance_fen: 60_000,
      additional_deduction_fen: 100_000,
      leader: false,
      deduction_way: 'monthly',
      account_sealed: account && seal(account, 'account'),
      account_masked: account && maskAccount(account),
      ...row,
    })
  )
}

/** A unit with this many establishment staff who have grade, step, bases and an account. */
export async function givenStaff(size: number, unit?: number) {
  const unitId = unit ?? (await givenUnit({ name: '融媒体中心' }))
  const personIds: number[] = []
  for (let index = 0; index < size; index++) {
    const personId = await givenPerson({
      name: `职工${index}`,
      name_pinyin: `zhigong ${String(index).padStart(4, '0')}`,
    })
    await givenAssignment(personId, unitId, {
      employment_type: 'establishment',
      grade: 'professional_10',
      quota_category: 'professional',
    })
    await givenBase(personId, { step: 1 + (index % 30) })
    personIds.push(personId)
  }
  return { unitId, personIds }
}

/** The usual items, tried and approved. */
export async function givenItems(office: Office, employmentType: PayClass = 'establishment') {
  const documentId = await givenDocument()
  for (const item of STANDARD_ITEMS[employmentType]) {
    const values = { employmentType, validFrom: '2022-01-01', documentId }
    const id = await saveItem({ ...item, ...values }, office.officer)
    await tryItem({ id, version: 1 }, office.officer)
    const { version } = await itemById(id)
    await approveItem({ id, version }, office.head)
  }
  return itemsOn('2022-06-30', 'monthly', employmentType)
}

/** An approved total of the year with a released allotment of one part. */
export async function givenAllotment(
  office: Office,
  unitId: number,
  input: {
    part: TotalPart
    fen: number
    totalFen?: number
    employmentType?: PayClass
    from?: string
    to?: string
  }
) {
  const documentId = await givenDocument()
  const wholeFen = input.totalFen ?? input.fen
  const id = await proposeTotal(
    {
      unitId,
      year: 2022,
      employmentType: input.employmentType ?? 'establishment',
      headcount: null,
      documentId,
      reason: null,
      basicFen: wholeFen,
      incentiveFen: wholeFen,
    },
    office.officer
  )
  await approveTotal({ id, version: 1 }, office.head)
  const { totalId } = await totalVersionById(id)
  const allotmentId = await prepareAllotment(
    {
      totalId,
      part: input.part,
      amountFen: input.fen,
      documentId,
      monthFrom: input.from ?? '2022-01',
      monthTo: input.to ?? '2022-12',
    },
    office.officer
  )
  await releaseAllotment({ id: allotmentId, version: 1 }, office.head)
  return { totalId, allotmentId, allotment: () => allotmentById(allotmentId) }
}

/** A Tuesday to the Monday after: five working days. */
export const METHOD_DAYS: MethodDays = {
  congress_on: '2022-01-05',
  meeting_on: '2022-01-06',
  supervision_on: '2022-01-10',
  publicity_from: '2022-01-11',
  publicity_to: '2022-01-17',
}

/** The distribution method of a unit, by which its incentive runs are released. */
export async function givenMethod(
  office: Office,
  unitId: number,
  days: Partial<MethodDays> = {},
  validFrom = '2022-01-01'
) {
  return recordMethod(
    {
      unitId,
      validFrom,
      documentId: await givenDocument(),
      supervisionDocumentNo: '市宣绩〔2022〕1号',
      days: { ...METHOD_DAYS, ...days },
    },
    office.officer
  )
}

export async function givenRun(office: Office, unitId: number, input: Partial<RunInput> = {}) {
  const month = input.monthTo ?? '2022-06'
  return createRun(
    {
      kind: 'monthly',
      unitId,
      employmentType: 'establishment',
      title: `${month} 工资`,
      monthFrom: month,
      monthTo: month,
      payMonth: month,
      allotmentId: null,
      cycleId: null,
      ...input,
    },
    office.officer
  )
}

export const at = async (runId: number) => ({ runId, version: (await runById(runId)).version })

export async function compute(office: Office, runId: number) {
  await requestCompute(await at(runId), office.officer)
  const { computeNo } = await runById(runId)
  return computeRun({ runId, computeNo })
}

export async function approve(office: Office, runId: number) {
  await checkRun(await at(runId), office.officer)
  await approveRun(await at(runId), office.head)
}

export async function release(office: Office, runId: number) {
  await approve(office, runId)
  await releaseRun(await at(runId), office.cashier)
}

/** People who can be paid: standards, items, and an allotment of the basic part. */
export async function givenPayroll(size: number, fen = 100_000_00, totalFen = fen) {
  const office = await givenPayOffice()
  await givenStandards()
  const staff = await givenStaff(size)
  await givenItems(office)
  const basic = await givenAllotment(office, staff.unitId, { part: 'basic', fen, totalFen })
  return { office, ...staff, ...basic }
}

/** A run that is computed and released. */
export async function givenReleased(
  office: Office,
  unitId: number,
  input: Partial<RunInput> = {}
): Promise<number> {
  const runId = await givenRun(office, unitId, input)
  await compute(office, runId)
  await release(office, runId)
  return runId
}

export const FLAT_TAX = [{ upTo: null, percent: 20 }]

/** A tax table entered and tried on real people, at version 2. */
export async function givenTriedScale(office: Office, validFrom: string, steps = FLAT_TAX) {
  const documentId = await givenDocument()
  const id = await saveScale({ validFrom, steps, documentId }, office.officer)
  await tryScale({ id, version: 1 }, office.officer)
  return id
}

/** A difference against a released slip, approved: the next run pays or takes it. */
export async function givenCorrection(office: Office, slip: SlipRow, amountFen: number) {
  const id = await prepareDifference(
    {
      personId: slip.personId,
      unitId: slip.unitId,
      employmentType: slip.employmentType,
      slipId: slip.id,
      itemName: '薪级工资',
      fact: '薪级 1 → 2',
      amountFen,
      instalmentFen: null,
      documentId: null,
    },
    office.officer
  )
  await approveDifference({ id, version: 1 }, office.head)
  return id
}

/** Some slips of the released June as those of a released run of the contract staff. */
export async function givenPaidAsContract(office: Office, unitId: number, slipIds: number[]) {
  const runId = await givenRun(office, unitId, { employmentType: 'contract' })
  await inTransaction(async (trx) => {
    await trx
      .from('pay_runs')
      .where('id', runId)
      .update({ state: 'released', compute_no: 1, computed_no: 1 })
    await trx.from('pay_slips').whereIn('id', slipIds).update({ run_id: runId })
  })
  return runId
}
