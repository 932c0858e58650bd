import { mkdtempSync, rmSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import Database from 'better-sqlite3'
import { ace } from '../../functional/operations/places.js'
import { acknowledgedIn, endChildren, KILLS, startChild, until } from './harness.js'
import { tinyDisk, whyNoTinyDisk } from './tiny_disk.js'

const noDisk = whyNoTinyDisk()

test.group('SQLite', (group) => {
  let folder: string
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronghe-faults-'))
  })
  group.each.teardown(async () => {
    await endChildren()
    rmSync(folder, { recursive: true, force: true })
  })

  async function migrated(file: string) {
    const variables = { DB_CONNECTION: 'sqlite', DB_FILE: file }
    const { code, output } = await ace(['migration:run', '--force', '--disable-locks'], variables)
    if (code !== 0) throw new Error(output)
    return variables
  }

  function contents(file: string) {
    const database = new Database(file)
    const all = (sql: string) => database.prepare(sql).all() as any[]
    const found = {
      integrity: database.pragma('integrity_check', { simple: true }),
      rows: all('SELECT name FROM settings ORDER BY name').map(({ name }) => name),
      events: all("SELECT changes FROM audit_events WHERE action = 'operations.fault.written'")
        .map(({ changes }) => JSON.parse(changes).key)
        .sort(),
      keys: all('SELECT id FROM idempotency_keys')
        .map(({ id }) => id.split(':').at(-1))
        .sort(),
    }
    database.close()
    return found
  }

  test('the writing process killed: every acknowledged write is there, none is half', async ({
    assert,
  }) => {
    const file = join(folder, 'killed.sqlite3')
    const log = join(folder, 'acknowledged')
    const variables = await migrated(file)
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledgedIn(log).length
      const writer = startChild('writer.ts', [log, 'try-again', '2'], variables)
      await writer.message((message) => message === 'writing')
      await until(() => acknowledgedIn(log).length > before + 10)
      await sleep(randomInt(100))
      writer.process.kill('SIGKILL')
      const { signal } = await writer.exited
      assert.equal(signal, 'SIGKILL')
    }
    const { integrity, rows, events, keys } = contents(file)
    assert.equal(integrity, 'ok')
    assert.deepEqual(events, rows)
    assert.deepEqual(keys, rows)
    const there = new Set(rows)
    assert.deepEqual(
      acknowledgedIn(log).filter((key) => !there.has(key)),
      []
    )
    assert.isAbove(rows.length, KILLS * 10)
  })

  test('the disk full: the write is refused by name, nothing is half, and it goes on with room', async ({
    assert,
  }) => {
    const disk = tinyDisk(16)
    try {
      const file = join(disk.folder, 'full.sqlite3')
      const log = join(folder, 'acknowledged')
      const variables = await migrated(file)
      disk.leave(0.25)
      const writer = startChild('writer.ts', [log, 'give-up', '1'], variables)
      const { code } = await writer.exited
      assert.equal(code, 3, writer.output())
      assert.deepEqual(acknowledgedIn(`${log}.errors`), ['SQLITE_FULL'])
      disk.empty()

      const full = contents(file)
      assert.equal(full.integrity, 'ok')
      assert.deepEqual(full.rows, acknowledgedIn(log).sort())
      assert.deepEqual(full.events, full.rows)
      assert.deepEqual(full.keys, full.rows)

      const again = startChild('writer.ts', [log, 'give-up', '1', '5'], variables)
      const ended = await again.exited
      assert.equal(ended.code, 0, again.output())
      assert.deepEqual(contents(file).rows, acknowledgedIn(log).sort())
      assert.lengthOf(acknowledgedIn(log), full.rows.length + 5)
    } finally {
      await endChildren()
      disk.remove()
    }
  }).skip(Boolean(noDisk), noDisk ?? '')
})
