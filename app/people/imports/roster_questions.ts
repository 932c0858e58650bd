import type { FoundFacts, ImportQuestion } from '#shared/ports/imports'
import { unitResolver } from '#organization/queries/resolve_unit'
import { livingUnits, type UnitRow } from '#organization/queries/units'

/**
 * Whose roster it is and by which document. The unit is found by the names in the sheet; two hits
 * are asked, and a name that is only part of a unit's name is proposed, to be confirmed.
 */
export async function rosterQuestions(found: FoundFacts, asOf: string): Promise<ImportQuestion[]> {
  const units = await livingUnits(asOf || undefined)
  const { unitId, among } = await proposal(found, asOf, units)
  const options = units
    .filter(({ id }) => !among || among.includes(id))
    .map(({ id, name }) => ({ value: String(id), label: name }))
  return [
    {
      name: 'unit',
      kind: 'choice',
      labelKey: 'imports.questions.unit',
      helpKey: found.unitTexts.length ? 'imports.questions.unit_help' : undefined,
      helpParams: { text: found.unitTexts[0] ?? '' },
      value: unitId === null ? null : String(unitId),
      required: true,
      options,
    },
    {
      name: 'document',
      kind: 'text',
      labelKey: 'imports.questions.document',
      value: null,
      required: false,
    },
  ]
}

/** A text that names no unit by itself and is to be remembered for the one that was chosen. */
export async function aliasToLearn(found: FoundFacts, asOf: string): Promise<string | null> {
  const resolve = await unitResolver()
  const texts = found.unitTexts.filter((text) => /\p{Script=Han}/u.test(text))
  if (texts.some((text) => resolve(text, asOf).kind !== 'unknown')) return null
  return texts.find((text) => text.length >= 2 && text.length <= 40) ?? null
}

async function proposal(found: FoundFacts, asOf: string, units: UnitRow[]) {
  const resolve = await unitResolver()
  for (const text of found.unitTexts) {
    const hit = resolve(text, asOf)
    if (hit.kind === 'found') return { unitId: hit.unitId, among: null }
    if (hit.kind === 'ambiguous') return { unitId: null, among: hit.unitIds }
  }
  for (const text of found.unitTexts) {
    const parts = units.filter(({ name }) => text.length >= 2 && name.includes(text))
    if (parts.length === 1) return { unitId: parts[0].id, among: null }
  }
  return { unitId: null, among: null }
}
