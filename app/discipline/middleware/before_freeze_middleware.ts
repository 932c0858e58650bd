import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { passedBeforeFreeze } from '../queries/records.js'

/** Tells who did something that a rule speaks of that it passed because no freeze is declared yet. */
export default class BeforeFreezeMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    await next()
    const requestId = ctx.actor?.requestId
    if (ctx.request.method() !== 'POST' || !requestId || ctx.response.getStatus() >= 400) return
    if (await passedBeforeFreeze(requestId)) {
      ctx.session.flash('notice', ctx.i18n.t('discipline.notice_before'))
    }
  }
}
