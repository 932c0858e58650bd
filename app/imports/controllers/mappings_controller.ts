import type { HttpContext } from '@adonisjs/core/http'
import { isCivilDate } from '#shared/dates'
import { importsPort } from '#shared/ports/imports'
import { columnLetters } from '#shared/spreadsheets/cell_reference'
import { authorizeToRun } from '../access.js'
import { confirmImport } from '../actions/confirm_import.js'
import type { MatchedSheet } from '../domain/recognise.js'
import { errorText, titleOf } from '../presenters.js'
import { importById } from '../queries/import_row.js'
import { mappingValidator } from '../validators/import_validators.js'

/** Step two of an import: columns as recognised, the date, whose it is. */
export default class MappingsController {
  async edit({ actor, params, view, i18n, response }: HttpContext) {
    const record = await importById(Number(params.id))
    const definition = importsPort.get(record.definition)
    authorizeToRun(actor!, record)
    if (record.state !== 'uploaded' && record.state !== 'checked') {
      return response.redirect().toRoute('imports.imports.show', { id: record.id })
    }
    const asOf = record.asOf ?? record.facts.found.dates[0] ?? null
    const questions = await definition.questions(record.facts.found, asOf ?? '', actor!)
    return view.render('pages/imports/mapping', {
      record,
      asOf,
      title: titleOf(i18n, record.definition),
      error: errorText(i18n, record),
      questions: questions.map((question) => ({
        ...question,
        value: record.facts.answers[question.name] ?? question.value,
      })),
      sheets: record.sheets.map((match) => ({
        ...match,
        fields: definition.sheets.find(({ key }) => key === match.key)!.fields,
        options: columnOptions(match),
      })),
    })
  }

  async update({ actor, params, request, response }: HttpContext) {
    const id = Number(params.id)
    const record = await importById(id)
    authorizeToRun(actor!, record)
    const { version, ...form } = await request.validateUsing(mappingValidator)
    const input = request.all()
    await confirmImport(
      {
        id,
        version,
        asOf: isCivilDate(form.as_of) ? form.as_of : null,
        answers: prefixed(input, 'answer_'),
        columns: Object.fromEntries(
          record.sheets.map(({ key }) => [key, chosenColumns(input, `column_${key}_`)])
        ),
      },
      actor!
    )
    return response.redirect().toRoute('imports.imports.show', { id })
  }
}

/** `C 身份证号码` for each column that has a header. */
function columnOptions({ headers }: MatchedSheet) {
  return headers.flatMap((header, index) =>
    header ? [{ value: String(index), label: `${columnLetters(index + 1)} ${header}` }] : []
  )
}

function prefixed(input: Record<string, unknown>, prefix: string): Record<string, string> {
  const entries = Object.entries(input).flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' && value !== ''
      ? [[name.slice(prefix.length), value.slice(0, 200)]]
      : []
  )
  return Object.fromEntries(entries)
}

function chosenColumns(input: Record<string, unknown>, prefix: string): Record<string, number> {
  const chosen = Object.entries(prefixed(input, prefix))
  return Object.fromEntries(chosen.map(([name, index]) => [name, Number(index)]))
}
