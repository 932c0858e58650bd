import { record } from '#audit/actions/record'
import { cycleById } from '#performance/queries/cycles'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import {
  checkDistribution,
  DEFAULT_DISTRIBUTION,
  type DistributionSettings,
} from '../domain/distribution.js'
import { partsOf, RUN_MOVES, type PayClass, type RunKind } from '../domain/runs.js'
import { allotmentById, allotmentsFor, type AllotmentRow } from '../queries/allotments.js'
import { runById, type RunSettings } from '../queries/runs.js'
import { layHand } from './run_hands.js'

const refuse: Refuse = refusing('pay')

export interface RunInput {
  kind: RunKind
  unitId: number
  employmentType: PayClass
  monthFrom: string
  monthTo: string
  payMonth: string
  title: string
  allotmentId: number | null
  cycleId: number | null
  distribution?: Partial<DistributionSettings>
  poolFen?: number | null
  documentId?: number | null
}

/** Opens a run; a second one of the same period takes up those who were set aside. Returns its id. */
export async function createRun(input: RunInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, `${input.monthTo}-01`)
    checkMonths(input)
    await checkCycle(client, input)
    const allotmentId = await allotmentOf(client, input)
    const sequence = await nextSequence(client, input)
    const id = await insertRow(client, 'pay_runs', {
      number: `new-${crypto.randomUUID()}`,
      title: input.title,
      kind: input.kind,
      unit_id: input.unitId,
      employment_type: input.employmentType,
      month_from: input.monthFrom,
      month_to: input.monthTo,
      pay_month: input.payMonth,
      sequence,
      state: 'draft',
      allotment_id: allotmentId,
      cycle_id: input.cycleId,
      settings: JSON.stringify(settingsOf(input)),
      document_id: input.documentId ?? null,
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    }).catch((error) => {
      if (isUniqueViolation(error)) throw new DomainError('pay.errors.run_exists')
      throw error
    })
    const number = `GZ${input.payMonth.replace('-', '')}-${String(id).padStart(4, '0')}`
    await client.from('pay_runs').where('id', id).update({ number })
    await layHand(client, id, actor)
    await record(client, actor, {
      action: 'pay.run.created',
      subjectType: 'pay_run',
      subjectId: id,
      changes: { number, kind: input.kind, months: `${input.monthFrom}—${input.monthTo}` },
    })
    return id
  }, trx)
}

/**
 * Changes how an incentive run shares out; what was computed, or is being computed, no longer
 * counts.
 */
export async function configureRun(
  input: {
    runId: number
    version: number
    distribution: DistributionSettings
    poolFen: number | null
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const run = await runById(input.runId, client)
    checkDistribution(input.distribution)
    const settings: RunSettings = {
      ...run.settings,
      distribution: input.distribution,
      poolFen: input.poolFen ?? undefined,
    }
    const record_ = { id: run.id, version: input.version }
    const values = {
      settings: JSON.stringify(settings),
      computed_no: null,
      compute_no: client.raw('compute_no + 1'),
    }
    const moves = {
      ...RUN_MOVES,
      edit: { ...RUN_MOVES.edit, from: ['draft', 'computed', 'returned'] as const },
    }
    await moveState(client, 'pay_runs', record_, moves, 'edit', values)
    await layHand(client, run.id, actor)
    await record(client, actor, {
      action: 'pay.run.configured',
      subjectType: 'pay_run',
      subjectId: run.id,
      changes: { ...input.distribution },
    })
  }, trx)
}

function checkMonths({ kind, monthFrom, monthTo, payMonth }: RunInput) {
  if (monthFrom > monthTo) refuse('month_to', 'months')
  if (kind === 'monthly' && monthFrom !== monthTo) refuse('month_to', 'one_month')
  if (monthFrom.slice(0, 4) !== monthTo.slice(0, 4)) refuse('month_to', 'other_year')
  if (payMonth < monthFrom) refuse('pay_month', 'pay_month')
}

/** A run shares out by the review of its own unit: it pays everybody of it, and reads their scores. */
async function checkCycle(trx: Trx, { kind, cycleId, unitId }: RunInput) {
  if (kind !== 'incentive' || cycleId === null) return
  const cycle = await cycleById(cycleId, trx)
  if (cycle.unitId !== unitId) refuse('cycle_id', 'other_cycle')
}

async function allotmentOf(trx: Trx, input: RunInput): Promise<number | null> {
  const parts = partsOf(input.kind)
  if (input.allotmentId) {
    const allotment = await allotmentById(input.allotmentId, trx)
    const fits =
      allotment.state === 'released' &&
      parts.includes(allotment.part) &&
      allotment.unitId === input.unitId &&
      allotment.employmentType === input.employmentType &&
      coversMonths(allotment, input)
    if (!fits) refuse('allotment_id', 'other_allotment')
    return allotment.id
  }
  const [only] = await allotmentsFor({ ...input, part: parts[0] }, trx)
  if (!only && input.kind === 'incentive') refuse('allotment_id', 'no_allotment')
  return only?.id ?? null
}

/** Nothing is carried over: wages and shares stay within its months, the rest within its year. */
function coversMonths(allotment: AllotmentRow, { kind, monthFrom, monthTo }: RunInput): boolean {
  if (kind === 'correction' || kind === 'year_end') {
    return allotment.year === Number(monthFrom.slice(0, 4))
  }
  return allotment.monthFrom <= monthFrom && allotment.monthTo >= monthTo
}

/** 1, or one more than the last when that one has left somebody for later. */
async function nextSequence(trx: Trx, input: RunInput): Promise<number> {
  const key = {
    unit_id: input.unitId,
    kind: input.kind,
    employment_type: input.employmentType,
    month_from: input.monthFrom,
    month_to: input.monthTo,
  }
  const last = await trx
    .from('pay_runs')
    .where(key)
    .whereNot('state', 'cancelled')
    .orderBy('sequence', 'desc')
    .first()
  if (!last) return 1
  if (!['released', 'paid'].includes(last.state)) throw new DomainError('pay.errors.run_exists')
  return Number(last.sequence) + 1
}

function settingsOf({ kind, distribution, poolFen }: RunInput): RunSettings {
  if (kind !== 'incentive') return {}
  const settings = { ...DEFAULT_DISTRIBUTION, ...distribution }
  checkDistribution(settings)
  return { distribution: settings, ...(poolFen && { poolFen }) }
}
