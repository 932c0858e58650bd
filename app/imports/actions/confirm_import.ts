import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { isCivilDate } from '#shared/dates'
import { DomainError, type FieldError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import { importsPort, type ImportDefinition, type ImportQuestion } from '#shared/ports/imports'
import { moveState } from '#shared/transitions'
import { authorizeFor, authorizeToRun } from '../access.js'
import { jobKey } from '../domain/job_key.js'
import { missingFields, type ColumnMapping } from '../domain/header.js'
import type { MatchedSheet } from '../domain/recognise.js'
import { IMPORT_MOVES } from '../domain/states.js'
import { importById } from '../queries/import_row.js'
import { rememberColumns } from './mappings.js'

export interface ConfirmInput {
  id: number
  version: number
  asOf: string | null
  answers: Record<string, string | null>
  /** Per sheet of the definition, field → index of its column; left out: as recognised. */
  columns?: Record<string, ColumnMapping>
  /** False: the caller checks at once instead of the queue. */
  queue?: boolean
}

/**
 * Confirms columns, as-of date and the other facts, remembers the mapping and starts the dry run.
 * Refused with the fields that are still missing.
 */
export async function confirmImport(input: ConfirmInput, actor: Actor): Promise<void> {
  const before = await importById(input.id)
  authorizeToRun(actor, before)
  const definition = importsPort.get(before.definition)
  const sheets = before.sheets.map((match) => mapped(definition, match, input.columns))
  const asOf = input.asOf
  const questions = await definition.questions(before.facts.found, asOf ?? '', actor)
  const errors = [
    ...sheets.flatMap((match) => columnErrors(definition, match)),
    ...asOfErrors(asOf),
    ...questions.flatMap((question) => answerErrors(question, input.answers)),
  ]
  if (errors.length > 0) throw new DomainError('imports.errors.incomplete', {}, errors)
  const answers = answersTo(questions, input.answers)
  const unitId = definition.unitOf?.(answers) ?? null
  authorizeFor(actor, definition, unitId)
  const known = before.facts.importedBy ?? []
  const mine = actor.personId === null ? [] : [actor.personId]
  const importedBy = [...new Set([...known, ...mine])]

  await inTransaction(async (trx) => {
    const values = {
      as_of: asOf,
      mapping: JSON.stringify({ sheets }),
      context: JSON.stringify({ ...before.facts, answers, unitId, importedBy }),
      totals: null,
      error: null,
    }
    await moveState(trx, 'imports', input, IMPORT_MOVES, 'check', values)
    for (const match of sheets) await remember(trx, definition, match)
    await record(trx, actor, {
      action: 'imports.import.confirmed',
      subjectType: 'import',
      subjectId: input.id,
      changes: { as_of: asOf, unit: unitId },
    })
    if (input.queue === false) return
    await enqueue(trx, {
      kind: 'imports.check',
      key: jobKey('check', before),
      payload: { importId: input.id },
      createdBy: actor.userId,
    })
  })
}

function mapped(
  definition: ImportDefinition,
  match: MatchedSheet,
  columns: ConfirmInput['columns']
): MatchedSheet {
  const sheet = definition.sheets.find(({ key }) => key === match.key)!
  const chosen = columns?.[match.key] ?? match.columns
  const known = sheet.fields.filter(({ name }) => isColumn(chosen[name], match))
  const mapping = Object.fromEntries(known.map(({ name }) => [name, chosen[name]]))
  return { ...match, columns: mapping, missing: missingFields(sheet, mapping) }
}

function isColumn(index: number | undefined, match: MatchedSheet): boolean {
  return Number.isInteger(index) && index! >= 0 && index! < match.headers.length
}

/** A sheet says what is, as of its date: never what is not yet. */
function asOfErrors(asOf: string | null): FieldError[] {
  if (!isCivilDate(asOf)) return [required('as_of')]
  return asOf > clock.today() ? [{ field: 'as_of', code: 'imports.errors.future' }] : []
}

function columnErrors(definition: ImportDefinition, match: MatchedSheet): FieldError[] {
  const { fields } = definition.sheets.find(({ key }) => key === match.key)!
  return match.missing.map((name) => ({
    field: `column_${match.key}_${name}`,
    code: 'imports.errors.column',
    params: { column: fields.find((field) => field.name === name)!.header },
  }))
}

function answerErrors(question: ImportQuestion, answers: ConfirmInput['answers']): FieldError[] {
  const answer = answers[question.name] ?? null
  const field = `answer_${question.name}`
  if (answer === null || answer === '') return question.required ? [required(field)] : []
  const known = question.options?.some(({ value }) => value === answer) ?? true
  const fits = question.kind !== 'date' || isCivilDate(answer)
  return known && fits ? [] : [{ field, code: 'imports.errors.answer' }]
}

function required(field: string): FieldError {
  return { field, code: 'imports.errors.required' }
}

function answersTo(questions: ImportQuestion[], answers: ConfirmInput['answers']) {
  const given = questions.flatMap(({ name }) => {
    const answer = answers[name]
    return answer ? [[name, answer] as const] : []
  })
  return Object.fromEntries(given)
}

function remember(trx: Trx, definition: ImportDefinition, match: MatchedSheet) {
  const sheet = definition.sheets.find(({ key }) => key === match.key)!
  return rememberColumns(trx, definition.key, sheet, match)
}
