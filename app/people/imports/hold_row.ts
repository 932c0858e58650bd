import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import { holdForDecision } from '#decisions/actions/hold'
import type { ImportEffectRow } from '#imports/actions/effects'
import { heldCode, heldQuestions } from './held_rows.js'
import { inForceOn } from './known_people.js'
import type { RosterPlan, RosterUpdate } from './roster_plan.js'

/** Leaves the question open whose the person is, with both sides of the evidence. */
export async function holdRow(
  trx: Trx,
  actor: Actor,
  { importId, asOf, fileName }: ImportContext,
  { unit }: Pick<RosterPlan, 'unit'>,
  { row, parsed, person }: RosterUpdate
): Promise<ImportEffectRow[]> {
  const other = inForceOn(person, asOf) ?? person.assignments.at(-1)!
  const code = heldCode(person.id, [unit.id, other.unitId])
  if ((await heldQuestions([person.id], trx)).has(code)) return []
  const elsewhere = await sourceOf(trx, other.sourceType, other.sourceId)
  const place = (department: string | null, post: string | null) =>
    [department, post].filter(Boolean).join(' ')
  const subjectId = await holdForDecision(trx, actor, {
    code,
    subjectType: 'person',
    subjectId: person.id,
    evidence: {
      title: `${parsed.person.name}:${other.unitName}、${unit.name}`,
      reason: 'claimed_by_two_units',
      units: [
        {
          unitId: other.unitId,
          unitName: other.unitName,
          detail: [elsewhere, place(other.departmentName, other.postName)].join(' '),
        },
        {
          unitId: unit.id,
          unitName: unit.name,
          detail: [`${fileName} ${row}`, place(parsed.department, parsed.post)].join(' '),
        },
      ],
      importId,
      row,
      unitId: unit.id,
      assignmentId: other.id,
      document: other.documentNo,
      asOf,
    },
  })
  return [{ subjectType: 'decision', subjectId, effect: 'created' }]
}

async function sourceOf(trx: Trx, type: string | null, id: number | null): Promise<string> {
  if (type !== 'import' || id === null) return ''
  const row = await trx.from('imports').where({ id }).select('file_name').first()
  return row?.file_name ?? ''
}
