import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inChunks, isUniqueViolation, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { recordDocument } from '#decisions/actions/record_document'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { holdRow } from './hold_row.js'
import { learnAlias } from './learn_alias.js'
import { OldUnitPlaces } from './old_unit_places.js'
import type { RosterPlan } from './roster_plan.js'
import type { RosterParsed } from './roster_row.js'
import { updatePerson } from './update_person.js'

/**
 * Writes a roster: departments and posts of the unit that it names, people, assignments, seats,
 * changes, held questions. Set-based; everything belongs to the transaction of the import.
 */
export async function commitRoster(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  plan: RosterPlan
): Promise<Record<string, number>> {
  try {
    return await write(trx, actor, context, plan)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // somebody came on record between the preparation and this transaction
    throw new DomainError('imports.errors.changed_since_check', { name: '–' })
  }
}

async function write(trx: Trx, actor: Actor, context: ImportContext, plan: RosterPlan) {
  const { importId, asOf } = context
  const documentId = context.answers.document
    ? await recordDocument(trx, actor, { documentNo: context.answers.document })
    : null
  const places = await OldUnitPlaces.ensure(trx, plan, asOf)
  await bulkInsert(trx, 'persons', plan.persons)
  const ids = await personIds(trx, plan.openings)
  const rows = plan.openings.map((parsed) => ({
    ...assignmentOf(parsed, ids, places),
    ...{ kind: 'main', unit_id: plan.unit.id, valid_from: asOf },
    ...{ source: 'roster', source_type: 'import', source_id: importId },
    ...{ document_id: documentId, recorded_at: clock.now() },
  }))
  await bulkInsert(trx, 'assignments', rows)

  const effects: ImportEffectRow[] = [
    ...places.made,
    ...plan.persons.map((person) => created('person', ids.get(person.identity_digest)!)),
  ]
  for (const update of plan.updates) {
    effects.push(...(await updatePerson(trx, actor, context, update, places, documentId)))
  }
  for (const held of plan.held) effects.push(...(await holdRow(trx, actor, context, plan, held)))
  effects.push(...(await learnAlias(trx, plan)))
  const reclassified = await plan.seats.book(trx, actor, {
    ...{ key: `import:${importId}`, effectiveOn: asOf, documentId },
    ...{ subjectType: 'import', subjectId: importId, reason: null },
  })
  await recordEffects(trx, importId, effects)
  return {
    persons: plan.persons.length,
    assignments: rows.length,
    updated: plan.updates.length,
    same: plan.same,
    held: plan.held.length,
    reclassified,
  }
}

function created(subjectType: string, subjectId: number): ImportEffectRow {
  return { subjectType, subjectId, effect: 'created' }
}

async function personIds(trx: Trx, openings: RosterParsed[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  const digests = openings.map(({ person }) => person.identity_digest as string)
  const rows = await inChunks(digests, 2_000, (piece) =>
    trx
      .from('persons')
      .whereIn('identity_digest', piece)
      .select('id', 'identity_digest', 'merged_into')
  )
  for (const row of rows) ids.set(row.identity_digest, Number(row.merged_into ?? row.id))
  return ids
}

function assignmentOf(parsed: RosterParsed, ids: Map<string, number>, places: OldUnitPlaces): Row {
  return {
    person_id: ids.get(parsed.person.identity_digest)!,
    department_id: places.departmentOf(parsed),
    post_id: places.postOf(parsed),
    employment_type: parsed.employmentType,
    funding_type: parsed.fundingType,
    quota_category: parsed.quotaCategory,
    grade: parsed.grade,
  }
}
