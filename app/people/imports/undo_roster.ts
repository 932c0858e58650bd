import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inChunks, isStillReferenced, toInt, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { personReferencesPort } from '#shared/ports/person_references'
import { effectsOf, type ImportEffectRow } from '#imports/actions/effects'
import { dropUnused } from '#organization/imports/drop_unused'
import { reverseMovements } from '#organization/imports/reverse_movements'

interface Source {
  source_type: string
  source_id: number
}

const PIECE = 1_000
const NAMED = 5

/**
 * Takes a roster back: seats, assignments, people. Who of its people has done anything since (a
 * transfer, an event, an account, a later roster, a merge) stops it, by name:
 * DomainError `imports.errors.roster_in_use`.
 */
export async function undoRoster(trx: Trx, actor: Actor, { importId }: ImportContext) {
  const own = { source_type: 'import', source_id: importId }
  const people = await effectsOf(trx, importId, 'person')
  const made = idsWith(people, 'created')
  await refuseUsed(trx, made, own)
  await dropHolds(trx, importId)
  await reverseMovements(trx, actor, { subjectType: 'import', subjectId: importId })
  await restoreAssignments(trx, importId, own)
  await restorePeople(trx, people)
  await deleteRows(trx, 'persons', made)
  await deleteRows(trx, 'unit_names', await idsOf(trx, importId, 'unit_name'))
  await dropUnused(trx, 'posts', await idsOf(trx, importId, 'post'))
  await dropUnused(trx, 'departments', await idsOf(trx, importId, 'department'))
}

async function refuseUsed(trx: Trx, made: number[], own: Source) {
  const moved = await trx
    .from('assignments')
    .where({ ...own })
    .whereNotNull('superseded_by')
    .distinct('person_id')
  const used = moved.map((row) => Number(row.person_id))
  for (const { table, column } of personReferencesPort.all()) {
    const rows = await inChunks(made, PIECE, (piece) => {
      const query = trx.from(table).whereIn(column, piece)
      if (table === 'assignments') {
        query.where((other) =>
          other
            .whereNull('source_type')
            .orWhereNot('source_type', own.source_type)
            .orWhereNot('source_id', own.source_id)
        )
      }
      return query.distinct(column).limit(NAMED)
    })
    used.push(...rows.map((row) => Number(row[column])))
  }
  if (used.length > 0) throw await inUse(trx, used)
}

async function inUse(trx: Trx, ids: number[]) {
  const distinct = [...new Set(ids)]
  const rows = await trx.from('persons').whereIn('id', distinct.slice(0, NAMED)).select('name')
  const names = rows.map(({ name }) => name).join('、')
  return new DomainError('imports.errors.roster_in_use', { names, count: distinct.length })
}

/** An open question goes with the row that raised it; one that is under way stays and stops the undo. */
async function dropHolds(trx: Trx, importId: number) {
  for (const { subjectId } of await effectsOf(trx, importId, 'decision')) {
    const gone = await trx.from('decisions').where({ id: subjectId, state: 'open' }).delete()
    if (affected(gone)) continue
    const row = await trx.from('decisions').where('id', subjectId).first()
    const title = row ? JSON.parse(row.evidence).title : ''
    throw new DomainError('imports.errors.roster_in_use', { names: title, count: 1 })
  }
}

/** Its assignments go; those that they had replaced are live again. */
async function restoreAssignments(trx: Trx, importId: number, own: Source) {
  const made = await trx
    .from('assignments')
    .where({ ...own })
    .select('id', 'person_id')
  const holders = new Map(made.map((row) => [Number(row.id), Number(row.person_id)]))
  await deleteRows(trx, 'assignments', [...holders.keys()], (id) => holders.get(id)!)
  const replaced = (await effectsOf(trx, importId, 'assignment')).map(({ subjectId }) => subjectId)
  for (let from = 0; from < replaced.length; from += PIECE) {
    await trx
      .from('assignments')
      .whereIn('id', replaced.slice(from, from + PIECE))
      .update({ superseded_by: null, superseded_at: null })
  }
}

async function restorePeople(trx: Trx, effects: ImportEffectRow[]) {
  for (const { subjectId, effect, before } of effects) {
    if (effect !== 'updated' || !before) continue
    const { version, ...values } = before
    const changed = await trx
      .from('persons')
      .where({ id: subjectId, version: Number(version) + 1 })
      .update({ ...values, version: Number(version) + 2, updated_at: clock.now() })
    if (toInt(changed) !== 1) throw await inUse(trx, [subjectId])
    await trx
      .from('person_revisions')
      .where({ person_id: subjectId, person_version: version })
      .update({ superseded_at: clock.now() })
  }
}

/** What another row points at by now stops the undo, with the name of the person. */
async function deleteRows(
  trx: Trx,
  table: string,
  ids: number[],
  personOf: (id: number) => number = (id) => id
) {
  for (let from = 0; from < ids.length; from += PIECE) {
    const piece = ids.slice(from, from + PIECE)
    try {
      await trx.from(table).whereIn('id', piece).delete()
    } catch (error) {
      if (!isStillReferenced(error)) throw error
      throw await inUse(trx, (await usedOf(trx, table, piece)).map(personOf))
    }
  }
}

async function usedOf(trx: Trx, table: string, ids: number[]): Promise<number[]> {
  const used: number[] = []
  for (const id of ids) {
    try {
      await trx.from(table).where({ id }).delete()
    } catch (error) {
      if (!isStillReferenced(error)) throw error
      used.push(id)
    }
  }
  return used
}

async function idsOf(trx: Trx, importId: number, subjectType: string): Promise<number[]> {
  return idsWith(await effectsOf(trx, importId, subjectType), 'created')
}

function idsWith(effects: ImportEffectRow[], wanted: ImportEffectRow['effect']): number[] {
  return effects.flatMap(({ effect, subjectId }) => (effect === wanted ? [subjectId] : []))
}
