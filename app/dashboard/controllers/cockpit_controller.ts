import type { HttpContext } from '@adonisjs/core/http'
import { cockpitView } from '../presenters/cockpit_view.js'

/** The leadership's page for everybody who sees the plan; on a wall it draws itself anew. */
export default class CockpitController {
  async show(ctx: HttpContext) {
    ctx.actor!.authorize('programme.view')
    const onWall = ctx.request.input('wall') === '1'
    const page = onWall ? 'pages/dashboard/wall' : 'pages/dashboard/cockpit'
    return ctx.view.render(page, await cockpitView(ctx))
  }
}
