import env from '#start/env'
import { defineConfig } from '@adonisjs/core/http'

export const appUrl = env.get('APP_URL')

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: true,
  useAsyncLocalStorage: false,
  /** Whose X-Forwarded-For is believed (proxy-addr): throttles count the client, not the proxy. */
  trustProxy: env.get('TRUSTED_PROXIES', 'loopback'),
  /** Longer than the usual 60 s of a reverse proxy would reset idle connections. */
  keepAliveTimeout: 55_000,
  cookie: {
    domain: '',
    path: '/',
    maxAge: '365d',
    httpOnly: true,
    secure: env.get('HTTPS', false),
    sameSite: 'lax',
  },
})
