import { mkdtempSync, rmSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { acknowledgedIn, endChildren, KILLS, startChild, startServer, until } from './harness.js'
import { ownMariadb, whyNoMariadb } from './own_mariadb.js'

const missing = whyNoMariadb()

/** As in production: sessions lie in the database too. */
const STORED = { SESSION_DRIVER: 'database' }

/** A browser with its cookie: after the first answer each request reads its session first. */
function visitor(url: string) {
  let cookie = ''
  return async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { accept: 'text/html', cookie } })
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return { status: answer.status, text: await answer.text() }
  }
}

/** The answer's text alone. */
async function textOf(answer: Promise<{ text: string }>) {
  const { text } = await answer
  return text
}

/** The answer's status alone. */
async function statusOf(answer: Promise<{ status: number }>) {
  const { status } = await answer
  return status
}

test.group('MariaDB', (group) => {
  let mariadb: Awaited<ReturnType<typeof ownMariadb>>
  let folder: string
  group.setup(async () => {
    if (missing) return
    folder = mkdtempSync(join(tmpdir(), 'ronghe-faults-'))
    mariadb = await ownMariadb()
  })
  group.each.teardown(() => endChildren())
  group.teardown(async () => {
    if (missing) return
    await mariadb.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test('killed under writers: every acknowledged write is there, once, with its event', async ({
    assert,
  }) => {
    const file = join(folder, 'acknowledged')
    const writer = startChild('writer.ts', [file, 'try-again', '8'], mariadb.connection)
    await writer.message((message) => message === 'writing')
    for (let kill = 0; kill < KILLS; kill++) {
      const before = acknowledgedIn(file).length
      await until(() => acknowledgedIn(file).length > before + 20)
      await sleep(randomInt(200))
      mariadb.signal('SIGKILL')
      await mariadb.start()
    }
    writer.process.send('stop')
    const { code } = await writer.exited
    assert.equal(code, 0, writer.output())
    // Otherwise the kills met no write and the test has shown nothing.
    assert.isNotEmpty(acknowledgedIn(`${file}.errors`))

    const acknowledged = acknowledgedIn(file).sort()
    const written = await mariadb.rows('SELECT name FROM settings ORDER BY name')
    assert.deepEqual(
      written.map(({ name }) => name),
      acknowledged
    )
    const events = await mariadb.rows(
      "SELECT changes FROM audit_events WHERE action = 'operations.fault.written'"
    )
    assert.deepEqual(events.map(({ changes }) => JSON.parse(changes).key).sort(), acknowledged)
  }).skip(Boolean(missing), missing ?? '')

  test('frozen: requests end with a message, and work goes on when it is back', async ({
    assert,
  }) => {
    const server = await startServer({ ...mariadb.connection, ...STORED, DB_TIMEOUT_SECONDS: '2' })
    const get = visitor(server.url)
    assert.equal(await textOf(get('/faults/database')), 'answered')

    mariadb.signal('SIGSTOP')
    try {
      const read = await get('/faults/database')
      assert.equal(read.status, 503)
      assert.include(read.text, '数据库暂时不可用')
      const wrote = await get('/faults/write?key=while-frozen')
      assert.equal(wrote.status, 503)
      assert.include(wrote.text, '数据库暂时不可用')
      const ready = await get('/health/ready')
      assert.equal(ready.status, 503)
      assert.equal(JSON.parse(ready.text).checks.database.status, 'error')
      assert.equal(await statusOf(get('/health/live')), 200)
    } finally {
      mariadb.signal('SIGCONT')
    }
    await until(async () => (await statusOf(get('/health/ready'))) === 200)
    assert.equal(await textOf(get('/faults/write?key=while-frozen')), 'written')
    assert.equal(await textOf(get('/faults/write?key=while-frozen')), 'written')
    const rows = await mariadb.rows("SELECT id FROM settings WHERE name = 'while-frozen'")
    assert.lengthOf(rows, 1)
  }).skip(Boolean(missing), missing ?? '')

  test('gone: requests end with a message, and work goes on when it is back', async ({
    assert,
  }) => {
    const server = await startServer({ ...mariadb.connection, ...STORED })
    const get = visitor(server.url)
    assert.equal(await textOf(get('/faults/database')), 'answered')
    mariadb.signal('SIGKILL')
    try {
      await until(async () => (await statusOf(get('/health/ready'))) === 503)
      const answer = await get('/faults/database')
      assert.equal(answer.status, 503)
      assert.include(answer.text, '数据库暂时不可用')
    } finally {
      await mariadb.start()
    }
    await until(async () => (await textOf(get('/faults/database'))) === 'answered')
  }).skip(Boolean(missing), missing ?? '')
})
