import { resolve } from 'node:path'
import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { keepStatements } from '#shared/operations/kept_statements'
import { limitQueries } from '#shared/operations/query_limit'

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/** Bound values stay out of error messages; the option is knex's own and unknown to Lucid's types. */
const quiet = { compileSqlOnError: false } as {}

/** A frozen database ends a request after this; commands (migrations, backup) may take long. */
const answerWithinMs =
  1000 * Number(process.env.DB_TIMEOUT_SECONDS ?? (app.getEnvironment() === 'console' ? 600 : 30))

/** One way of thinking for both databases; why each setting: docs/architecture.md, "Traps already found". */
export default defineConfig({
  connection: env.get('DB_CONNECTION', 'sqlite'),
  prettyPrintDebugQueries: false,
  connections: {
    sqlite: {
      client: 'better-sqlite3',
      ...quiet,
      connection: {
        filename: resolve(app.makePath(), env.get('DB_FILE', 'storage/ronghe.sqlite3')),
      },
      useNullAsDefault: true,
      debug: false,
      pool: {
        min: 1,
        max: 1,
        acquireTimeoutMillis: 10_000,
        afterCreate: (connection: any, done: (error: Error | null, connection: any) => void) => {
          connection.pragma('journal_mode = WAL')
          connection.pragma('synchronous = NORMAL')
          connection.pragma('busy_timeout = 5000')
          connection.pragma('foreign_keys = ON')
          // 64 MB: the indexes that an import or a pay run fills stay in memory until its commit
          connection.pragma('cache_size = -64000')
          // every 32 MB, not every 4: a checkpoint waits for the disk, and an import came to many
          connection.pragma('wal_autocheckpoint = 8000')
          keepStatements(connection)
          done(null, connection)
        },
      },
      migrations,
      schemaGeneration: { enabled: false },
    },
    mysql: {
      client: 'mysql2',
      ...quiet,
      connection: {
        host: env.get('DB_HOST', '127.0.0.1'),
        port: env.get('DB_PORT', 3306),
        user: env.get('DB_USER', 'ronghe'),
        password: env.get('DB_PASSWORD', ''),
        database: env.get('DB_DATABASE', 'ronghe'),
        dateStrings: true,
        supportBigNumbers: true,
        timezone: 'Z',
        // Lucid's types do not know it; mysql2 does.
        ...({ connectTimeout: 5_000 } as object),
      },
      debug: false,
      pool: {
        min: 0,
        max: 10,
        acquireTimeoutMillis: 10_000,
        afterCreate: (connection: any, done: (error: Error | null, connection: any) => void) => {
          limitQueries(connection, answerWithinMs)
          done(null, connection)
        },
      },
      migrations,
      schemaGeneration: { enabled: false },
    },
  },
})
