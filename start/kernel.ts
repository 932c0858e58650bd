import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import type { HttpContext } from '@adonisjs/core/http'
import type { MiddlewareAsClass, NextFn } from '@adonisjs/core/types/http'
import { isPublicPage } from '#shared/middleware/public_page_middleware'

type Load = () => Promise<{ default: MiddlewareAsClass }>

server.errorHandler(() => import('#shared/exceptions/handler'))

server.use([
  () => import('#shared/middleware/arrival_middleware'),
  () => import('#shared/middleware/drain_middleware'),
  () => import('#shared/middleware/headers_middleware'),
  () => import('#shared/middleware/container_bindings_middleware'),
  forFiles(() => import('@adonisjs/static/static_middleware')),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([
  () => import('#shared/middleware/discard_uploads_middleware'),
  () => import('@adonisjs/core/bodyparser_middleware'),
  () => import('#shared/middleware/form_key_middleware'),
  // Before the session, which reads the database: without it the page for 503 has no language.
  () => import('#shared/middleware/locale_middleware'),
  withSession(() => import('@adonisjs/session/session_middleware')),
  withSession(() => import('@adonisjs/shield/shield_middleware')),
  withSession(() => import('@adonisjs/auth/initialize_auth_middleware')),
  withSession(() => import('#accounts/middleware/actor_middleware')),
  // After the account, whose language its page speaks.
  () => import('#shared/middleware/whole_form_middleware'),
  withSession(() => import('#discipline/middleware/before_freeze_middleware')),
])

/** Pages have no dot in their address; a file has one. Others are not looked for on the disk. */
function forFiles(load: Load) {
  return kept(load, ({ request }) => request.url().includes('.'))
}

/** What needs a session passes by the pages for everybody, which have none. */
function withSession(load: Load) {
  return kept(load, (ctx) => !isPublicPage(ctx))
}

/** Made once, where the framework loads and makes what is bound to the container at every request. */
function kept(load: Load, applies: (ctx: HttpContext) => boolean) {
  let one: Promise<{ handle(ctx: HttpContext, next: NextFn): any }> | undefined
  return async () => ({
    default: class {
      async handle(ctx: HttpContext, next: NextFn) {
        if (!applies(ctx)) return next()
        one ??= load().then((loaded) => app.container.make(loaded.default))
        return (await one).handle(ctx, next)
      }
    },
  })
}
