import { clock } from '#shared/clock'
import { inChunks, toInt, type Trx } from '#shared/database'
import type { Actor } from '#shared/actor'
import { freezePort, type FreezeQuestion } from '#shared/ports/freeze'
import { decisionInForce, openHoldsAbout } from '#decisions/queries/require_decision'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { accountKey, type QuotaBalances } from '#organization/domain/quota_accounts'
import { quotaBalances } from '#organization/queries/quota_balances'
import { unitResolver } from '#organization/queries/resolve_unit'
import { factsAsOf } from '#organization/queries/unit_facts'
import { unitsByIds } from '#organization/queries/units'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import { rowsForTransfer } from '#people/queries/assignments'
import type { BatchFacts } from '../domain/check_batch.js'
import { totalKey, type CapacityFacts } from '../domain/check_capacity.js'
import type { LineContext, LineFacts } from '../domain/check_line.js'
import { COMMERCIAL_STAFF, OPINION_CENTRE_STAFF, type DecisionCode } from '../domain/decisions.js'
import type { BatchRow } from './batches.js'
import type { StoredLine } from './lines.js'
import { postsByIds, type PostRow } from './posts.js'
import { settingOn, UNDECIDED_UNITS, UNDECIDED_UNITS_SETTING } from './settings.js'

export interface CheckFacts {
  lines: LineFacts[]
  /** Category of the seat that each person fills today, by line. */
  seats: Map<number, PostCategory | null>
  context: LineContext
  capacity: CapacityFacts
  batch: BatchFacts
}

/** Everything that the checks of a batch need to know, read in a handful of queries. */
export async function loadCheckFacts(
  trx: Trx,
  batch: BatchRow,
  lines: StoredLine[]
): Promise<CheckFacts> {
  const assignments = await assignmentsOf(trx, batch, lines)
  const postIds = [...new Set(lines.map(({ toPostId }) => toPostId).filter((id) => id !== null))]
  const posts = await postsByIds(postIds, batch.effectiveOn, batch.id, trx)
  const departments = await departmentUnits(trx, lines)
  const personIds = lines.map(({ personId }) => personId).filter((id) => id !== null)
  const holds = await openHoldsAbout('person', personIds, trx)
  const others = await otherBatches(trx, batch.id)
  const fromUnits = [...new Set(lines.map(({ fromUnitId }) => fromUnitId))]
  const toUnits = [...new Set(lines.map(({ toUnitId }) => toUnitId))]

  return {
    lines: lines.map((line) => ({
      line,
      ...personFacts(assignments.get(line.assignmentId ?? 0)),
      post: postFacts(posts.get(line.toPostId ?? 0), batch.effectiveOn),
      departmentUnitId: departments.get(line.toDepartmentId ?? 0) ?? null,
      otherBatch: others.get(line.assignmentId ?? 0) ?? null,
      holds: holds.get(line.personId ?? 0) ?? [],
    })),
    seats: new Map(
      lines.map((line) => [line.id, assignments.get(line.assignmentId ?? 0)?.quotaCategory ?? null])
    ),
    context: await lineContext(trx, batch, [...new Set([...toUnits, ...fromUnits])]),
    capacity: {
      balances: await balancesOf(trx, [...new Set([...fromUnits, ...toUnits])]),
      approvedTotals: await approvedTotals(trx, toUnits, batch.effectiveOn),
      posts,
    },
    batch: {
      lineCount: lines.length,
      ...(await findBatchFacts(trx, batch, { from: fromUnits, to: toUnits })),
    },
  }
}

async function assignmentsOf(trx: Trx, batch: BatchRow, lines: StoredLine[]) {
  const ids = lines.map(({ assignmentId }) => assignmentId).filter((id) => id !== null)
  const rows = await rowsForTransfer({ date: batch.effectiveOn, assignmentIds: ids }, trx)
  return new Map(rows.map((row) => [row.id, row]))
}

function personFacts(row: AssignmentRow | undefined): Pick<LineFacts, 'now' | 'person'> {
  if (!row) return { now: null, person: null }
  const open = row.supersededBy === null && row.validTo === null && row.kind === 'main'
  const { birthOn, sex, retirementKind } = row
  return {
    now: open ? row : null,
    person: {
      birthOn,
      sex,
      retirementKind: retirementKind as NonNullable<LineFacts['person']>['retirementKind'],
    },
  }
}

function postFacts(post: PostRow | undefined, date: string): LineFacts['post'] {
  if (!post) return null
  const { unitId, departmentId, name, nature, employmentType, gradeTop, gradeBottom } = post
  return {
    unitId,
    departmentId,
    name,
    nature,
    employmentType,
    range: gradeTop && gradeBottom ? { top: gradeTop, bottom: gradeBottom } : null,
    open: post.validFrom <= date && (post.validTo === null || post.validTo > date),
  }
}

async function departmentUnits(trx: Trx, lines: StoredLine[]): Promise<Map<number, number>> {
  const ids = [...new Set(lines.map((line) => line.toDepartmentId).filter((id) => id !== null))]
  const rows = await inChunks(ids, 400, (piece) =>
    trx.from('departments').whereIn('id', piece).select('id', 'unit_id')
  )
  return new Map(rows.map((row) => [Number(row.id), Number(row.unit_id)]))
}

