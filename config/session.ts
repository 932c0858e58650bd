import env from '#start/env'
import { defineConfig, stores } from '@adonisjs/session'
import { renewedByMinute } from '#shared/operations/renewed_sessions'

/** Idle limit; the absolute limit is held by app/accounts/middleware/actor_middleware.ts. */
export default defineConfig({
  enabled: true,
  cookieName: env.get('HTTPS', false) ? '__Host-ronghe_session' : 'ronghe_session',
  clearWithBrowser: true,
  age: '2h',
  cookie: { path: '/', httpOnly: true, secure: env.get('HTTPS', false), sameSite: 'lax' },
  store: env.get('SESSION_DRIVER'),
  stores: { database: renewedByMinute(stores.database({ tableName: 'sessions' })) },
})
