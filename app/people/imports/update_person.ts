import type { Actor } from '#shared/actor'
import type { Row, Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import type { ImportEffectRow } from '#imports/actions/effects'
import { insertRow } from '#shared/database'
import { clock } from '#shared/clock'
import { supersedeAssignment } from '../actions/supersede_assignment.js'
import { revisePerson } from './revise_person.js'
import type { OldUnitPlaces } from './old_unit_places.js'
import type { RosterUpdate } from './roster_plan.js'

/** Columns of `persons` behind the names of what a row changes. */
const COLUMNS: Record<string, string[]> = {
  name: ['name', 'name_pinyin', 'name_initials'],
  phone: ['phone_sealed', 'phone_masked'],
}

/** Writes what a later roster says differently of somebody on record: new rows, nothing overwritten. */
export async function updatePerson(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  { parsed, person }: RosterUpdate,
  places: OldUnitPlaces,
  documentId: number | null
): Promise<ImportEffectRow[]> {
  const effects: ImportEffectRow[] = []
  if (parsed.changes.length > 0) {
    const names = parsed.changes.flatMap((name) => COLUMNS[name] ?? [name])
    const values = Object.fromEntries(names.map((name) => [name, parsed.person[name]]))
    const before = await revisePerson(trx, actor, person.id, values, {
      version: Number(person.columns.version),
      reason: context.fileName,
      documentId,
    })
    effects.push({ subjectType: 'person', subjectId: person.id, effect: 'updated', before })
  }
  if (parsed.moves && parsed.assignmentId) {
    effects.push(
      ...(await changeAssignment(trx, context, parsed.assignmentId, {
        department_id: places.departmentOf(parsed),
        post_id: places.postOf(parsed),
        employment_type: parsed.employmentType,
        funding_type: parsed.fundingType ?? null,
        quota_category: parsed.quotaCategory ?? null,
        grade: parsed.grade ?? null,
        document_id: documentId,
      }))
    )
  }
  return effects
}

/**
 * A roster of the day on which the assignment began corrects it; a later one ends it on its own
 * date and begins a new one. Who stays what he was keeps the grade that a sheet does not give.
 */
async function changeAssignment(
  trx: Trx,
  { importId, asOf }: ImportContext,
  assignmentId: number,
  given: Row
): Promise<ImportEffectRow[]> {
  const source = { source: 'roster', source_type: 'import', source_id: importId }
  const old = await trx.from('assignments').where('id', assignmentId).firstOrFail()
  const stays = old.employment_type === given.employment_type
  const values = { ...given, grade: given.grade ?? (stays ? old.grade : null) }
  const effect = { subjectType: 'assignment', subjectId: assignmentId, effect: 'moved' } as const
  if (old.valid_to !== null) {
    throw new DomainError('imports.errors.changed_since_check', { name: '–' })
  }
  if (old.valid_from === asOf) {
    await supersedeAssignment(trx, assignmentId, { ...values, ...source })
    return [effect]
  }
  await supersedeAssignment(trx, assignmentId, { valid_to: asOf, ...source })
  await insertRow(trx, 'assignments', {
    person_id: old.person_id,
    kind: 'main',
    unit_id: old.unit_id,
    leader_post: old.leader_post,
    valid_from: asOf,
    recorded_at: clock.now(),
    ...values,
    ...source,
  })
  return [effect]
}
