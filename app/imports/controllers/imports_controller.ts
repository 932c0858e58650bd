import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { DomainError, ForbiddenError } from '#shared/errors'
import { IMPORT_LEVELS, importsPort } from '#shared/ports/imports'
import { authorizeToSee, mayRun, mayUpload } from '../access.js'
import { uploadImport } from '../actions/upload_import.js'
import { definitionsFor, definitionsSeen, errorText, findingLines, titleOf } from '../presenters.js'
import { findingsPage } from '../queries/findings.js'
import { importsPage } from '../queries/imports_page.js'
import { importById } from '../queries/import_row.js'
import { jobOf } from '../queries/import_job.js'
import { uploadOrder } from '../queries/upload_order.js'

const STATES = ['uploaded', 'checking', 'checked', 'committing', 'committed', 'undone', 'discarded']

export default class ImportsController {
  async index({ actor, request, view, i18n }: HttpContext) {
    if (!actor!.may('imports.view')) actor!.authorize('imports.run')
    const filters = {
      definition: known(
        request.input('definition'),
        importsPort.all().map(({ key }) => key)
      ),
      state: known(request.input('state'), STATES),
    }
    const cursor = request.input('cursor') ?? null
    const page = await importsPage(actor!, {
      ...filters,
      cursor,
      seen: definitionsSeen(actor!),
    })
    return view.render('pages/imports/index', {
      page,
      rows: page.rows.map((row) => ({ ...row, title: titleOf(i18n, row.definition) })),
      filters,
      states: STATES,
      definitions: importsPort.all(),
      mayUpload: actor!.may('imports.run') && definitionsFor(actor!).length > 0,
    })
  }

  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('imports.run')
    const definitions = definitionsFor(actor!)
    const chosen = request.input('definition') ?? null
    return view.render('pages/imports/create', {
      definitions,
      order: await uploadOrder(definitions),
      chosen: definitions.some(({ key }) => key === chosen) ? chosen : null,
    })
  }

  async store({ actor, request, response }: HttpContext) {
    actor!.authorize('imports.run')
    const definition = importsPort.find(String(request.input('definition') ?? ''))
    if (!definition) throw missing('definition')
    if (!mayUpload(actor!, definition)) throw new ForbiddenError(definition.capability)
    const file = request.file('file')
    if (!file?.tmpPath) throw missing('file')
    const input = { definition: definition.key, path: file.tmpPath, fileName: file.clientName }
    const id = await uploadImport(input, actor!, request.input('_key') ?? null)
    return response.redirect().toRoute('imports.mappings.edit', { id })
  }

  async show({ actor, params, request, response, view, i18n }: HttpContext) {
    const record = await importById(Number(params.id))
    authorizeToSee(actor!, record)
    if (record.state === 'uploaded' && mayRun(actor!, record)) {
      return response.redirect().toRoute('imports.mappings.edit', { id: record.id })
    }
    const level = known(request.input('level'), IMPORT_LEVELS)
    const page = await findingsPage(record, { level, cursor: request.input('cursor') ?? null })
    return view.render('pages/imports/show', {
      record,
      page,
      level,
      title: titleOf(i18n, record.definition),
      error: errorText(i18n, record),
      lines: findingLines(i18n, record.definition, page.rows),
      levels: IMPORT_LEVELS.filter((name) => name !== 'ok'),
      job: await jobOf(record),
      mayRun: mayRun(actor!, record),
      history: await historyOf('import', record.id),
    })
  }
}

function known<Value extends string>(value: unknown, values: readonly Value[]): Value | null {
  return values.find((one) => one === value) ?? null
}

function missing(field: string) {
  return new DomainError('imports.errors.incomplete', {}, [
    { field, code: 'imports.errors.required' },
  ])
}
