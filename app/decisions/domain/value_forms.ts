import { isCivilDate } from '#shared/dates'
import type { FieldError } from '#shared/errors'

/** What the plan leaves open (domain rules; the sample data's "must give"). */
export const MISSING_CODES = [
  'commercial_establishment_staff',
  'opinion_centre_establishment_staff',
  'contract_staff_pay',
  'discipline_freeze',
] as const
export type MissingCode = (typeof MISSING_CODES)[number]

/** Which form records the value of a decision; `held` is for import rows, `text` for codes to come. */
export type ValueForm = 'arrangement' | 'unit' | 'text' | 'freeze' | 'held'

/** 经营岗位在编人员安置: to posts that are not commercial, to the company, or otherwise in words. */
export const ARRANGEMENTS = ['non_commercial_posts', 'to_company', 'other'] as const

export type DecisionValue =
  | { arrange: (typeof ARRANGEMENTS)[number]; text: string | null }
  | { unitId: number }
  | { text: string }
  | { from: string; to: string; unitIds: number[] }
  | { choice: 'keep'; unitId: number | null }
  | { choice: 'reject' }

export type ParsedValue =
  { ok: true; value: DecisionValue; unitIds: number[] } | { ok: false; fields: FieldError[] }

type Input = Record<string, unknown>

const FORMS: Record<string, ValueForm> = {
  commercial_establishment_staff: 'arrangement',
  opinion_centre_establishment_staff: 'unit',
  contract_staff_pay: 'text',
  discipline_freeze: 'freeze',
}

export function isMissingCode(code: string): code is MissingCode {
  return (MISSING_CODES as readonly string[]).includes(code)
}

/** The form of a code; a held row has its own whatever its code. */
export function formOf(code: string, isHeld: boolean): ValueForm {
  return FORMS[code] ?? (isHeld ? 'held' : 'text')
}

/**
 * Reads a value from the flat fields of a form: `arrange`, `text`, `unit_id`, `from`, `to`,
 * `unit_ids`, `choice` (`keep`, `keep:<unit id>` or `reject`). `units` are the units that a held
 * row may be kept in. `unitIds` of the result are to be looked up by the caller.
 */
export function parseValue(form: ValueForm, input: Input, units: number[] = []): ParsedValue {
  switch (form) {
    case 'arrangement':
      return arrangement(input)
    case 'unit':
      return destination(input)
    case 'text':
      return words(input)
    case 'freeze':
      return freeze(input)
    case 'held':
      return held(input, units)
  }
}

function arrangement(input: Input): ParsedValue {
  const arrange = ARRANGEMENTS.find((known) => known === input.arrange)
  const text = textOf(input.text)
  if (!arrange) return refused('arrange', 'choose')
  if (arrange === 'other' && !text) return refused('text', 'required')
  return { ok: true, value: { arrange, text }, unitIds: [] }
}

function destination(input: Input): ParsedValue {
  const unitId = idOf(input.unit_id)
  if (!unitId) return refused('unit_id', 'choose')
  return { ok: true, value: { unitId }, unitIds: [unitId] }
}

function words(input: Input): ParsedValue {
  const text = textOf(input.text)
  if (!text) return refused('text', 'required')
  return { ok: true, value: { text }, unitIds: [] }
}

/** Half-open `[from, to)`, as every interval of the house. */
function freeze(input: Input): ParsedValue {
  const list = Array.isArray(input.unit_ids) ? input.unit_ids : [input.unit_ids]
  const unitIds = [...new Set(list.map(idOf).filter((id) => id !== null))].sort((a, b) => a - b)
  const { from, to } = input
  if (!isCivilDate(from)) return refused('from', 'date')
  if (!isCivilDate(to)) return refused('to', 'date')
  if (to <= from) return refused('to', 'order')
  if (unitIds.length === 0) return refused('unit_ids', 'choose')
  return { ok: true, value: { from, to, unitIds }, unitIds }
}

function held(input: Input, units: number[]): ParsedValue {
  const [choice, unit] = String(input.choice ?? '').split(':')
  if (choice === 'reject') return { ok: true, value: { choice }, unitIds: [] }
  const unitId = idOf(unit)
  const known = units.length === 0 ? unitId === null : unitId !== null && units.includes(unitId)
  if (choice !== 'keep' || !known) return refused('choice', 'choose')
  return { ok: true, value: { choice, unitId }, unitIds: unitId ? [unitId] : [] }
}

function refused(field: string, code: string): ParsedValue {
  return { ok: false, fields: [{ field, code: `decisions.errors.${code}` }] }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 2_000) : null
}

function idOf(value: unknown): number | null {
  const id = Number(value)
  return value !== null && value !== '' && Number.isSafeInteger(id) && id > 0 ? id : null
}
