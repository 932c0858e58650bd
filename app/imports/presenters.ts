import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { importsPort, type ImportDefinition } from '#shared/ports/imports'
import { mayUpload } from './access.js'
import type { FindingLine, FindingRow } from './queries/findings.js'
import type { ImportRecord } from './queries/import_row.js'

/** A finding as a sentence of the user's language: the definition's module has it, else the engine. */
export function findingSentence(
  i18n: I18n,
  definition: string,
  { code, params }: FindingRow
): string {
  const own = `${importsPort.get(definition).module}.findings.${code}`
  return i18n.t(i18n.hasMessage(own) ? own : `imports.findings.${code}`, params)
}

export function findingLines(i18n: I18n, definition: string, rows: FindingLine[]) {
  return rows.map((row) => ({
    ...row,
    sentence: findingSentence(i18n, definition, row),
    value: row.params.value ?? '',
  }))
}

/** What went wrong the last time, in words; null: nothing. */
export function errorText(i18n: I18n, { error }: ImportRecord): string | null {
  return error && i18n.t(error.key, error.params)
}

export function titleOf(i18n: I18n, key: string): string {
  const definition = importsPort.find(key)
  return definition ? i18n.t(definition.titleKey) : key
}

/** Those that the actor may upload, in the usual order. */
export function definitionsFor(actor: Actor): ImportDefinition[] {
  return importsPort.all().filter((definition) => mayUpload(actor, definition))
}

/** Definitions whose imports the actor may see: all but confidential ones, or the own kind. */
export function definitionsSeen(actor: Actor): string[] {
  const seen = actor.may('imports.view')
    ? importsPort.all().filter(({ confidential }) => !confidential)
    : []
  return [...new Set([...seen, ...definitionsFor(actor)].map(({ key }) => key))]
}

/** The title of the workbook of rejected rows: names unit and date, so that it comes back alone. */
export function rejectedTitle(record: ImportRecord): string {
  const own = record.facts.found.title ?? record.fileName.replace(/\.[^.]*$/, '')
  const [year, month, day] = (record.asOf ?? '').split('-').map(Number)
  const bare = own.replace(/[((].*$/, '')
  return record.asOf ? `${bare}(退回修改 截至${year}年${month}月${day}日)` : bare
}
