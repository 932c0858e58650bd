import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import encryption from '@adonisjs/core/services/encryption'
import edge from 'edge.js'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import type { ShieldConfig } from '@adonisjs/shield/types'
import ShieldMiddleware from '@adonisjs/shield/shield_middleware'
import env from '#start/env'
import { clock } from '#shared/clock'
import { KeptPages } from '#shared/view/kept_pages'

let shield: ShieldMiddleware | undefined
type Route = NonNullable<HttpContext['route']>

const kept = new KeptPages({ nonce: randomUUID(), requestId: randomUUID() })

/**
 * A page for everybody that has no form: no session begins, no cookie is set. The middleware that
 * needs a session passes it by (start/kernel.ts). What was drawn is kept for PUBLIC_PAGE_SECONDS.
 */
export default class PublicPageMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    ctx.actor = null
    ctx.response.vary('Accept-Language, Cookie')
    shield ??= shieldWithoutForms()
    return shield.handle(ctx, () => this.answer(ctx, next))
  }

  private async answer(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const key = keyOf(ctx)
    const marks = {
      nonce: response.nonce,
      requestId: edge.globals.html.escape(request.id() ?? ''),
    }
    const known = key && kept.find(key, marks, clock.epoch())
    if (known) return sendHtml(response, known)
    ctx.view.share({ actor: null, today: clock.today() })
    if (!key) return next()
    const { nonce, requestId } = kept.standIns
    ctx.view.share({ cspNonce: nonce, requestId })
    await next()
    const html = response.getBody()
    if (typeof html !== 'string') return
    const until = clock.epoch() + secondsKept() * 1000
    const page =
      response.getStatus() === 200 ? kept.keep(key, html, until, marks) : kept.once(html, marks)
    sendHtml(response, page)
  }
}

/** Bytes, which the framework would take for a file. */
function sendHtml(response: HttpContext['response'], page: Buffer) {
  response.header('Content-Type', 'text/html; charset=utf-8')
  response.send(page)
}

/** Address and language; null: not kept, as what somebody asks for in other words than ours. */
function keyOf({ request, i18n }: HttpContext): string | null {
  const known = Object.keys(request.qs()).every((name) => name === 'lang')
  if (!known || secondsKept() === 0 || request.method() !== 'GET') return null
  return `${i18n.locale} ${request.url(true)}`
}

function secondsKept(): number {
  return env.get('PUBLIC_PAGE_SECONDS', app.inProduction ? 5 : 0)
}

/** The shield without its guard of forms, whose secret would stand in the session. */
function shieldWithoutForms() {
  const config = { ...app.config.get<ShieldConfig>('shield'), csrf: { enabled: false } }
  return new ShieldMiddleware(config, encryption.use())
}

/** By route: asked by many, and again for every request. */
const publicRoutes = new WeakMap<Route, boolean>()

/** Whether the route bears `middleware.publicPage()`. */
export function isPublicPage({ route }: HttpContext): boolean {
  if (!route) return false
  let known = publicRoutes.get(route)
  if (known === undefined) {
    const all = [...route.middleware.all()]
    known = all.some((one) => 'name' in one && one.name === 'publicPage')
    publicRoutes.set(route, known)
  }
  return known
}
