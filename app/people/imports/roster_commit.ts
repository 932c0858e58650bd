import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  inChunks,
  isUniqueViolation,
  toInt,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import type { ImportContext } from '#shared/ports/imports'
import { recordDocument } from '#decisions/actions/record_document'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { holdRow } from './hold_row.js'
import { learnAlias } from './learn_alias.js'
import { insertAssignments, insertPersons, recordNewcomers } from './newcomers.js'
import { OldUnitPlaces } from './old_unit_places.js'
import type { RosterPlan, RosterUpdate } from './roster_plan.js'
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
  await assertUnitAlive(trx, plan.unit.id, asOf)
  await holdPeople(trx, plan)
  const documentId = context.answers.document
    ? await recordDocument(trx, actor, { documentNo: context.answers.document })
    : null
  const places = await OldUnitPlaces.ensure(trx, plan, asOf)
  await insertPersons(trx, importId)
  await insertAssignments(trx, { importId, unitId: plan.unit.id, asOf, documentId })
  await recordNewcomers(trx, importId)
  const persons = plan.newcomers
  const openings = plan.openings.map((opening) => ({
    ...assignmentOf(opening, places),
    kind: 'main',
    unit_id: plan.unit.id,
    valid_from: asOf,
    source: 'roster',
    source_type: 'import',
    source_id: importId,
    document_id: documentId,
    recorded_at: clock.now(),
  }))
  await bulkInsert(trx, 'assignments', openings)
  const assignments = await openedBy(trx, importId)
  if (assignments !== persons + openings.length) throw new Error('a newcomer found no post')

  if (persons + openings.length + plan.updates.length > 0) {
    await freezePort.pass(
      {
        act: 'people.roster',
        unitIds: [plan.unit.id],
        date: asOf,
        actor,
        reformDocumentId: documentId,
        subject: { type: 'import', id: importId },
      },
      trx
    )
  }

  const effects: ImportEffectRow[] = [...places.made]
  for (const update of plan.updates) {
    effects.push(...(await updatePerson(trx, actor, context, update, places, documentId)))
  }
  for (const held of plan.held) effects.push(...(await holdRow(trx, actor, context, plan, held)))
  effects.push(...(await learnAlias(trx, plan)))
  const reclassified = await plan.seats.book(trx, actor, {
    key: `import:${importId}`,
    effectiveOn: asOf,
    documentId,
    subjectType: 'import',
    subjectId: importId,
    reason: null,
  })
  await recordEffects(trx, importId, effects)
  return {
    persons,
    assignments,
    updated: plan.updates.length,
    same: plan.same,
    held: plan.held.length,
    reclassified,
  }
}

/**
 * Takes the people on record whom the roster is about before anything is read: who was merged into
 * another record, or is gone, since the dry run sends it back, and nobody is while it is written.
 */
async function holdPeople(trx: Trx, { openings, updates, held }: RosterPlan) {
  const ids = [...new Set([...openings, ...updates, ...held].map(({ person }) => person.id))]
  ids.sort((one, other) => one - other)
  const rows = await inChunks(ids, 400, (piece) =>
    trx
      .from('persons')
      .whereIn('id', piece)
      .orderBy('id')
      .forUpdate()
      .select('id', 'name', 'merged_into')
  )
  const merged = rows.find((row) => row.merged_into !== null)
  if (!merged && rows.length === ids.length) return
  throw new DomainError('imports.errors.changed_since_check', { name: merged?.name ?? '–' })
}

async function openedBy(trx: Trx, importId: number): Promise<number> {
  const row = await trx
    .from('assignments')
    .where({ source_type: 'import', source_id: importId })
    .count('* as opened')
    .first()
  return toInt(row.opened)
}

function assignmentOf({ parsed, person }: RosterUpdate, places: OldUnitPlaces): Row {
  return {
    person_id: person.id,
    department_id: places.departmentOf(parsed),
    post_id: places.postOf(parsed),
    employment_type: parsed.employmentType,
    funding_type: parsed.fundingType ?? null,
    quota_category: parsed.quotaCategory ?? null,
    grade: parsed.grade ?? null,
  }
}
