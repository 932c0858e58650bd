import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'

server.errorHandler(() => import('#shared/exceptions/handler'))

server.use([
  () => import('#shared/middleware/drain_middleware'),
  () => import('#shared/middleware/headers_middleware'),
  () => import('#shared/middleware/container_bindings_middleware'),
  () => import('@adonisjs/static/static_middleware'),
  () => import('@adonisjs/vite/vite_middleware'),
])

router.use([
  () => import('#shared/middleware/discard_uploads_middleware'),
  () => import('@adonisjs/core/bodyparser_middleware'),
  // Before the session, which reads the database: without it the page for 503 has no language.
  () => import('#shared/middleware/locale_middleware'),
  () => import('@adonisjs/session/session_middleware'),
  () => import('@adonisjs/shield/shield_middleware'),
  () => import('@adonisjs/auth/initialize_auth_middleware'),
  () => import('#accounts/middleware/actor_middleware'),
  () => import('#discipline/middleware/before_freeze_middleware'),
])
