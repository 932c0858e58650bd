import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { ForbiddenError } from '#shared/errors'
import { noteExport } from '../actions/note_export.js'
import { closeOrder, seeNotice } from '../actions/orders.js'
import { seesPart, taskUnits } from '../access.js'
import { orderPaper } from '../documents/order.js'
import { orderById, orderPage, stepsAhead } from '../queries/orders.js'
import { isAddressee, noticeById, stepsTaken, wasTold } from '../queries/notices.js'
import { commentValidator } from '../validators.js'

/** 督办单: what was demanded until when, what the clock did, and who was told. */
export default class OrdersController {
  async index({ actor, request, view }: HttpContext) {
    if (!actor!.may('governance.report')) actor!.authorize('governance.view')
    const level = Number(request.input('level'))
    const filters = {
      state: ['running', 'closed'].find((state) => state === request.input('state')) ?? null,
      unitId: Number(request.input('unit')) || null,
      level: level >= 1 && level <= 3 ? level : null,
    }
    const units = taskUnits(actor!)
    return view.render('pages/governance/orders/index', {
      filters,
      page: await orderPage({ ...filters, units, cursor: request.input('cursor') ?? null }),
      mayExport: actor!.may('governance.export'),
    })
  }

  async show(ctx: HttpContext) {
    const { actor, view } = ctx
    const { order, steps } = await this.open(ctx)
    const mine: number[] = []
    for (const notice of steps.flatMap(({ notices }) => notices)) {
      if (!notice.seenAt && (await isAddressee(actor!, notice))) mine.push(notice.id)
    }
    return view.render('pages/governance/orders/show', {
      order,
      steps,
      mine,
      ahead: await stepsAhead(order),
      now: clock.now(),
      mayClose: actor!.may('governance.prepare', { unitId: order.unitId }),
      mayOpenTask: seesPart(actor!, order),
      history: await historyOf('supervision_order', order.id),
    })
  }

  /** 督办单 as PDF. */
  async paper(ctx: HttpContext) {
    const { order } = await this.open(ctx)
    await noteExport(ctx.actor!, { type: 'order', id: order.id }, 'order')
    const pdf = await renderPdf(orderPaper(order, await stepsAhead(order)))
    return sendFile(ctx, `${order.number}.pdf`, 'application/pdf', pdf)
  }

  async close({ actor, params, request, response, session, i18n }: HttpContext) {
    const order = await orderById(Number(params.id))
    const grant = actor!.authorize('governance.prepare', { unitId: order.unitId })
    const form = await request.validateUsing(commentValidator)
    await closeOrder({ orderId: order.id, ...form, grant }, actor!)
    session.flash('success', i18n.t('governance.done.order_closed'))
    return response.redirect().toRoute('governance.orders.show', { id: order.id })
  }

  /** Who holds the post that was told takes note. */
  async see({ actor, params, response, session, i18n }: HttpContext) {
    const notice = await noticeById(Number(params.id))
    if (!(await isAddressee(actor!, notice))) throw new ForbiddenError('governance.notice')
    await seeNotice(notice.id, actor!)
    session.flash('success', i18n.t('governance.done.notice_seen'))
    return response.redirect().toRoute('governance.orders.show', { id: notice.orderId })
  }

  /** For who may see the part, and for the posts that were told. */
  private async open({ actor, params }: HttpContext) {
    const order = await orderById(Number(params.id))
    const steps = await stepsTaken(order.id)
    if (!seesPart(actor!, order) && !(await wasTold(actor!, steps))) {
      throw new ForbiddenError('governance.view')
    }
    return { order, steps }
  }
}
