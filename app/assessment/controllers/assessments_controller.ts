import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { authorizeEverywhere, mayEverywhere } from '#organization/scope'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { ForbiddenError } from '#shared/errors'
import { once } from '#shared/once'
import type { Actor } from '#shared/actor'
import { oneOf } from '#shared/lists/filters'
import { openAssessment } from '../actions/open_assessment.js'
import { readValues } from '../actions/read_values.js'
import { reportPaper, reportRegister } from '../documents/report.js'
import { KINDS, STATES } from '../domain/moves.js'
import { lastQuarter } from '../domain/quarters.js'
import { assessableUnits } from '../queries/assessable_units.js'
import {
  assessmentById,
  assessmentPage,
  assessmentYears,
  authorsOf,
  seenBy,
  type AssessmentRow,
} from '../queries/assessments.js'
import { missingIn, resultsOf } from '../queries/results.js'
import { indicatorsOf, sheetById } from '../queries/sheets.js'
import { openValidator } from '../validators.js'

/** 责任考核, 跟踪测评, 效果评估 of a quarter: opened, filled, confirmed by another, published. */
export default class AssessmentsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('assessment.view')
    const filters = {
      kind: oneOf(request.input('kind'), KINDS),
      state: oneOf(request.input('state'), STATES),
      year: Number(request.input('year')) || null,
    }
    const units = seenBy(actor!)
    return view.render('pages/assessment/assessments/index', {
      filters,
      page: await assessmentPage({ ...filters, units, cursor: request.input('cursor') ?? null }),
      kinds: KINDS,
      states: units ? [] : STATES,
      years: await assessmentYears(),
      mayPrepare: mayEverywhere(actor!, 'assessment.prepare'),
    })
  }

  async create({ actor, request, view }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    return view.render('pages/assessment/assessments/create', {
      values: { ...lastQuarter(clock.today()), kind: oneOf(request.input('kind'), KINDS) },
      kinds: KINDS,
      units: await assessableUnits(clock.today()),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const { unit_ids: unitIds, ...form } = await request.validateUsing(openValidator)
    const key = request.input('_key')
    const id = await once(key, 'assessment.assessment', actor!.userId, (trx) =>
      openAssessment({ ...form, unitIds }, actor!, trx)
    )
    // A retry finds the values read already.
    const { readOn, version } = await assessmentById(id)
    if (!readOn) await readValues({ assessmentId: id, version }, actor!)
    session.flash('success', i18n.t('assessment.done.opened'))
    return response.redirect().toRoute('assessment.assessments.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const assessment = await this.seen(actor!, Number(params.id))
    const units = seenBy(actor!)
    const results = await resultsOf(assessment.id, units)
    const authors = [assessment.preparedBy, ...(await authorsOf(assessment.id))]
    return view.render('pages/assessment/assessments/show', {
      assessment,
      indicators: await indicatorsOf(assessment.sheetId),
      results: results.map((result) => ({ ...result, missing: missingIn(result) })),
      missing: results.reduce((sum, result) => sum + missingIn(result), 0),
      isAuthor: authors.includes(actor!.userId),
      mayPrepare: mayEverywhere(actor!, 'assessment.prepare'),
      mayConfirm: mayEverywhere(actor!, 'assessment.confirm'),
      mayExport: actor!.may('assessment.export'),
      history: units ? [] : await historyOf('assessment', assessment.id),
    })
  }

  /** 考核通报 as official paper or as a workbook, of what the actor may see. */
  async report(ctx: HttpContext) {
    const { actor, params, request, i18n } = ctx
    const grant = actor!.authorize('assessment.export')
    const assessment = await this.seen(actor!, Number(params.id))
    const sheet = await sheetById(assessment.sheetId)
    const report = {
      assessment,
      sheet,
      indicators: await indicatorsOf(sheet.id),
      results: await resultsOf(assessment.id, seenBy(actor!)),
    }
    const asWorkbook = request.input('format') === 'xlsx'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'assessment.assessment.exported',
        subjectType: 'assessment',
        subjectId: assessment.id,
        changes: { format: asWorkbook ? 'xlsx' : 'pdf' },
        grant,
      })
    )
    const name = `${sheet.title}-${assessment.year}Q${assessment.quarter}`
    if (asWorkbook) return sendRegister(ctx, `${name}.xlsx`, reportRegister(report, i18n))
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', await renderPdf(reportPaper(report)))
  }

  /** Units see their own result once it is published; who sees every unit sees it from the draft on. */
  private async seen(actor: Actor, id: number): Promise<AssessmentRow> {
    actor.authorize('assessment.view')
    const assessment = await assessmentById(id)
    const units = seenBy(actor)
    if (units === null) return assessment
    const own = await resultsOf(id, units)
    if (assessment.state !== 'published' || !own.length) throw new ForbiddenError('assessment.view')
    return assessment
  }
}
