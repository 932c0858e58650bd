import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { documentIdFrom } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { addSurplus, openCount, removeSurplus, saveCountLines } from '../actions/counts.js'
import { confirmCount, returnCount, submitCount, withdrawCount } from '../actions/move_count.js'
import { countRegister, countSheet } from '../documents/count_sheet.js'
import { ASSET_CATEGORIES, CONDITIONS, PURPOSES } from '../domain/assets.js'
import { fenFrom, gridRows } from '../form_values.js'
import { countById, countLinePage, countLines, countPage } from '../queries/counts.js'
import {
  commentValidator,
  countLinesValidator,
  countValidator,
  surplusValidator,
  versionValidator,
} from '../validators.js'

const SHOWN = ['all', 'todo', 'differences'] as const

/** 清产核资: count sheets with their differences. */
export default class CountsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('assets.view')
    return view.render('pages/discipline/counts/index', {
      page: await countPage(actor!.unitsFor('assets.view'), request.input('cursor') ?? null),
      mayKeep: actor!.may('assets.keep'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('assets.keep')
    return view.render('pages/discipline/counts/create', {
      units: await unitOptions(actor!.unitsFor('assets.keep')),
      today: clock.today(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('assets.keep')
    const form = await request.validateUsing(countValidator)
    actor!.authorize('assets.keep', { unitId: form.unit_id })
    const documentId = await documentIdFrom(form.document_id)
    const input = { unitId: form.unit_id, asOf: form.as_of, documentId }
    const id = await once(request.input('_key'), 'discipline.count', actor!.userId, (trx) =>
      openCount(input, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.count_opened'))
    return response.redirect().toRoute('discipline.counts.show', { id })
  }

  async show({ actor, params, request, view }: HttpContext) {
    const count = await countById(Number(params.id))
    const target = { unitId: count.unitId }
    actor!.authorize('assets.view', target)
    const isOpen = count.state === 'open' || count.state === 'returned'
    const show = oneOf(request.input('show'), SHOWN) ?? (isOpen ? 'all' : 'differences')
    return view.render('pages/discipline/counts/show', {
      count,
      show,
      page: await countLinePage(count.id, show, request.input('cursor') ?? null),
      categories: ASSET_CATEGORIES,
      purposes: PURPOSES,
      conditions: CONDITIONS,
      isPreparer: count.preparedBy !== null && count.preparedBy === actor!.userId,
      mayCount: isOpen && actor!.may('assets.keep', target),
      mayImport: isOpen && actor!.may('assets.keep', target) && actor!.may('imports.run', target),
      mayKeep: actor!.may('assets.keep', target),
      mayConfirm: actor!.may('assets.confirm', target),
      history: await historyOf('asset_count', count.id),
    })
  }

  async saveLines(ctx: HttpContext) {
    const countId = await this.authorize(ctx)
    const data = { lines: gridRows(ctx.request.input('lines')) }
    const { lines } = await ctx.request.validateUsing(countLinesValidator, { data })
    const input = lines.map((line) => ({
      lineId: line.id,
      version: line.version,
      result: line.result,
      facts: {
        place: line.place ?? null,
        custodian: line.custodian ?? null,
        purpose: line.purpose ?? null,
        condition: line.condition ?? null,
      },
      explanation: line.explanation ?? null,
    }))
    const changed = await saveCountLines({ countId, lines: input }, ctx.actor!)
    ctx.session.flash('success', ctx.i18n.t('discipline.done.lines_saved', { count: changed }))
    return ctx.response.redirect().toRoute('discipline.counts.show', { id: countId })
  }

  async addSurplus(ctx: HttpContext) {
    const countId = await this.authorize(ctx)
    const form = await ctx.request.validateUsing(surplusValidator)
    const { name, category, explanation, purpose, condition } = form
    const input = {
      countId,
      name,
      category,
      explanation,
      originalFen: fenFrom(form.original, 'original'),
      netFen: fenFrom(form.net, 'net'),
      facts: {
        place: form.place ?? null,
        custodian: form.custodian ?? null,
        purpose,
        condition,
      },
    }
    const { request, actor } = ctx
    await once(request.input('_key'), 'discipline.surplus', actor!.userId, (trx) =>
      addSurplus(input, actor!, trx)
    )
    return this.done(ctx, 'surplus_added', 'differences')
  }

  async removeSurplus(ctx: HttpContext) {
    const countId = await this.authorize(ctx)
    await removeSurplus({ countId, lineId: Number(ctx.params.line) }, ctx.actor!)
    return this.done(ctx, 'surplus_removed', 'differences')
  }

  async submit(ctx: HttpContext) {
    const countId = await this.authorize(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await submitCount({ countId, ...form }, ctx.actor!)
    return this.done(ctx, 'count_submitted')
  }

  async withdraw(ctx: HttpContext) {
    const countId = await this.authorize(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await withdrawCount({ countId, ...form }, ctx.actor!)
    return this.done(ctx, 'count_withdrawn')
  }

  async return(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await returnCount({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'count_returned')
  }

  async confirm(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await confirmCount({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'count_confirmed')
  }

  /** 资产清查盘点表: to walk around with, and to sign; or as a workbook. */
  async sheet(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const count = await countById(Number(params.id))
    const grant = actor!.authorize('assets.view', { unitId: count.unitId })
    const lines = await countLines(count.id)
    const asWorkbook = request.input('format') === 'xlsx'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'discipline.count.exported',
        subjectType: 'asset_count',
        subjectId: count.id,
        changes: { format: asWorkbook ? 'xlsx' : 'pdf' },
        grant,
      })
    )
    const name = `资产清查盘点表-${count.number}`
    if (asWorkbook) return sendRegister(ctx, `${name}.xlsx`, countRegister(count, lines))
    const pdf = await renderPdf(countSheet(count, lines))
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', pdf)
  }

  private async authorize({ actor, params }: HttpContext): Promise<number> {
    const { id, unitId } = await countById(Number(params.id))
    actor!.authorize('assets.keep', { unitId })
    return id
  }

  private async decision({ actor, params }: HttpContext) {
    const { id: countId, unitId } = await countById(Number(params.id))
    return { countId, grant: actor!.authorize('assets.confirm', { unitId }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string, show?: string) {
    session.flash('success', i18n.t(`discipline.done.${what}`))
    const redirect = response.redirect()
    if (show) redirect.withQs({ show })
    return redirect.toRoute('discipline.counts.show', { id: params.id })
  }
}
