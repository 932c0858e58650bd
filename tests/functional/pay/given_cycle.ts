import db from '@adonisjs/lucid/services/db'
import type { PayClass } from '#pay/domain/runs'
import { runById } from '#pay/queries/runs'
import { computeCards } from '#performance/actions/compute_cards'
import { cycleById } from '#performance/queries/cycles'
import { bulkInsert, inTransaction } from '#shared/database'
import type { RunInput } from '#pay/actions/create_run'
import { clock } from '#shared/clock'
import {
  cardsOf,
  givenCycle,
  givenDepartment,
  givenLibrary,
  givenPost,
  givenScheme,
  givenState,
} from '../performance/givens.js'
import {
  compute,
  givenAllotment,
  givenMethod,
  givenPayOffice,
  givenRun,
  givenStaff,
} from './givens.js'

/**
 * The second quarter's review of everybody of a unit, decided: all hold a post of one class; scores
 * go down by one from person to person.
 */
export async function givenDecidedCycle(unitId: number): Promise<number> {
  const departmentId = await givenDepartment(unitId)
  const postId = await givenPost(unitId, departmentId)
  await inTransaction((trx) =>
    trx
      .from('assignments')
      .where('unit_id', unitId)
      .whereNull('post_id')
      .update({ department_id: departmentId, post_id: postId, quota_category: 'professional' })
  )
  const library = await givenLibrary('imported')
  await givenScheme(library, unitId)
  const cycleId = await givenCycle(unitId)
  const values = (await cardsOf(cycleId)).flatMap(({ id }, index) =>
    [
      [library.quantity, String(90 - (index % 30))],
      [library.quality, String(95 - (index % 30))],
      [library.attendance, '1'],
    ].map(([indicator, value]) => ({
      scorecard_id: id,
      indicator_id: indicator,
      value,
      source: 'imported',
      source_id: null,
      recorded_at: clock.now(),
    }))
  )
  await inTransaction(async (trx) => {
    await bulkInsert(trx, 'card_values', values)
    await computeCards(trx, await cycleById(cycleId, trx))
  })
  await givenState(cycleId, 'publicity')
  return cycleId
}

/** Six people of each class in one class of posts, shared out: 60,000 and 48,000 yuan. */
export async function givenShares() {
  const office = await givenPayOffice()
  const { unitId, personIds } = await givenStaff(12)
  await givenMethod(office, unitId)
  const cycleId = await givenDecidedCycle(unitId)
  const contract = { employment_type: 'contract' }
  await db.from('scorecards').whereIn('person_id', personIds.slice(6)).update(contract)
  await db.from('decisions').where('code', 'contract_staff_pay').update({ state: 'decided' })
  const shareOut = async (employmentType: PayClass, fen: number) => {
    const { allotmentId } = await givenAllotment(office, unitId, {
      part: 'incentive',
      fen,
      employmentType,
      from: '2022-04',
      to: '2022-06',
    })
    const runId = await givenRun(office, unitId, {
      kind: 'incentive',
      employmentType,
      monthFrom: '2022-04',
      payMonth: '2022-07',
      allotmentId,
      cycleId,
      title: '二季度奖励性绩效',
    })
    await compute(office, runId)
    return runById(runId)
  }
  const establishment = await shareOut('establishment', 60_000_00)
  return {
    office,
    unitId,
    personIds,
    establishment,
    contract: await shareOut('contract', 48_000_00),
  }
}

/** People of a unit with their decided review, and a run of the quarter that shares 60,000 yuan out. */
export async function givenIncentive(size: number, { method = true } = {}) {
  const office = await givenPayOffice()
  const { unitId, personIds } = await givenStaff(size)
  if (method) await givenMethod(office, unitId)
  const cycleId = await givenDecidedCycle(unitId)
  const { totalId, allotmentId, allotment } = await givenAllotment(office, unitId, {
    part: 'incentive',
    fen: 60_000_00,
    totalFen: 240_000_00,
    ...QUARTER,
  })
  const open = (input: Partial<RunInput> = {}) =>
    givenRun(office, unitId, {
      kind: 'incentive',
      monthFrom: '2022-04',
      payMonth: '2022-07',
      allotmentId,
      cycleId,
      title: '二季度奖励性绩效',
      ...input,
    })
  const runId = await open()
  return { office, unitId, personIds, cycleId, totalId, allotmentId, allotment, runId, open }
}

const QUARTER = { from: '2022-04', to: '2022-06' }
