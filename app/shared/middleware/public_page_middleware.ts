import app from '@adonisjs/core/services/app'
import encryption from '@adonisjs/core/services/encryption'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { ShieldConfig } from '@adonisjs/shield/types'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'
import { clock } from '#shared/clock'

let shield: ShieldMiddleware | undefined

/**
 * A page for everybody that has no form: no session begins, no cookie is set. The middleware that
 * needs a session passes it by (start/kernel.ts).
 */
export default class PublicPageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.actor = null
    ctx.response.vary('Accept-Language, Cookie')
    if ('view' in ctx) ctx.view.share({ actor: null, today: clock.today() })
    shield ??= shieldWithoutForms()
    return shield.handle(ctx, next)
  }
}

/** The shield without its guard of forms, whose secret would stand in the session. */
function shieldWithoutForms() {
  const config = { ...app.config.get<ShieldConfig>('shield'), csrf: { enabled: false } }
  return new ShieldMiddleware(config, encryption.use())
}

/** Whether the route bears `middleware.publicPage()`. */
export function isPublicPage({ route }: HttpContext): boolean {
  for (const one of route?.middleware.all() ?? []) {
    if ('name' in one && one.name === 'publicPage') return true
  }
  return false
}
