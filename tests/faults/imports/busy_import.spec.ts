import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { checkImport } from '#imports/actions/check_import'
import { confirmFile } from '#imports/actions/run_import'
import { importById } from '#imports/queries/import_row'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser } from '#tests/support/givens'
import { writeRoster } from '../../functional/imports/generated_roster.js'

const PEOPLE = 20_000
const EVERY_MS = 100
/** A page that waits longer than this waits for the import, not for its turn. */
const LONGEST_MS = 5_000

test.group('A large import while others work', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    return () => clock.release()
  })

  test('pages are served during its dry run and its commit', async ({ client, assert }) => {
    const user = await givenUser({ role: 'hr_officer' })
    const actor = Actor.system('tests')
    const unit = String(await givenUnit({ name: '报社' }))
    const folder = await mkdtemp(join(tmpdir(), 'busy-'))
    const path = join(folder, 'roster.xlsx')
    await writeRoster(path, '报社人员花名册(截至2022年1月10日)', PEOPLE)
    const file = { definition: 'roster', path, fileName: 'roster.xlsx', answers: { unit } }
    const id = await confirmFile({ ...file, actor, confirm: true })
    await rm(folder, { recursive: true })

    const loads: Promise<{ status: number; ms: number }>[] = []
    const load = async () => {
      const started = performance.now()
      const response = await client.get('/imports').loginAs(user)
      return { status: response.status(), ms: performance.now() - started }
    }
    await load()
    const timer = setInterval(() => loads.push(load()), EVERY_MS)
    try {
      await checkImport(id)
      const { version } = await importById(id)
      await commitImport({ id, version, confirmed: true, queue: false }, actor)
      await writeImport(id, actor)
    } finally {
      clearInterval(timer)
    }
    const done = await Promise.all(loads)
    assert.equal((await importById(id)).state, 'committed')
    assert.lengthOf(await db.from('assignments').select('id'), PEOPLE)
    assert.isAbove(done.length, 10)
    assert.deepEqual([...new Set(done.map(({ status }) => status))], [200])
    assert.isBelow(Math.max(...done.map(({ ms }) => ms)), LONGEST_MS)
  }).timeout(300_000)
})
