import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { inTransaction } from '#shared/database'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { civilTime, clock } from '#shared/clock'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import {
  approveExemption,
  askExemption,
  refuseExemption,
  revokeExemption,
  withdrawExemption,
} from '../actions/exemptions.js'
import { exemptionNotice } from '../documents/exemption_notice.js'
import { EXEMPTION_STATES } from '../domain/exemptions.js'
import { RULES } from '../domain/rules.js'
import { fenFrom, idFrom } from '../form_values.js'
import { exemptionById, exemptionPage } from '../queries/exemptions.js'
import { recordById, recordList } from '../queries/records.js'
import { standingFreeze, unitsOfFreeze } from '../queries/freezes.js'
import { commentValidator, exemptionValidator, versionValidator } from '../validators.js'

/** 豁免: who, what, why, by which document, until when; asked by one, granted by the office. */
export default class ExemptionsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('discipline.view')
    const filters = {
      state: oneOf(request.input('state'), EXEMPTION_STATES),
      rule: oneOf(request.input('rule'), RULES),
    }
    const page = await exemptionPage({
      ...filters,
      units: actor!.unitsFor('discipline.view'),
      cursor: request.input('cursor') ?? null,
    })
    return view.render('pages/discipline/exemptions/index', {
      filters,
      page,
      exemptions: page.rows,
      states: EXEMPTION_STATES,
      rules: RULES,
      mayAsk: actor!.may('discipline.ask') && (await standingFreeze()) !== null,
    })
  }

  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('discipline.ask')
    const reach = actor!.unitsFor('discipline.ask')
    const freeze = await standingFreeze()
    const units = freeze ? await unitsOfFreeze(freeze.id) : []
    return view.render('pages/discipline/exemptions/create', {
      freeze,
      units: units
        .filter(({ id }) => reach === 'all' || reach.includes(id))
        .map(({ id: value, name: label }) => ({ value, label })),
      values: await prefilled(idFrom(request.input('record')), reach),
      rules: RULES,
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('discipline.ask')
    const form = await request.validateUsing(exemptionValidator)
    actor!.authorize('discipline.ask', { unitId: form.unit_id })
    const input = {
      rule: form.rule,
      unitId: form.unit_id,
      personId: form.person_id ?? null,
      what: form.what,
      why: form.why,
      documentId: await requiredDocument(form.document_id),
      untilOn: form.until_on,
      amountFen: form.amount ? fenFrom(form.amount, 'amount') : null,
    }
    const id = await once(request.input('_key'), 'discipline.exemption', actor!.userId, (trx) =>
      askExemption(input, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.asked'))
    return response.redirect().toRoute('discipline.exemptions.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const exemption = await exemptionById(Number(params.id))
    const target = { unitId: exemption.unitId }
    actor!.authorize('discipline.view', target)
    return view.render('pages/discipline/exemptions/show', {
      exemption,
      decidedAt: exemption.decidedAt ? civilTime(exemption.decidedAt) : null,
      uses: await recordList({ exemptionId: exemption.id, units: 'all' }),
      isAsker: exemption.askedBy !== null && exemption.askedBy === actor!.userId,
      hasRunOut: exemption.untilOn < clock.today(),
      mayDecide: actor!.may('discipline.exempt', target),
      mayInspect: actor!.may('discipline.inspect', target),
      history: await historyOf('exemption', exemption.id),
    })
  }

  /** 豁免批复, for the file of the unit. */
  async notice(ctx: HttpContext) {
    const exemption = await exemptionById(Number(ctx.params.id))
    const grant = ctx.actor!.authorize('discipline.view', { unitId: exemption.unitId })
    if (exemption.state !== 'approved') throw new NotFoundError('notice')
    await inTransaction((trx) =>
      record(trx, ctx.actor!, {
        action: 'discipline.exemption.exported',
        subjectType: 'exemption',
        subjectId: exemption.id,
        changes: { format: 'pdf' },
        grant,
      })
    )
    const pdf = await renderPdf(exemptionNotice(exemption))
    return sendFile(ctx, `豁免批复-${exemption.number}.pdf`, 'application/pdf', pdf)
  }

  async approve(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(versionValidator)
    await approveExemption({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'exemption_approved')
  }

  async refuse(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await refuseExemption({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'exemption_refused')
  }

  async revoke(ctx: HttpContext) {
    const input = await this.decision(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await revokeExemption({ ...input, ...form }, ctx.actor!)
    return this.done(ctx, 'exemption_revoked')
  }

  async withdraw(ctx: HttpContext) {
    const { id: exemptionId, unitId } = await exemptionById(Number(ctx.params.id))
    ctx.actor!.authorize('discipline.ask', { unitId })
    const form = await ctx.request.validateUsing(versionValidator)
    await withdrawExemption({ exemptionId, ...form }, ctx.actor!)
    return this.done(ctx, 'exemption_withdrawn')
  }

  private async decision({ actor, params }: HttpContext) {
    const { id: exemptionId, unitId } = await exemptionById(Number(params.id))
    return { exemptionId, grant: actor!.authorize('discipline.exempt', { unitId }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`discipline.done.${what}`))
    return response.redirect().toRoute('discipline.exemptions.show', { id: params.id })
  }
}

/** A refused attempt brings its rule, unit, person and amount along, within the asker's reach. */
async function prefilled(recordId: number | null, reach: 'all' | number[]) {
  if (!recordId) return {}
  const row = await recordById(recordId)
  if (reach !== 'all' && !reach.includes(row.unitId)) return {}
  const { rule, unitId, personId, personName, amountFen } = row
  return { rule, unitId, personId, personName, amountFen }
}
