import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import testUtils from '@adonisjs/core/services/test_utils'
import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import type User from '#accounts/models/user'
import { ROLES, type Actor, type Role } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import type { Row, Rows } from './rows.js'
import type { World } from './world.js'

export interface Route {
  name: string
  method: 'GET' | 'POST'
  pattern: string
  handler: any
}

/** Every route of the application. */
export function allRoutes(): Route[] {
  return Object.values(router.toJSON())
    .flat()
    .map(({ name, methods, pattern, handler }) => ({
      name: name ?? pattern,
      method: methods.includes('GET') ? ('GET' as const) : ('POST' as const),
      pattern,
      handler,
    }))
}

/** The route's parameters: the world's records by name, or a word that is given as `=word`. */
export function paramsOf(route: Route, parts: readonly Rows[], world: World) {
  const places = Object.assign({}, ...parts.map((part) => placesIn(part, route.name)))
  const params: Record<string, string> = {}
  for (const [, name] of route.pattern.matchAll(/:(\w+)/g)) {
    if (!(name in places)) throw new Error(`${route.name}: nothing is given for :${name}`)
    const place: string = places[name]
    params[name] = place.startsWith('=') ? place.slice(1) : String(world.records[place])
  }
  return params
}

/** The longest prefix that fits wins, parameter by parameter. */
function placesIn({ at = {} }: Rows, name: string): Record<string, string> {
  const fitting = Object.keys(at)
    .filter((prefix) => name === prefix || name.startsWith(`${prefix}.`))
    .sort((a, b) => a.length - b.length)
  return Object.assign({}, ...fitting.map((prefix) => at[prefix]))
}

/**
 * What a role meets at a route: the route's own handler is run with an empty form and without
 * drawing the page; true unless it answers with ForbiddenError. What is refused for its content
 * has passed the gate; a fault is no answer.
 */
async function handlerLetsPass(route: Route, params: Record<string, string>, actor: Actor) {
  const ctx = await testUtils.createHttpContext()
  ctx.params = params
  ctx.actor = actor
  ctx.i18n = i18nManager.locale('zh-CN')
  Object.defineProperty(ctx, 'session', { value: silent })
  Object.defineProperty(ctx, 'view', { value: { render: async () => '', share() {} } })
  Object.assign(ctx.request, { __raw_files: {} })
  ctx.request.setInitialBody({})
  try {
    await route.handler.handle(app.container.createResolver(), ctx as HttpContext)
    return true
  } catch (error: any) {
    if (error instanceof ForbiddenError) return false
    if (error?.status >= 400 && error.status < 500) return true
    throw new Error(`${route.name} as ${actor.roles.join()}: ${error?.stack}`)
  }
}

const silent = {
  flash() {},
  put() {},
  forget() {},
  has: () => false,
  get: (_: string, fallback?: unknown) => fallback,
}

const SIGN_IN = '/accounts/sign-in'
/** Signing out leads to the sign-in page as a refusal does. */
const LEAVES = 'accounts.session.destroy'

/** The same over HTTP, with session, middleware and error page. */
async function httpLetsPass(client: ApiClient, route: Route, url: string, user: User | null) {
  let request = route.method === 'GET' ? client.get(url) : client.post(url)
  request = request.redirects(0).accept('json').withCsrfToken()
  if (user) request = request.loginAs(user)
  const response = await request
  const status = response.status()
  if (status >= 500) throw new Error(`${route.name} ${url}: ${status}`)
  if (route.name === LEAVES) return user !== null
  const sentAway = status === 302 && String(response.header('location')).endsWith(SIGN_IN)
  return status !== 401 && status !== 403 && !sentAway
}

export async function observe(
  client: ApiClient,
  route: Route,
  parts: readonly Rows[],
  world: World
): Promise<Row> {
  const params = paramsOf(route, parts, world)
  const url = route.pattern.replace(/:(\w+)\??/g, (_, name) => params[name])
  const who = async (actors: Map<Role, Actor>) => {
    const allowed: Role[] = []
    for (const role of ROLES) {
      if (await handlerLetsPass(route, params, actors.get(role)!)) allowed.push(role)
    }
    return allowed
  }
  const anonymous = await httpLetsPass(client, route, url, null)
  const stranger = await httpLetsPass(client, route, url, world.stranger)
  const self = await httpLetsPass(client, route, url, world.selfUser)
  // What an account without any grant may do, a grant cannot take away.
  if (stranger) return { own: ROLES, other: ROLES, all: ROLES, self, anonymous }
  return {
    own: await who(world.own),
    other: await who(world.other),
    all: await who(world.all),
    self,
    anonymous,
  }
}
