import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { IgnitorFactory } from '@adonisjs/core/factories'
import * as bodyparser from '@adonisjs/core/bodyparser'
import * as encryption from '@adonisjs/core/encryption'
import * as hash from '@adonisjs/core/hash'
import * as http from '@adonisjs/core/http'
import * as logger from '@adonisjs/core/logger'
import type { ApplicationService } from '@adonisjs/core/types'
import * as auth from '@adonisjs/auth'
import { sessionGuard, sessionUserProvider } from '@adonisjs/auth/session'
import * as lucid from '@adonisjs/lucid'
import { BaseModel, column } from '@adonisjs/lucid/orm'
import * as session from '@adonisjs/session'
import * as shield from '@adonisjs/shield'
import { addTable, VIEWS } from './table.support.js'

class User extends BaseModel {
  @column({ isPrimary: true })
  declare id: number

  @column()
  declare username: string
}

/**
 * The framework as it comes, without anything of this house: its providers, its middleware, sessions
 * in the database, its session guard, Lucid on SQLite (with a write-ahead log, which it does not set
 * by itself), and the same table of 50 rows. Serves on PORT; `/sign-in` opens a session.
 */
export async function startStockServer(database: string) {
  const ignitor = new IgnitorFactory()
    .merge({ rcFileContents: { providers: providers() }, config: config(database) })
    .create(new URL('./', import.meta.url), { importer: (file) => import(file) })
  ignitor.tap((app) => app.booted(() => prepare(app)))
  await ignitor.httpServer().start()
}

function providers() {
  return [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/auth/auth_provider'),
  ]
}

function config(database: string) {
  const key = randomBytes(32).toString('hex')
  const cookie = { path: '/', httpOnly: true, secure: false, sameSite: 'lax' as const }
  return {
    app: { appKey: key, http: http.defineConfig({ generateRequestId: true }) },
    bodyparser: bodyparser.defineConfig({}),
    encryption: encryption.defineConfig({
      default: 'gcm',
      list: { gcm: encryption.drivers.aes256gcm({ keys: [key], id: 'gcm' }) },
    }),
    hash: hash.defineConfig({ default: 'scrypt', list: { scrypt: hash.drivers.scrypt({}) } }),
    logger: logger.defineConfig({ default: 'app', loggers: { app: { enabled: false } } }),
    session: session.defineConfig({
      age: '2h',
      cookie,
      store: 'database',
      stores: { database: session.stores.database({ tableName: 'sessions' }) },
    }),
    shield: shield.defineConfig({
      csrf: { enabled: true, methods: ['POST', 'PUT', 'PATCH', 'DELETE'] },
      csp: {
        enabled: true,
        directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'", '@nonce'] },
      },
      xFrame: { enabled: true, action: 'DENY' },
      hsts: { enabled: true, maxAge: '180 days' },
      contentTypeSniffing: { enabled: true },
    }),
    auth: auth.defineConfig({
      default: 'web',
      guards: {
        web: sessionGuard({
          useRememberMeTokens: false,
          provider: sessionUserProvider({ model: async () => ({ default: User }) }),
        }),
      },
    }),
    database: lucid.defineConfig({
      connection: 'sqlite',
      connections: {
        sqlite: {
          client: 'better-sqlite3',
          connection: { filename: database },
          useNullAsDefault: true,
          pool: {
            afterCreate(connection: any, done: (error: null, connection: any) => void) {
              connection.pragma('journal_mode = WAL')
              connection.pragma('synchronous = NORMAL')
              done(null, connection)
            },
          },
        },
      },
    }),
  }
}

async function prepare(app: ApplicationService) {
  const db = await app.container.make('lucid.db')
  await db.rawQuery('CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT)')
  await db.rawQuery(
    'CREATE TABLE sessions (id TEXT PRIMARY KEY, data TEXT, user_id TEXT, expires_at DATETIME)'
  )
  await db.table('users').insert({ id: 1, username: 'bench' })

  const edge = await import('edge.js')
  edge.default.mount('bench', VIEWS)
  const router = await app.container.make('router')
  router.use([
    () => import('@adonisjs/core/bodyparser_middleware'),
    () => import('@adonisjs/session/session_middleware'),
    () => import('@adonisjs/shield/shield_middleware'),
    () => import('@adonisjs/auth/initialize_auth_middleware'),
  ])
  router.get('/sign-in', async ({ auth: guard }) => {
    await guard.use('web').login((await User.findOrFail(1)) as any)
  })
  addTable(router, ({ auth: guard }) => guard.authenticate())
}
