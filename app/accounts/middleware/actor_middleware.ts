import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { type Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { isExpired } from '../domain/password_policy.js'
import { passwordPolicy } from '../policy.js'
import type User from '../models/user.js'
import { setLocale, LOCALES } from '#shared/middleware/locale_middleware'
import { actorOf } from '../queries/build_actor.js'

/** A session ends this long after sign-in, whatever was done in it; the idle limit is the session's age. */
export const ABSOLUTE_HOURS = 10

/** Finds who is signed in (nobody: `ctx.actor` is null) and holds the session's limits. */
export default class ActorMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.actor = null
    if (await ctx.auth.use('web').check()) {
      const user = ctx.auth.use('web').getUserOrFail()
      if (user.state !== 'active' || this.isOver(ctx, user.sessionEpoch)) {
        await ctx.auth.use('web').logout()
        ctx.session.flash('notice', 'accounts.session_over')
      } else {
        ctx.actor = await actorOf(user, ctx.request.id() ?? null)
        ctx.mustChangePassword = user.mustChangePassword || this.isOld(user)
        if (!ctx.request.plainCookie('locale', undefined, true)) {
          setLocale(ctx, LOCALES.find((known) => known === user.locale) ?? 'zh-CN')
        }
      }
    }
    if ('view' in ctx) ctx.view.share({ actor: ctx.actor, today: clock.today() })
    return next()
  }

  /** The policy's age does not hold demo accounts, whose password is public. */
  private isOld(user: User): boolean {
    const changedOn = user.passwordChangedAt ? civilDate(user.passwordChangedAt) : null
    return !user.demo && isExpired(changedOn, clock.today(), passwordPolicy())
  }

  private isOver(ctx: HttpContext, epoch: number): boolean {
    const started = ctx.session.get('signed_in_at')
    if (started === undefined) {
      ctx.session.put('signed_in_at', clock.epoch())
      ctx.session.put('epoch', epoch)
      return false
    }
    const tooOld = clock.epoch() - started > ABSOLUTE_HOURS * 3_600_000
    return tooOld || ctx.session.get('epoch') !== epoch
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    actor: Actor | null
    mustChangePassword?: boolean
  }
}
