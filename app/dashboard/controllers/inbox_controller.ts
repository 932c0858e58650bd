import type { HttpContext } from '@adonisjs/core/http'
import { waitingIn } from '#shared/ports/inbox'
import { clock } from '#shared/clock'
import { waitingItems } from '../queries/inbox.js'

export default class InboxController {
  async index({ actor, i18n, view }: HttpContext) {
    const items = await waitingItems(actor!, i18n.t.bind(i18n), clock.today())
    return view.render('pages/dashboard/inbox', { items })
  }

  /** The number in the menu, as a frame of its own, so that no other page waits for it. */
  async count({ actor, i18n, view }: HttpContext) {
    const items = await waitingItems(actor!, i18n.t.bind(i18n), clock.today())
    return view.render('pages/dashboard/inbox_count', { waiting: waitingIn(items) })
  }
}
