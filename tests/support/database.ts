import { mkdirSync, rmSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import { inTransaction, isSqlite } from '#shared/database'
import { storageDir } from '#shared/operations/places'

/** Drops everything in the test database, migrates it anew and empties this lane's own storage. */
export async function freshDatabase() {
  mkdirSync(app.makePath('tmp'), { recursive: true })
  rmSync(storageDir(), { recursive: true, force: true })
  await db.connection().dropAllTables()
  // Nobody else migrates a database of tests; the lock's name is one for the whole server.
  const runner = new MigrationRunner(db, app, { direction: 'up', disableLocks: true })
  await runner.run()
  if (runner.error) throw runner.error
  tables = await db.connection().getAllTables()
}

/** Of the migrated database. */
let tables: string[] = []
const KEPT = new Set([
  'adonis_schema',
  'adonis_schema_versions',
  'decisions',
  'audit_heads',
  'pay_tax_turns',
])

/** Empties every table (the reference rows of the migrations stay), for tests that see real commits. */
export async function emptyDatabase() {
  const filled = (await filledTables()).filter((name) => !KEPT.has(name))
  if (isSqlite()) await db.rawQuery('PRAGMA foreign_keys = OFF')
  await inTransaction(async (trx) => {
    if (!isSqlite()) await trx.rawQuery('SET FOREIGN_KEY_CHECKS = 0')
    for (const table of filled) await trx.from(table).delete()
    await trx.from('decisions').whereNot('kind', 'missing').delete()
    await trx.from('decisions').update({
      state: 'open',
      value: null,
      reason: null,
      document_id: null,
      effective_on: null,
      replaced_by: null,
      proposed_by: null,
      decided_by: null,
      version: 1,
    })
    await trx.from('audit_heads').update({ sequence: 0, hash: '0'.repeat(64) })
    if (!isSqlite()) await trx.rawQuery('SET FOREIGN_KEY_CHECKS = 1')
  })
  if (isSqlite()) await db.rawQuery('PRAGMA foreign_keys = ON')
}

/** Most tables are empty after most tests: one question is quicker than emptying all. */
async function filledTables(): Promise<string[]> {
  const isFilled = tables.map((name) => db.raw(`exists (select 1 from ${name}) as ${name}`))
  const [row] = await db.query().select(isFilled)
  return tables.filter((name) => Number(row[name]))
}
