import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { once } from '#shared/once'
import { addLine, closeFund, createFund } from '../actions/create_fund.js'
import { fundRegister, fundStatement } from '../documents/statement.js'
import { fundBars } from '../presenters/fund_bars.js'
import { fundById, fundPage, fundTotals, fundYears, linesOf, totalOf } from '../queries/funds.js'
import { commitmentsOf, movementList, movementPage } from '../queries/movements.js'
import { fundValidator, lineValidator, versionValidator } from '../validators.js'

/** 专项资金: what is budgeted, released, under contract and paid. */
export default class FundsController {
  async index({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('funds.view')
    const year = Number(request.input('year')) || null
    const filter = { units: actor!.unitsFor('funds.view'), year }
    const page = await fundPage(filter, request.input('cursor') ?? null)
    return view.render('pages/funds/index', {
      page,
      total: await fundTotals(filter),
      year,
      years: await fundYears(),
      picture: page.rows.length ? fundBars(page.rows, i18n) : null,
      mayCreate: actor!.may('funds.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('funds.prepare')
    return view.render('pages/funds/create', {
      units: await unitOptions(actor!.unitsFor('funds.prepare')),
      year: Number(clock.today().slice(0, 4)),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('funds.prepare')
    const form = await request.validateUsing(fundValidator)
    actor!.authorize('funds.prepare', { unitId: form.unit_id })
    const { unit_id: unitId, document_id: document, ...texts } = form
    const documentId = await requiredDocument(document)
    const lines = form.lines.split('\n').map((line) => line.trim().slice(0, 200))
    const input = { ...texts, unitId, documentId, lines: lines.filter(Boolean) }
    const id = await once(request.input('_key'), 'funds.fund', actor!.userId, (trx) =>
      createFund(input, actor!, trx)
    )
    session.flash('success', i18n.t('funds.done.fund_created'))
    return response.redirect().toRoute('funds.funds.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const fund = await fundById(Number(params.id))
    const target = { unitId: fund.unitId }
    actor!.authorize('funds.view', target)
    const lines = await linesOf(fund.id)
    return view.render('pages/funds/show', {
      fund,
      lines,
      total: totalOf(lines),
      contracts: await commitmentsOf(fund.id),
      page: await movementPage({
        fundId: fund.id,
        units: 'all',
        cursor: request.input('cursor') ?? null,
      }),
      picture: lines.length ? fundBars(lines, i18n) : null,
      mayPrepare: fund.state === 'open' && actor!.may('funds.prepare', target),
      mayPost: fund.state === 'open' && actor!.may('funds.post', target),
      mayExport: actor!.may('funds.export', target),
      history: await historyOf('fund', fund.id),
    })
  }

  async addLine({ actor, params, request, response, session, i18n }: HttpContext) {
    const fund = await fundById(Number(params.id))
    actor!.authorize('funds.prepare', { unitId: fund.unitId })
    const form = await request.validateUsing(lineValidator)
    await addLine({ fundId: fund.id, ...form }, actor!)
    session.flash('success', i18n.t('funds.done.line_added'))
    return response.redirect().toRoute('funds.funds.show', { id: fund.id })
  }

  async close({ actor, params, request, response, session, i18n }: HttpContext) {
    const fund = await fundById(Number(params.id))
    actor!.authorize('funds.post', { unitId: fund.unitId })
    const { version } = await request.validateUsing(versionValidator)
    await closeFund({ fundId: fund.id, version }, actor!)
    session.flash('success', i18n.t('funds.done.fund_closed'))
    return response.redirect().toRoute('funds.funds.show', { id: fund.id })
  }

  /** 专项资金使用情况表, to print and to sign, or as a workbook with every movement. */
  async statement(ctx: HttpContext) {
    const { actor, params, i18n } = ctx
    const fund = await fundById(Number(params.id))
    const grant = actor!.authorize('funds.export', { unitId: fund.unitId })
    const lines = await linesOf(fund.id)
    const asWorkbook = ctx.request.input('format') === 'xlsx'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'funds.fund.exported',
        subjectType: 'fund',
        subjectId: fund.id,
        changes: { format: asWorkbook ? 'xlsx' : 'pdf' },
        grant,
      })
    )
    const name = `${fund.name}-${clock.today()}`
    if (asWorkbook) {
      const movements = await movementList({ fundId: fund.id, units: 'all' })
      return sendRegister(ctx, `${name}.xlsx`, fundRegister(fund, lines, movements, i18n))
    }
    const pdf = await renderPdf(fundStatement(fund, lines, clock.today()))
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', pdf)
  }
}
