import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { DEMO_PASSWORD } from '#accounts/domain/demo'
import { isSqlite } from '#shared/database'
import { signIn } from '../../../bench/http.support.js'
import { endChildren, startServer } from '../../faults/operations/harness.js'
import { ace, ownPlaces } from './places.js'

const ALIKE = 'alike on both databases, where the other tests do it'

/** The city that a first start loads, in a database of its own, looked at by every demo account. */
test.group('The demo city', (group) => {
  let places: ReturnType<typeof ownPlaces>
  let variables: Record<string, string>
  let accounts: string[]

  group.setup(async () => {
    places = ownPlaces()
    const name = `${env.get('DB_DATABASE', 'ronghe_test')}_demo`
    variables = {
      STORAGE_DIR: places.STORAGE_DIR,
      BACKUP_DIR: places.BACKUP_DIR,
      DEMO: 'true',
      DB_FILE: join(places.root, 'demo.sqlite3'),
      DB_DATABASE: name,
      SESSION_DRIVER: 'database',
    }
    if (!isSqlite()) {
      await db.rawQuery(`drop database if exists ${name}`)
      await db.rawQuery(`create database ${name}`)
    }
  })
  group.teardown(async () => {
    await endChildren()
    if (!isSqlite()) await db.rawQuery(`drop database if exists ${variables.DB_DATABASE}`)
    places.remove()
  })

  test('loads at the first start', async ({ assert }) => {
    const first = await ace(['app:prepare'], variables)
    assert.equal(first.code, 0, first.output)
    accounts = [...first.output.matchAll(/ {2,}([a-z]+\d?) {2,}\w+.*\(/g)].map(([, name]) => name)
    assert.isAbove(accounts.length, 25)
  }).timeout(900_000)

  test('a second start loads nothing; every check passes', async ({ assert }) => {
    const second = await ace(['app:prepare'], variables)
    assert.equal(second.code, 0, second.output)
    assert.notInclude(second.output, 'loading')
    for (const command of ['db:check', 'audit:verify']) {
      const checked = await ace([command], variables)
      assert.equal(checked.code, 0, `${command}: ${checked.output}`)
    }
  })
    .timeout(300_000)
    .skip(!isSqlite(), ALIKE)

  test('every account has work that waits, and the pages it is led to open', async ({ assert }) => {
    const { url } = await startServer(variables)
    const failed: string[] = []
    for (const [index, username] of accounts.entries()) {
      const cookie = await signIn(url, username, {
        address: `10.0.0.${index + 1}`,
        password: DEMO_PASSWORD,
      })
      const open = async (path: string) => {
        const answer = await fetch(url + path, { headers: { cookie } })
        if (answer.status !== 200) failed.push(`${username} ${path}: ${answer.status}`)
        return answer.text()
      }
      for (const path of pathsOf(await open('/'))) await open(path)
      const inbox = await open('/inbox')
      if (!inbox.includes('class="inbox-list"')) failed.push(`${username}: nothing waits`)
    }
    assert.deepEqual(failed, [])
  })
    .timeout(180_000)
    .skip(!isSqlite(), ALIKE)
})

/** Where the navigation and the cards of a page lead. */
function pathsOf(html: string): string[] {
  const found = [...html.matchAll(/<a [^>]*href=['"](\/[^'"#]*)['"]/g)].map((m) => m[1])
  return [...new Set(found)].filter((path) => !/\.(pdf|xlsx|csv|zip|json)|sign-out/.test(path))
}
