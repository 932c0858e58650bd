import type { HttpContext } from '@adonisjs/core/http'
import { waitingIn } from '#shared/ports/inbox'
import { cockpitOf } from '../queries/cockpit.js'
import { cockpitFigures } from './cockpit_figures.js'
import { milestonePicture } from './milestone_picture.js'

const SHOWN_ITEMS = 8
const SHOWN_SLIPS = 8

/** What the cockpit's page draws. */
export async function cockpitView({ actor, i18n }: Pick<HttpContext, 'actor' | 'i18n'>) {
  const t = i18n.t.bind(i18n)
  const cockpit = await cockpitOf(actor!, t)
  const { programme, waiting } = cockpit
  return {
    ...cockpit,
    figures: cockpitFigures(cockpit, i18n),
    items: waiting.slice(0, SHOWN_ITEMS),
    waiting: waitingIn(waiting),
    slips: programme?.slips.slice(0, SHOWN_SLIPS) ?? [],
    timeline: programme ? milestonePicture(programme.phases, cockpit.today, i18n) : null,
    mayInform: actor!.may('governance.export'),
  }
}
