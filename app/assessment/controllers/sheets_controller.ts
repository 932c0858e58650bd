import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { authorizeEverywhere, mayEverywhere } from '#organization/scope'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { adoptSheet, createSheet, editSheet, withdrawSheet } from '../actions/sheets.js'
import { KINDS } from '../domain/moves.js'
import { figureIn } from '../presenters/typed.js'
import { sourceLabel } from '../queries/measures.js'
import { indicatorsOf, sheetById, sheetList } from '../queries/sheets.js'
import {
  adoptValidator,
  sheetEditValidator,
  sheetValidator,
  versionValidator,
} from '../validators.js'

/** 指标体系: sheets of indicators, adopted with a document, in force from a date. */
export default class SheetsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('assessment.view')
    const all = mayEverywhere(actor!, 'assessment.view')
    const sheets = (await sheetList()).filter(({ state }) => all || state === 'adopted')
    return view.render('pages/assessment/sheets/index', {
      kinds: KINDS.map((kind) => ({
        kind,
        sheets: sheets.filter((sheet) => sheet.kind === kind && sheet.state !== 'withdrawn'),
      })),
      today: clock.today(),
      mayPrepare: mayEverywhere(actor!, 'assessment.prepare'),
    })
  }

  async create({ actor, request, view }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const from = Number(request.input('from')) || null
    return view.render('pages/assessment/sheets/form', {
      sheet: null,
      values: from ? await sheetById(from) : { kind: request.input('kind') },
      from,
      kinds: KINDS,
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const form = await request.validateUsing(sheetValidator)
    const input = { ...inputOf(form), kind: form.kind, from: form.from ?? null }
    const id = await once(request.input('_key'), 'assessment.sheet', actor!.userId, (trx) =>
      createSheet(input, actor!, trx)
    )
    session.flash('success', i18n.t('assessment.done.sheet_saved'))
    return response.redirect().toRoute('assessment.sheets.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('assessment.view')
    const sheet = await sheetById(Number(params.id))
    if (sheet.state !== 'adopted') authorizeEverywhere(actor!, 'assessment.view')
    const indicators = await indicatorsOf(sheet.id)
    const draft = sheet.state === 'draft'
    return view.render('pages/assessment/sheets/show', {
      sheet,
      indicators: indicators.map((row) => ({ ...row, sourceLabel: sourceLabel(row.source) })),
      weights: indicators.reduce((sum, { weight }) => sum + weight, 0),
      isAuthor: sheet.preparedBy !== null && sheet.preparedBy === actor!.userId,
      mayEdit: draft && mayEverywhere(actor!, 'assessment.prepare'),
      mayAdopt: draft && mayEverywhere(actor!, 'assessment.confirm'),
      mayCopy: sheet.state === 'adopted' && mayEverywhere(actor!, 'assessment.prepare'),
      history: await historyOf('assessment_sheet', sheet.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const sheet = await sheetById(Number(params.id))
    return view.render('pages/assessment/sheets/form', {
      sheet,
      values: sheet,
      from: null,
      kinds: KINDS,
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const form = await request.validateUsing(sheetEditValidator)
    const sheetId = Number(params.id)
    await editSheet({ ...inputOf(form), sheetId, version: form.version }, actor!)
    session.flash('success', i18n.t('assessment.done.sheet_saved'))
    return response.redirect().toRoute('assessment.sheets.show', { id: sheetId })
  }

  async adopt({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = authorizeEverywhere(actor!, 'assessment.confirm')
    const { version, document_id: document } = await request.validateUsing(adoptValidator)
    const documentId = await requiredDocument(document)
    const sheetId = Number(params.id)
    await adoptSheet({ sheetId, version, documentId, grant }, actor!)
    session.flash('success', i18n.t('assessment.done.sheet_adopted'))
    return response.redirect().toRoute('assessment.sheets.show', { id: sheetId })
  }

  async withdraw({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const { version } = await request.validateUsing(versionValidator)
    await withdrawSheet({ sheetId: Number(params.id), version }, actor!)
    session.flash('success', i18n.t('assessment.done.sheet_withdrawn'))
    return response.redirect().toRoute('assessment.sheets.index')
  }
}

function inputOf(form: {
  title: string
  valid_from: string
  yellow_points: string
  red_points: string
}) {
  return {
    title: form.title,
    validFrom: form.valid_from,
    yellowPoints: figureIn('yellow_points', form.yellow_points),
    redPoints: figureIn('red_points', form.red_points),
  }
}
