import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { moneyBars } from '#shared/charts/money_bars'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import {
  approveTotal,
  prepareAllotment,
  proposeTotal,
  releaseAllotment,
  returnAllotment,
  returnTotal,
} from '../actions/totals.js'
import { PAY_CLASSES, TOTAL_PARTS } from '../domain/runs.js'
import { fenOf } from '../forms.js'
import {
  monthlyUse,
  totalById,
  totalPage,
  totalsWaiting,
  totalVersionById,
  totalVersions,
  usedOf,
} from '../queries/totals.js'
import { allotmentById, allotmentsOf } from '../queries/allotments.js'
import {
  allotmentValidator,
  commentValidator,
  totalValidator,
  versionValidator,
} from '../validators.js'

/** 绩效工资总量: what is approved, allotted and used. */
export default class TotalsController {
  async index({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('pay.view')
    const page = await totalPage(actor!.unitsFor('pay.view'), request.input('cursor') ?? null)
    const ids = page.rows.map(({ id }) => id)
    const used = await usedOf(ids)
    const rows = page.rows.map((total) => ({ ...total, usedFen: used.get(total.id) ?? 0 }))
    return view.render('pages/pay/totals/index', {
      page,
      rows,
      waiting: await totalsWaiting(ids),
      picture: rows.length
        ? moneyBars({
            title: i18n.t('pay.totals.chart'),
            unit: i18n.t('pay.ten_thousand'),
            parts: ['used', 'allotted', 'left'].map((name) => i18n.t(`pay.totals.${name}`)),
            rows: rows.map((row) => {
              const allotted = row.basicAllottedFen + row.incentiveAllottedFen
              const whole = row.basicFen + row.incentiveFen
              return {
                label: `${row.unitName} ${row.year} ${i18n.t(`pay.classes.${row.employmentType}`)}`,
                fen: [row.usedFen, allotted - row.usedFen, whole - allotted],
              }
            }),
          })
        : null,
      mayPrepare: actor!.may('pay.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    return view.render('pages/pay/totals/create', {
      units: await unitOptions(actor!.unitsFor('pay.prepare')),
      classes: PAY_CLASSES,
      year: Number(clock.today().slice(0, 4)),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const form = await request.validateUsing(totalValidator)
    actor!.authorize('pay.prepare', { unitId: form.unit_id })
    const input = {
      unitId: form.unit_id,
      year: form.year,
      employmentType: form.employment_type,
      headcount: form.headcount ?? null,
      reason: form.reason ?? null,
      basicFen: fenOf(form.basic, 'basic'),
      incentiveFen: fenOf(form.incentive, 'incentive'),
      documentId: await requiredDocument(form.document_id),
    }
    const id = await once(request.input('_key'), 'pay.total', actor!.userId, (trx) =>
      proposeTotal(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.submitted'))
    const { totalId } = await totalVersionById(id)
    return response.redirect().toRoute('pay.totals.show', { id: totalId })
  }

  async show({ actor, params, view }: HttpContext) {
    const total = await totalById(Number(params.id))
    const target = { unitId: total.unitId }
    actor!.authorize('pay.view', target)
    return view.render('pages/pay/totals/show', {
      total,
      versions: await totalVersions({ totalId: total.id }),
      allotments: await allotmentsOf({ totalId: total.id, units: 'all' }),
      months: await monthlyUse(total),
      parts: TOTAL_PARTS,
      mayPrepare: actor!.may('pay.prepare', target),
      mayApprove: actor!.may('pay.approve', target),
      history: await historyOf('pay_total', total.id),
    })
  }

  async approve(ctx: HttpContext) {
    const version = await totalVersionById(Number(ctx.params.id))
    const grant = await this.authorize(ctx, version.totalId, 'pay.approve')
    const form = await ctx.request.validateUsing(versionValidator)
    await approveTotal({ id: version.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, version.totalId, 'approved')
  }

  async return(ctx: HttpContext) {
    const version = await totalVersionById(Number(ctx.params.id))
    const grant = await this.authorize(ctx, version.totalId, 'pay.approve')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnTotal({ id: version.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, version.totalId, 'returned')
  }

  async addAllotment(ctx: HttpContext) {
    const totalId = Number(ctx.params.id)
    await this.authorize(ctx, totalId, 'pay.prepare')
    const form = await ctx.request.validateUsing(allotmentValidator)
    const input = {
      totalId,
      part: form.part,
      monthFrom: form.month_from,
      monthTo: form.month_to,
      amountFen: fenOf(form.amount, 'amount'),
      documentId: await requiredDocument(form.document_id),
    }
    await once(ctx.request.input('_key'), 'pay.allotment', ctx.actor!.userId, (trx) =>
      prepareAllotment(input, ctx.actor!, trx)
    )
    return this.done(ctx, totalId, 'submitted')
  }

  async releaseAllotment(ctx: HttpContext) {
    const allotment = await allotmentById(Number(ctx.params.id))
    const grant = await this.authorize(ctx, allotment.totalId, 'pay.approve')
    const form = await ctx.request.validateUsing(versionValidator)
    await releaseAllotment({ id: allotment.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, allotment.totalId, 'approved')
  }

  async returnAllotment(ctx: HttpContext) {
    const allotment = await allotmentById(Number(ctx.params.id))
    const grant = await this.authorize(ctx, allotment.totalId, 'pay.approve')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnAllotment({ id: allotment.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, allotment.totalId, 'returned')
  }

  private async authorize({ actor }: HttpContext, totalId: number, capability: string) {
    const total = await totalById(totalId)
    return actor!.authorize(capability, { unitId: total.unitId })
  }

  private done({ session, i18n, response }: HttpContext, id: number, what: string) {
    session.flash('success', i18n.t(`pay.done.${what}`))
    return response.redirect().toRoute('pay.totals.show', { id })
  }
}
