import { mkdirSync, rmSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { isSqlite } from '#shared/database'

/** Drops everything in the test database and migrates it anew. */
export async function freshDatabase() {
  mkdirSync(app.makePath('tmp'), { recursive: true })
  rmSync(app.makePath('tmp/storage'), { recursive: true, force: true })
  await db.connection().dropAllTables()
  const runner = new MigrationRunner(db, app, { direction: 'up', disableLocks: isSqlite() })
  await runner.run()
  if (runner.error) throw runner.error
}

const KEPT = new Set(['adonis_schema', 'adonis_schema_versions', 'decisions', 'audit_heads'])

/** Empties every table (the reference rows of the migrations stay), for tests that see real commits. */
export async function emptyDatabase() {
  const tables = (await db.connection().getAllTables()).filter((name) => !KEPT.has(name))
  await withoutForeignKeys(async () => {
    for (const table of tables) await db.from(table).delete()
    await db.from('decisions').whereNot('kind', 'missing').delete()
    await db.from('decisions').update({ state: 'open', value: null, document_id: null, version: 1 })
    await db.from('audit_heads').update({ sequence: 0, hash: '0'.repeat(64) })
  })
}

async function withoutForeignKeys(work: () => Promise<void>) {
  if (isSqlite()) {
    await db.rawQuery('PRAGMA foreign_keys = OFF')
    await work()
    await db.rawQuery('PRAGMA foreign_keys = ON')
    return
  }
  const trx = await db.connection().getWriteClient()
  await trx.raw('SET FOREIGN_KEY_CHECKS = 0')
  const connection = db.connection()
  await connection.rawQuery('SET GLOBAL FOREIGN_KEY_CHECKS = 0').catch(() => {})
  await work()
  await connection.rawQuery('SET GLOBAL FOREIGN_KEY_CHECKS = 1').catch(() => {})
}
