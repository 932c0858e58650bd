import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { waitingIn } from '#shared/ports/inbox'
import { landingOf } from '../domain/landing.js'
import { cockpitView } from '../presenters/cockpit_view.js'
import { quotaPicture } from '../presenters/quota_picture.js'
import { unitView } from '../presenters/unit_view.js'
import { inspectionOf } from '../queries/inspection.js'
import { waitingItems } from '../queries/inbox.js'
import { openingFigures } from '../queries/opening_figures.js'
import { ownFigures } from '../queries/own_figures.js'

const SHOWN_ITEMS = 8

/** The first page: what waits for me, and what my role looks after. */
export default class HomeController {
  async show(ctx: HttpContext) {
    const { actor, view } = ctx
    switch (landingOf(actor!)) {
      case 'cockpit':
        return view.render('pages/dashboard/cockpit', await cockpitView(ctx))
      case 'unit':
        return this.units(ctx)
      case 'inspection':
        return view.render('pages/dashboard/inspection', {
          ...(await this.waiting(ctx)),
          ...(await inspectionOf(actor!)),
        })
      default:
        return this.desk(ctx)
    }
  }

  /** A liaison: what waits, and below it what each of the own units owes. */
  private async units(ctx: HttpContext) {
    const { actor, view } = ctx
    const reach = actor!.unitsFor('governance.report')
    const ids = reach === 'all' ? [] : reach
    const units = []
    for (const id of ids) units.push(await unitView(actor!, id, ctx.i18n))
    return view.render('pages/dashboard/liaison', { ...(await this.waiting(ctx)), units })
  }

  private async desk(ctx: HttpContext) {
    const actor = ctx.actor!
    const opening = await openingFigures(actor, clock.today())
    return ctx.view.render('pages/dashboard/home', {
      ...opening,
      own: opening.figures.length ? null : await ownFigures(actor, clock.today()),
      ...(await this.waiting(ctx)),
      picture: quotaPicture(opening.quota, ctx.i18n.t.bind(ctx.i18n)),
    })
  }

  private async waiting({ actor, i18n }: HttpContext) {
    const items = await waitingItems(actor!, i18n.t.bind(i18n), clock.today())
    return { items: items.slice(0, SHOWN_ITEMS), waiting: waitingIn(items) }
  }
}
