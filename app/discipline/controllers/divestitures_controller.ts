import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { civilDate, clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import {
  approveDivestiture,
  createDivestiture,
  returnDivestiture,
  setSides,
  submitDivestiture,
  withdrawDivestiture,
} from '../actions/divestitures.js'
import { executeDivestiture } from '../actions/execute_divestiture.js'
import { divestiturePaper, divestitureRegister } from '../documents/divestiture_paper.js'
import { SIDES } from '../domain/assets.js'
import { gridRows } from '../form_values.js'
import {
  certificateOf,
  divestitureById,
  divestitureLinePage,
  divestitureLines,
  divestiturePage,
  shownDivision,
  unitsOfDivestiture,
  type DivestitureRow,
} from '../queries/divestitures.js'
import {
  commentValidator,
  divestitureValidator,
  sidesValidator,
  versionValidator,
} from '../validators.js'

/** 经营性业务剥离: the assets divided between centre and company, with their certificate. */
export default class DivestituresController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('assets.view')
    return view.render('pages/discipline/divestitures/index', {
      page: await divestiturePage(actor!.unitsFor('assets.view'), request.input('cursor') ?? null),
      mayPrepare: actor!.may('assets.keep'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('assets.keep')
    return view.render('pages/discipline/divestitures/create', {
      units: await unitOptions(),
      mine: await unitOptions(actor!.unitsFor('assets.keep')),
      today: clock.today(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('assets.keep')
    const form = await request.validateUsing(divestitureValidator)
    actor!.authorize('assets.keep', { unitIds: form.from_unit_ids })
    const input = {
      title: form.title,
      fromUnitIds: [...new Set(form.from_unit_ids)],
      centreId: form.centre_id,
      companyId: form.company_id,
      effectiveOn: form.effective_on,
      documentId: await requiredDocument(form.document_id),
    }
    const id = await once(request.input('_key'), 'discipline.divestiture', actor!.userId, (trx) =>
      createDivestiture(input, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.divestiture_created'))
    return response.redirect().toRoute('discipline.divestitures.show', { id })
  }

  async show({ actor, params, request, view }: HttpContext) {
    const row = await divestitureById(Number(params.id))
    const { from } = await unitsOfDivestiture(row)
    this.open(actor!, row, from)
    const side = oneOf(request.input('side'), SIDES)
    const isOpen = row.state === 'draft' || row.state === 'returned'
    return view.render('pages/discipline/divestitures/show', {
      row,
      side,
      page: await divestitureLinePage(row.id, { side, cursor: request.input('cursor') ?? null }),
      certificate: await shownDivision(row),
      isPreparer: row.preparedBy !== null && row.preparedBy === actor!.userId,
      mayPrepare: actor!.may('assets.keep', { unitIds: from }),
      mayEdit: isOpen && actor!.may('assets.keep', { unitIds: from }),
      mayDecide: actor!.may('assets.divide', { unitIds: from }),
      isDue: row.effectiveOn <= clock.today(),
      history: await historyOf('divestiture', row.id),
    })
  }

  async setSides(ctx: HttpContext) {
    const divestitureId = await this.prepared(ctx)
    const { request } = ctx
    const data = { version: request.input('version'), lines: gridRows(request.input('lines')) }
    const { version, lines } = await request.validateUsing(sidesValidator, { data })
    await setSides(
      {
        divestitureId,
        version,
        lines: lines.map(({ id, side, reason }) => ({ lineId: id, side, reason: reason ?? null })),
      },
      ctx.actor!
    )
    ctx.session.flash('success', ctx.i18n.t('discipline.done.sides_set'))
    return ctx.response.redirect().withQs().back()
  }

  async submit(ctx: HttpContext) {
    const divestitureId = await this.prepared(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await submitDivestiture({ divestitureId, ...form }, ctx.actor!)
    return this.done(ctx, 'divestiture_submitted')
  }

  async withdraw(ctx: HttpContext) {
    const divestitureId = await this.prepared(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await withdrawDivestiture({ divestitureId, ...form }, ctx.actor!)
    return this.done(ctx, 'divestiture_withdrawn')
  }

  async approve(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await approveDivestiture({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'divestiture_approved')
  }

  async return(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await returnDivestiture({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'divestiture_returned')
  }

  async execute(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await executeDivestiture({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'divestiture_executed')
  }

  /** The certificate as PDF, Excel with every asset, and the JSON that can be checked. */
  async certificate(ctx: HttpContext) {
    const { actor, params } = ctx
    const row = await divestitureById(Number(params.id))
    const { from } = await unitsOfDivestiture(row)
    this.open(actor!, row, from)
    const found = await certificateOf(row)
    if (!found) throw new NotFoundError('certificate')
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'discipline.divestiture.exported',
        subjectType: 'divestiture',
        subjectId: row.id,
        changes: { format: params.format, hash: found.certificate.hash },
      })
    )
    const name = `资产剥离守恒证书-${row.number}`
    if (params.format === 'json') {
      return sendFile(ctx, `${name}.json`, 'application/json; charset=utf-8', found.json)
    }
    if (params.format === 'xlsx') {
      const lines = await divestitureLines(row.id)
      return sendRegister(ctx, `${name}.xlsx`, divestitureRegister(row, found.certificate, lines))
    }
    const paper = divestiturePaper(found.certificate, civilDate(found.sealedAt))
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', await renderPdf(paper))
  }

  /** Whoever may see one of its units sees the division as a whole: its sums need all of them. */
  private open(actor: NonNullable<HttpContext['actor']>, row: DivestitureRow, from: number[]) {
    const units = [...from, row.centreId, row.companyId]
    const seen = units.find((unitId) => actor.may('assets.view', { unitId }))
    actor.authorize('assets.view', { unitId: seen ?? units[0] })
  }

  private async prepared({ actor, params }: HttpContext): Promise<number> {
    const row = await divestitureById(Number(params.id))
    const { from } = await unitsOfDivestiture(row)
    actor!.authorize('assets.keep', { unitIds: from })
    return row.id
  }

  private async decision({ actor, params }: HttpContext) {
    const row = await divestitureById(Number(params.id))
    const { from } = await unitsOfDivestiture(row)
    return { divestitureId: row.id, grant: actor!.authorize('assets.divide', { unitIds: from }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`discipline.done.${what}`))
    return response.redirect().toRoute('discipline.divestitures.show', { id: params.id })
  }
}
