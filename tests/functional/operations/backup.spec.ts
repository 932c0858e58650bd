import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import { digest, seal } from '#shared/crypto'
import Database from 'better-sqlite3'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { bulkInsert, inTransaction, isSqlite } from '#shared/database'
import { filesBelow } from '#shared/operations/files'
import { MANIFEST, type Manifest } from '#shared/operations/manifest'
import {
  mysqlColumns,
  mysqlTables,
  openMysql,
  quoted,
  rowsFrom,
} from '#shared/operations/mysql_session'
import { emptyDatabase } from '#tests/support/database'
import { givenAssignment, givenPerson, givenUnit, givenUser } from '#tests/support/givens'
import Backup from '../../../commands/backup.js'
import Restore from '../../../commands/restore.js'
import { ace, here, ownPlaces } from './places.js'

const HOSTILE = `"quotes" '单引号' \\ 𬭎😀 \n\t\u2028 ＝1+1`

test.group('Backup and restore drill', (group) => {
  let places: ReturnType<typeof ownPlaces>
  group.each.setup(async () => {
    places = ownPlaces()
    await emptyDatabase()
    await givenData()
  })
  group.each.teardown(() => places.remove())

  async function givenData() {
    const unitId = await givenUnit({ name: HOSTILE })
    const identity = '519900198804286096'
    const personId = await givenPerson({
      identity_sealed: seal(identity, 'identity'),
      identity_digest: digest(identity, 'identity'),
    })
    await givenAssignment(personId, unitId)
    await givenUser({ role: 'hr_officer' })
    await inTransaction(async (trx) => {
      const rows = Array.from({ length: 3_000 }, (_, number) => ({
        name: `fault-${number}`,
        valid_from: '2026-01-01',
        value: number % 7 === 0 ? HOSTILE : String(number),
        version: 1,
        created_at: '2026-01-01 00:00:00.123',
      }))
      await bulkInsert(trx, 'settings', rows)
      await trx.table('sessions').insert({ id: 's', data: '{}', expires_at: '2036-01-01 00:00:00' })
      for (let number = 0; number < 5; number++) await event(trx, number)
    })
    stored('imports/2026-01/one', 'sealed text')
    stored('imports-open/plain', 'identity number in plain')
  }

  const event = (trx: any, number: number) =>
    record(trx, Actor.system('test'), {
      action: 'operations.test.done',
      subjectType: 'test',
      subjectId: number,
    })

  function stored(path: string, text: string) {
    mkdirSync(dirname(join(places.STORAGE_DIR, path)), { recursive: true })
    writeFileSync(join(places.STORAGE_DIR, path), text)
  }

  async function backup(): Promise<{ folder: string; manifest: Manifest }> {
    const { code, output } = await here(Backup)
    if (code !== 0) throw new Error(output)
    const [name, ...others] = readdirSync(places.BACKUP_DIR)
    if (others.length > 0) throw new Error(`left behind: ${others}`)
    const folder = join(places.BACKUP_DIR, name)
    return { folder, manifest: JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) }
  }

  /** Another empty database and storage, as variables of the restoring process. */
  async function elsewhere(): Promise<Record<string, string>> {
    const STORAGE_DIR = join(places.root, 'restored')
    if (isSqlite()) return { STORAGE_DIR, DB_FILE: join(places.root, 'restored.sqlite3') }
    const name = `${env.get('DB_DATABASE')}_restore`
    await db.rawQuery(`DROP DATABASE IF EXISTS ${quoted(name)}`)
    await db.rawQuery(`CREATE DATABASE ${quoted(name)}`)
    return { STORAGE_DIR, DB_DATABASE: name }
  }

  test('a restored backup has the same rows, sums and chain, and is not restored over', async ({
    assert,
  }) => {
    const { folder, manifest } = await backup()
    assert.equal(manifest.tables.settings, 3_000)
    assert.equal(manifest.tables.sessions, 0)
    assert.equal(manifest.audit.sequence, 5)

    const target = await elsewhere()
    const tried = await ace(['restore', folder], target)
    assert.equal(tried.code, 0, tried.output)
    assert.include(tried.output, 'nothing was written')
    const restored = await ace(['restore', folder, '--force'], target)
    assert.equal(restored.code, 0, restored.output)
    assert.include(restored.output, 'the audit chain holds')

    await db.from('sessions').delete()
    assert.deepEqual(await contentsOf(target), await contentsOf({}))
    assert.deepEqual(await filesBelow(target.STORAGE_DIR), ['imports/2026-01/one'])

    const again = await ace(['restore', folder, '--force'], target)
    assert.equal(again.code, 1)
    assert.include(again.output, 'The database is in use')
  })

  test('a backup made while others write is one moment of the database', async ({ assert }) => {
    let running = true
    let written = 0
    const writer = (async () => {
      while (running) {
        await inTransaction(async (trx) => {
          const row = { name: `live-${written}`, valid_from: '2026-01-01', value: '1', version: 1 }
          await trx.table('settings').insert({ ...row, created_at: '2026-01-01 00:00:00.000' })
          await event(trx, 100 + written)
        })
        written++
        await new Promise((resolve) => setImmediate(resolve))
      }
    })()
    const { folder, manifest } = await backup().finally(() => (running = false))
    await writer
    assert.isAbove(written, 0)
    // Each of these rows came with its event in one transaction: a torn copy would show here.
    assert.equal(manifest.tables.settings - 3_000, manifest.tables.audit_events - 5)
    const restored = await ace(['restore', folder, '--force'], await elsewhere())
    assert.equal(restored.code, 0, restored.output)
  })

  test('neither key is in a backup, nor an upload that a reader has open in plain', async ({
    assert,
  }) => {
    const { folder } = await backup()
    const names = await filesBelow(folder)
    assert.include(names, 'storage/imports/2026-01/one')
    assert.isEmpty(names.filter((name) => name.includes('imports-open') || name.includes('.env')))
    for (const name of names) {
      const bytes = readFileSync(join(folder, name))
      for (const key of ['APP_KEY', 'DATA_KEY'] as const) {
        assert.equal(bytes.indexOf(env.get(key).release()), -1, `${key} in ${name}`)
      }
      assert.equal(bytes.indexOf('identity number in plain'), -1, name)
    }
  })

  test('a damaged, shortened or forged backup and a wrong key are refused by name', async ({
    assert,
  }) => {
    const { folder, manifest } = await backup()
    const target = await elsewhere()
    const refused = async (reason: string) => {
      const { code, output } = await here(Restore, [folder, '--force'])
      assert.equal(code, 1, output)
      assert.include(output, reason)
    }
    const DATA_KEY = 'another-key-that-protects-nothing'
    const wrong = await ace(['restore', folder, '--force'], { ...target, DATA_KEY })
    assert.equal(wrong.code, 1, wrong.output)
    assert.include(wrong.output, 'DATA_KEY is not the one')

    const victim = join(folder, 'storage/imports/2026-01/one')
    writeFileSync(victim, 'sealed texT')
    await refused('storage/imports/2026-01/one is not what was written')
    writeFileSync(victim, 'sealed text')

    const forged = { ...manifest, audit: { ...manifest.audit, sequence: 4 } }
    writeFileSync(join(folder, MANIFEST), JSON.stringify(forged))
    await refused('was changed after it was made')
    writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest).slice(0, -20))
    await refused('is not JSON')
    assert.lengthOf(await filesBelow(target.STORAGE_DIR), 0)
  })

  test('a folder that cannot take a backup is named and nothing is left there', async ({
    assert,
  }) => {
    writeFileSync(join(places.root, 'file'), '')
    const blocked = await here(Backup, [`--to=${join(places.root, 'file')}`])
    assert.equal(blocked.code, 1)
    assert.include(blocked.output, 'no backup was made')
    const inside = await here(Backup, [`--to=${places.STORAGE_DIR}`])
    assert.equal(inside.code, 1)
    assert.include(inside.output, 'STORAGE_DIR')
    const names = await filesBelow(places.STORAGE_DIR)
    assert.notMatch(names.join('\n'), /manifest/)
  })
})

/** Every row of every table, of this database or of the restored one. */
async function contentsOf(target: Record<string, string>): Promise<Record<string, any[]>> {
  return isSqlite() ? sqliteContents(target.DB_FILE) : mysqlContents(target.DB_DATABASE)
}

function sqliteContents(file = env.get('DB_FILE')!): Record<string, any[]> {
  const database = new Database(file, { readonly: true })
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all() as any[]
  const contents = tables
    .map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}" ORDER BY 1`).all()])
    .sort()
  database.close()
  return Object.fromEntries(contents)
}

async function mysqlContents(name = env.get('DB_DATABASE')!): Promise<Record<string, any[]>> {
  const session = await openMysql()
  await session.query(`USE ${quoted(name)}`)
  const contents: Record<string, any[]> = {}
  for (const table of await mysqlTables(session)) {
    const columns = await mysqlColumns(session, table)
    const list = columns.map(quoted).join(', ')
    contents[table] = await rowsFrom(session, `SELECT ${list} FROM ${quoted(table)} ORDER BY 1`)
  }
  session.destroy()
  return contents
}