/** Assignments of this batch that another batch under way has claimed, with that batch's number. */
async function otherBatches(trx: Trx, batchId: number): Promise<Map<number, string>> {
  const rows = await trx
    .from('transfer_lines as l')
    .join('transfer_claims as c', 'c.assignment_id', 'l.assignment_id')
    .join('transfer_batches as b', 'b.id', 'c.batch_id')
    .where('l.batch_id', batchId)
    .whereNot('c.batch_id', batchId)
    .select('c.assignment_id', 'b.number')
  return new Map(rows.map((row) => [Number(row.assignment_id), row.number]))
}

async function lineContext(trx: Trx, batch: BatchRow, toUnits: number[]): Promise<LineContext> {
  const facts = await factsAsOf(batch.effectiveOn, toUnits, trx)
  return {
    effectiveOn: batch.effectiveOn,
    today: clock.today(),
    decided: await decidedOnes(trx, batch.effectiveOn),
    undecidedUnits: await undecidedUnits(trx, batch.effectiveOn),
    enterprises: new Set(toUnits.filter((id) => facts.get(id)?.unitClass === 'enterprise')),
  }
}

async function decidedOnes(trx: Trx, date: string): Promise<LineContext['decided']> {
  const decided = new Map<DecisionCode, { unitId: number | null; toCompany: boolean }>()
  for (const code of [COMMERCIAL_STAFF, OPINION_CENTRE_STAFF] as const) {
    const decision = await decisionInForce(code, date, trx)
    if (!decision) continue
    const { value } = decision
    decided.set(code, {
      unitId: value && 'unitId' in value ? value.unitId : null,
      toCompany: value !== null && 'arrange' in value && value.arrange === 'to_company',
    })
  }
  return decided
}

async function undecidedUnits(trx: Trx, date: string): Promise<Set<number>> {
  const configured = await settingOn(UNDECIDED_UNITS_SETTING, date, trx)
  const names: readonly unknown[] = Array.isArray(configured) ? configured : UNDECIDED_UNITS
  const resolve = await unitResolver(trx)
  const found = names.map((name) => resolve(String(name), date))
  return new Set(
    found.flatMap((unit) =>
      unit.kind === 'found' ? [unit.unitId] : unit.kind === 'ambiguous' ? unit.unitIds : []
    )
  )
}

/** Seats as they stand now, in the form of the ledger's pure rules. */
async function balancesOf(trx: Trx, unitIds: number[]): Promise<QuotaBalances> {
  const rows = await quotaBalances({ unitIds }, trx)
  const balances = new Map<string, number>()
  for (const { unitId, fundingType: funding, category, ...seats } of rows) {
    for (const kind of ['vacant', 'reserved', 'filled', 'over'] as const) {
      balances.set(accountKey({ unitId, funding, category, kind }), seats[kind])
    }
  }
  return balances
}

/** Approved totals in force on the date: per unit and funding the live row that started last. */
async function approvedTotals(trx: Trx, unitIds: number[], date: string) {
  const rows = await trx
    .from('quota_targets')
    .whereIn('unit_id', unitIds)
    .where('live', 1)
    .where('valid_from', '<=', date)
    .orderBy('valid_from')
    .select('unit_id', 'funding_type', 'total')
  return new Map(
    rows.map((row) => [
      totalKey(Number(row.unit_id), row.funding_type as FundingType),
      toInt(row.total),
    ])
  )
}

/** What the batch as a whole is asked; its lines are counted by the caller. */
export async function findBatchFacts(
  trx: Trx,
  batch: BatchRow,
  units: { from: number[]; to: number[] }
): Promise<Omit<BatchFacts, 'lineCount'>> {
  const targets = await unitsByIds(units.to, trx)
  return {
    documentId: batch.documentId,
    freeze: await askFreeze(trx, batch, [...new Set([...units.from, ...units.to])]),
    dissolvedTargets: [...targets.values()]
      .filter(({ dissolvedOn }) => dissolvedOn !== null && dissolvedOn <= batch.effectiveOn)
      .map(({ name }) => name),
  }
}

/** Reform discipline is looked at in every check: nothing goes on record. */
export function askFreeze(trx: Trx, batch: BatchRow, unitIds: number[]) {
  return freezePort.ask(freezeQuestion(batch, unitIds), trx)
}

/** It is asked at submission and at execution: refused with the rule, and on record. */
export function passFreeze(trx: Trx, batch: BatchRow, unitIds: number[], actor: Actor) {
  return freezePort.pass({ ...freezeQuestion(batch, unitIds), actor }, trx)
}

function freezeQuestion(batch: BatchRow, unitIds: number[]): FreezeQuestion {
  return {
    act: 'transfers.batch',
    unitIds,
    date: batch.effectiveOn,
    reformDocumentId: batch.documentId,
    subject: { type: 'transfer_batch', id: batch.id },
  }
}
