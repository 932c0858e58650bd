import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import type { HttpContext } from '@adonisjs/core/http'
import type { MiddlewareAsClass, NextFn } from '@adonisjs/core/types/http'
import { isPublicPage } from '#shared/middleware/public_page_middleware'

type Load = () => Promise<{ default: MiddlewareAsClass }>

/** One middleware of several that the framework runs as one. */
interface Part {
  load: Load
  applies(ctx: HttpContext): boolean
}

server.errorHandler(() => import('#shared/exceptions/handler'))

server.use([
  together([
    always(() => import('#shared/middleware/arrival_middleware')),
    always(() => import('#shared/middleware/drain_middleware')),
    always(() => import('#shared/middleware/headers_middleware')),
    always(() => import('#shared/middleware/container_bindings_middleware')),
    forFiles(() => import('@adonisjs/static/static_middleware')),
    always(() => import('@adonisjs/vite/vite_middleware')),
  ]),
])

router.use([
  together([
    always(() => import('#shared/middleware/discard_uploads_middleware')),
    always(() => import('@adonisjs/core/bodyparser_middleware')),
    always(() => import('#shared/middleware/form_key_middleware')),
    // Before the session, which reads the database: without it the page for 503 has no language.
    always(() => import('#shared/middleware/locale_middleware')),
  ]),
  // By itself: what a refusal below flashes is written when the session is.
  together([withSession(() => import('@adonisjs/session/session_middleware'))]),
  together([
    withSession(() => import('@adonisjs/shield/shield_middleware')),
    withSession(() => import('@adonisjs/auth/initialize_auth_middleware')),
    withSession(() => import('#accounts/middleware/actor_middleware')),
    // After the account, whose language its page speaks.
    always(() => import('#shared/middleware/whole_form_middleware')),
    withSession(() => import('#discipline/middleware/before_freeze_middleware')),
  ]),
])

function always(load: Load): Part {
  return { load, applies: () => true }
}

/** Pages have no dot in their address; a file has one. Others are not looked for on the disk. */
function forFiles(load: Load): Part {
  return { load, applies: ({ request }) => request.url().includes('.') }
}

/** What needs a session passes by the pages for everybody, which have none. */
function withSession(load: Load): Part {
  return { load, applies: (ctx) => !isPublicPage(ctx) }
}

/**
 * Several in turn as one, made once: what is bound to the framework singly is loaded, made and
 * called by the container at every request, which costs more than most of them do. An error of one
 * passes by those before it, where the framework answers it before they go on.
 */
function together(parts: Part[]) {
  const make = () =>
    Promise.all(
      parts.map(async ({ load, applies }) => {
        const { default: middleware } = await load()
        return { applies, one: await app.container.make(middleware) }
      })
    )
  let made: ReturnType<typeof make> | undefined
  return async () => ({
    default: class {
      async handle(ctx: HttpContext, next: NextFn) {
        // In development again and again, for a file may have changed.
        if (!made || app.inDev) made = make()
        const all = await made
        const from = (index: number): any => {
          const at = all.findIndex((part, place) => place >= index && part.applies(ctx))
          return at < 0 ? next() : all[at].one.handle(ctx, () => from(at + 1))
        }
        return from(0)
      }
    },
  })
}
