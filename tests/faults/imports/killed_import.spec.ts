import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { isSqlite } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { checkImport } from '#imports/actions/check_import'
import { commitImport, writeImport } from '#imports/actions/commit_import'
import { confirmImport } from '#imports/actions/confirm_import'
import { uploadImport } from '#imports/actions/upload_import'
import { importById } from '#imports/queries/import_row'
import { emptyDatabase } from '#tests/support/database'
import { writeRoster } from '../../functional/imports/generated_roster.js'
import { givenUnitWithSeats } from '../../functional/imports/samples.js'
import { Aim, killed, KILLS, said, TIMEOUT } from '../kills.js'

const PEOPLE = 2_000
const CHILD = fileURLToPath(new URL('import_child.ts', import.meta.url))
const actor = Actor.system('tests')

test.group('The process is killed in the middle of an import', (group) => {
  group.each.setup(async () => {
    await emptyDatabase()
    clock.freeze('2022-01-10')
    return () => clock.release()
  })

  test(`${KILLS} kills of the dry run: it runs again to the same end`, async ({ assert }) => {
    const id = await uploaded()
    const aim = await Aim.at(start('check', id, 'run'))
    await confirmed(id)
    while (aim.hits < KILLS) {
      const child = start('check', id, 'run')
      await said(child, 'begin')
      await aim.wait()
      await killed(child)
      if ((await importById(id)).state === 'checking') aim.hits++
      else await confirmed(id)
    }
    await checkImport(id)
    const { state, totals } = await importById(id)
    assert.equal(state, 'checked')
    assert.deepEqual([totals!.rows, totals!.create], [PEOPLE, PEOPLE])
    const text = isSqlite() ? db.raw('json(content) as content') : 'content'
    const pieces = await db.from('import_pieces').where('import_id', id).select(text)
    assert.lengthOf(
      pieces.flatMap(({ content }) => JSON.parse(content)),
      PEOPLE
    )
    assert.lengthOf(await db.from('persons'), 0)
  }).timeout(TIMEOUT)

  test(`${KILLS} kills of the commit: nothing half done, nothing doubled`, async ({ assert }) => {
    const aim = await Aim.at(start('commit', await committing(), 'run'))
    await emptyDatabase()
    let id = await committing()
    while (aim.hits < KILLS) {
      // The first dies between the last write and COMMIT, the others anywhere in the work.
      const first = aim.hits === 0
      const child = start('commit', id, first ? 'inside' : 'run')
      await said(child, first ? 'inside' : 'begin')
      if (!first) await aim.wait()
      await killed(child)
      const state = await wholeOrNothing(id, assert)
      if (first) assert.equal(state, 'committing')
      if (state === 'committing') aim.hits++
      else {
        await emptyDatabase()
        id = await committing()
      }
    }
    await writeImport(id, actor)
    assert.equal(await wholeOrNothing(id, assert), 'committed')
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  }).timeout(TIMEOUT)
})

/** State, people, assignments, effects and the audit tell the same. */
async function wholeOrNothing(id: number, assert: any): Promise<string> {
  const { state } = await importById(id)
  const done = state === 'committed'
  for (const table of ['persons', 'assignments']) {
    assert.lengthOf(await db.from(table), done ? PEOPLE : 0, table)
  }
  const effects = await db.from('import_effects').where('subject_type', 'person')
  assert.lengthOf(effects, done ? PEOPLE : 0)
  const events = await db.from('audit_events').where('action', 'imports.import.committed')
  assert.lengthOf(events, done ? 1 : 0)
  return state
}

/** A generated roster, uploaded and confirmed, waiting for its dry run. */
async function uploaded(): Promise<number> {
  const unit = await givenUnitWithSeats('报社', { management: 1, professional: 1, support: 1 })
  const folder = await mkdtemp(join(tmpdir(), 'killed-'))
  const path = join(folder, 'roster.xlsx')
  await writeRoster(path, '报社人员花名册(截至2022年1月10日)', PEOPLE)
  const id = await uploadImport({ definition: 'roster', path, fileName: 'roster.xlsx' }, actor)
  await rm(folder, { recursive: true })
  await confirmed(id, String(unit))
  return id
}

/** Confirmed, for the first time or again: the dry run is open. */
async function confirmed(id: number, unit?: string) {
  const { version, facts } = await importById(id)
  const answers = { unit: unit ?? facts.answers.unit }
  await confirmImport({ id, version, asOf: '2022-01-10', answers, queue: false }, actor)
}

/** One whose commit is open. */
async function committing(): Promise<number> {
  const id = await uploaded()
  await checkImport(id)
  const { version } = await importById(id)
  await commitImport({ id, version, confirmed: true, queue: false }, actor)
  return id
}

function start(verb: 'check' | 'commit', id: number, where: 'inside' | 'run'): ChildProcess {
  const args = ['--import', '@poppinss/ts-exec', CHILD, verb, String(id), where]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}
