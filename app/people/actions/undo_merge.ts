import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inChunks, insertRow, inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError, NotFoundError } from '#shared/errors'
import { personReferencesPort } from '#shared/ports/person_references'
import { record } from '#audit/actions/record'
import { fillQuota } from '#organization/actions/quota/fill_quota'
import { emptyBlanks } from './fill_blanks.js'
import { pointBack, refuseFixed, seatInput, type MovedReferences } from './merge_people.js'
import type { RetiredAssignment } from './retire_duplicates.js'
import { COPIED } from './supersede_assignment.js'

/**
 * Takes a merge back: exactly the references that it moved return, and an assignment that had
 * counted once counts twice again, with its seat. Throws people.errors.merge_used when something
 * that was moved has gone on since (a transfer, an event, another merge): then two histories can
 * no longer be told apart.
 */
export async function undoMerge(
  input: { mergeId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  outer?: Trx
): Promise<void> {
  await inTransaction(async (trx) => {
    await holdBoth(trx, input.mergeId)
    const merge = await trx.from('person_merges').where('id', input.mergeId).first()
    if (!merge) throw new NotFoundError('merge')
    await claim(trx, merge, input.version, actor)
    const [keptId, mergedId] = [Number(merge.kept_id), Number(merge.merged_id)]
    const moved: MovedReferences = JSON.parse(merge.moved)
    await refuseUsed(trx, moved)
    await refuseNewer(trx, keptId, moved)
    for (const item of moved.references) {
      await refuseFixed(trx, item)
      if (!(await pointBack(trx, item, keptId, mergedId))) throw used()
    }
    for (const item of moved.retired) await revive(trx, actor, merge, mergedId, item)
    const both = { keptId, mergedId, reason: merge.reason }
    if (!(await emptyBlanks(trx, actor, both, moved.blanks))) throw used()
    for (const subjectId of [keptId, mergedId]) {
      await record(trx, actor, {
        action: 'people.person.unmerged',
        subjectType: 'person',
        subjectId,
        changes: { kept: keptId, merged: mergedId, merge: input.mergeId },
        grant: input.grant,
      })
    }
  }, outer)
}

/**
 * Takes both records before anything is read, so that no other merge moves on meanwhile what goes
 * back here: MySQL shows a transaction the others' work as it was at its first plain read.
 */
async function holdBoth(trx: Trx, mergeId: number) {
  await trx
    .from('person_merges as m')
    .joinRaw('join persons as p on p.id in (m.kept_id, m.merged_id)')
    .where('m.id', mergeId)
    .orderBy('p.id')
    .forUpdate()
    .select('p.id')
}

const used = () => new DomainError('people.errors.merge_used')

async function claim(trx: Trx, merge: Row, version: number, actor: Actor) {
  const changed = await trx
    .from('person_merges')
    .where({ id: merge.id, version })
    .whereNull('undone_at')
    .update({
      undone_at: clock.now(),
      undone_by: actor.userId,
      version: version + 1,
      updated_at: clock.now(),
    })
  if (!affected(changed)) throw new MoveError({ id: Number(merge.id), verb: 'undo' })
}

/** An assignment that has been replaced since (moved, ended, corrected) lives on with the kept one. */
async function refuseUsed(trx: Trx, moved: MovedReferences) {
  const ids = moved.references.find(({ table }) => table === 'assignments')?.ids ?? []
  for (let start = 0; start < ids.length; start += 400) {
    const piece = ids.slice(start, start + 400)
    const replaced = await trx
      .from('assignments')
      .whereIn('supersedes', piece)
      .whereNotIn('id', ids)
      .first()
    if (replaced) throw used()
  }
}

/** What was written since about an assignment that would go back would name two people at once. */
async function refuseNewer(trx: Trx, keptId: number, moved: MovedReferences) {
  const idsOf = (name: string) => moved.references.find(({ table }) => table === name)?.ids ?? []
  const assignments = idsOf('assignments')
  for (const { table, column } of personReferencesPort.all()) {
    // Lucid's own columnsInfo() asks no table when it is called on a transaction.
    const columns = await trx.knexClient.table(table).columnInfo()
    if (!('assignment_id' in columns)) continue
    const old = new Set(idsOf(table))
    const rows = await inChunks(assignments, 400, (ids) =>
      trx.from(table).where(column, keptId).whereIn('assignment_id', ids).select('id')
    )
    if (rows.some(({ id }) => !old.has(Number(id)))) throw used()
  }
}

/** A copy takes the place of the row that did not count; what was known meanwhile stays known. */
async function revive(
  trx: Trx,
  actor: Actor,
  merge: Row,
  mergedId: number,
  item: RetiredAssignment
) {
  const old = await trx.from('assignments').where('id', item.assignmentId).firstOrFail()
  const copy = Object.fromEntries(COPIED.map((name) => [name, old[name]]))
  const id = await insertRow(trx, 'assignments', {
    ...copy,
    person_id: mergedId,
    recorded_at: clock.now(),
    supersedes: item.assignmentId,
  })
  await trx.from('assignments').where('id', item.assignmentId).update({ superseded_by: id })
  if (!item.seat) return
  const mergeId = Number(merge.id)
  const seat = seatInput(mergeId, item.assignmentId, item.seat, merge.reason, 'unmerge')
  const wanted = { [item.seat.category]: 1 }
  await fillQuota(trx, actor, { ...seat, wanted, allowOver: item.seat.over })
}
