import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  insertRow,
  inTransaction,
  isUniqueViolation,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { personReferencesPort, type PersonReference } from '#shared/ports/person_references'
import { record } from '#audit/actions/record'
import { vacateQuota } from '#organization/actions/quota/vacate_quota'
import { fillBlanks, type FilledBlanks } from './fill_blanks.js'
import { retireDuplicates, type RetiredAssignment } from './retire_duplicates.js'

export interface MergeInput {
  keptId: number
  mergedId: number
  reason: string
  grant?: ActiveGrant | null
}

/** What a merge moved, so that its undo moves exactly that back. */
export interface MovedReferences {
  references: Array<PersonReference & { where?: Row; ids: number[] }>
  retired: RetiredAssignment[]
  blanks: FilledBlanks
}

/** Beside the port: what points at a person only where another column says so, and earlier merges. */
export const BESIDE_THE_PORT = [
  { table: 'decisions', column: 'subject_id', where: { kind: 'held', subject_type: 'person' } },
  { table: 'decisions', column: 'subject_id', where: { kind: 'held', subject_type: 'wage_base' } },
  { table: 'persons', column: 'merged_into', where: {} },
]
/** Earlier versions belong to the record, not to the person: each record keeps its own. */
const OF_THE_RECORD = new Set(['person_revisions'])

/**
 * Makes one record of two that are the same person: everything that points at the one points at
 * the other from now on, and the merged record leads there; what the kept one does not know (identity
 * number, phone…) it takes over. Both in the same unit at the same time: that assignment counts once, and the seat that was counted twice is vacant again. Gives
 * the merge's id. Throws people.errors.merge_same, merge_twice, merge_two_units,
 * merge_two_accounts, merge_clash, merge_signed.
 */
export async function mergePeople(input: MergeInput, actor: Actor, outer?: Trx): Promise<number> {
  const { keptId, mergedId } = input
  if (keptId === mergedId) throw new DomainError('people.errors.merge_same')
  return inTransaction(async (trx) => {
    const both = await lockBoth(trx, keptId, mergedId)
    const id = await insertRow(trx, 'person_merges', {
      kept_id: keptId,
      merged_id: mergedId,
      reason: input.reason,
      moved: '{}',
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const retired = await retireDuplicates(trx, keptId, mergedId)
    for (const { seat, assignmentId } of retired) {
      if (seat) await vacateQuota(trx, actor, seatInput(id, assignmentId, seat, input.reason))
    }
    const references = await moveAll(trx, keptId, mergedId, retired)
    const blanks = await fillBlanks(trx, actor, { ...both, reason: input.reason })
    const moved: MovedReferences = { references, retired, blanks }
    await trx
      .from('person_merges')
      .where({ id })
      .update({ moved: JSON.stringify(moved) })
    await writeDown(trx, input, actor, id, moved)
    return id
  }, outer)
}

/** The key and figures of a seat that two records of one person had filled. */
export function seatInput(
  mergeId: number,
  assignmentId: number,
  seat: NonNullable<RetiredAssignment['seat']>,
  reason: string,
  act = 'merge'
) {
  const { unitId, fundingType, category, over } = seat
  return {
    key: `people.${act}:${mergeId}:${assignmentId}`,
    unitId,
    fundingType,
    wanted: over ? {} : { [category]: 1 },
    over: over ? { [category]: 1 } : undefined,
    effectiveOn: clock.today(),
    documentId: null,
    subjectType: 'person_merge',
    subjectId: mergeId,
    reason,
  }
}

/** Locked in ascending order; both must be records of their own. */
async function lockBoth(trx: Trx, keptId: number, mergedId: number) {
  const rows = await trx.from('persons').whereIn('id', [keptId, mergedId]).orderBy('id').forUpdate()
  if (rows.length !== 2) throw new NotFoundError('person')
  const done = rows.find((row) => row.merged_into !== null)
  if (done) throw new DomainError('people.errors.merge_twice', { name: done.name })
  const of = (id: number): Row => rows.find((row) => Number(row.id) === id)!
  return { kept: of(keptId), merged: of(mergedId) }
}

async function moveAll(
  trx: Trx,
  keptId: number,
  mergedId: number,
  retired: RetiredAssignment[]
): Promise<MovedReferences['references']> {
  const found: MovedReferences['references'] = await personReferencesPort.pointingAt(mergedId, trx)
  for (const { table, column, where } of BESIDE_THE_PORT) {
    const rows = await trx
      .from(table)
      .where({ ...where, [column]: mergedId })
      .select('id')
    if (rows.length) found.push({ table, column, where, ids: rows.map((row) => Number(row.id)) })
  }
  const stay = new Set(retired.map(({ assignmentId }) => assignmentId))
  const moving = found
    .filter(({ table }) => !OF_THE_RECORD.has(table))
    .map((item) =>
      item.table === 'assignments' ? { ...item, ids: item.ids.filter((id) => !stay.has(id)) } : item
    )
    .filter(({ ids }) => ids.length > 0)
  for (const item of moving) {
    await refuseFixed(trx, item)
    await pointTo(trx, item, keptId)
  }
  return moving
}

/** Signatures stand for whom they named: what is being signed comes to its end first. */
export async function refuseFixed(trx: Trx, item: { table: string; ids: number[] }) {
  const name = await personReferencesPort.fixedBy(item.table, item.ids, trx)
  if (name) throw new DomainError('people.errors.merge_signed', { name })
}

/** A person has one account, one card a cycle…: two of them are to be settled first. */
async function pointTo(trx: Trx, item: MovedReferences['references'][number], personId: number) {
  for (let start = 0; start < item.ids.length; start += 400) {
    try {
      await trx
        .from(item.table)
        .whereIn('id', item.ids.slice(start, start + 400))
        .update({ [item.column]: personId })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      if (item.table === 'users') throw new DomainError('people.errors.merge_two_accounts')
      throw new DomainError('people.errors.merge_clash', { table: item.table })
    }
  }
}

async function writeDown(
  trx: Trx,
  input: MergeInput,
  actor: Actor,
  mergeId: number,
  moved: MovedReferences
) {
  const count = moved.references.reduce((sum, { ids }) => sum + ids.length, 0)
  for (const subjectId of [input.keptId, input.mergedId]) {
    await record(trx, actor, {
      action: 'people.person.merged',
      subjectType: 'person',
      subjectId,
      changes: {
        kept: input.keptId,
        merged: input.mergedId,
        references: count + moved.retired.length,
        reason: input.reason,
        merge: mergeId,
      },
      grant: input.grant,
    })
  }
}

/** Undo: only what still points at the kept record goes back. Says how many did. */
export async function pointBack(
  trx: Trx,
  item: MovedReferences['references'][number],
  from: number,
  to: number
): Promise<boolean> {
  let all = true
  for (let start = 0; start < item.ids.length; start += 400) {
    const ids = item.ids.slice(start, start + 400)
    const changed = await trx
      .from(item.table)
      .whereIn('id', ids)
      .where(item.column, from)
      .update({ [item.column]: to })
    all &&= affected(changed) && Number(changed) === ids.length
  }
  return all
}
