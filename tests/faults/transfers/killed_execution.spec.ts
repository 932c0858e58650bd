import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction } from '#shared/database'
import { dbChecksPort } from '#shared/ports/db_checks'
import { executeBatch } from '#transfers/actions/execute_batch'
import { batchById } from '#transfers/queries/batches'
import { emptyDatabase } from '#tests/support/database'
import {
  checkAndSubmit,
  EFFECTIVE,
  givenBatch,
  givenCity,
  givenLines,
  givenPeopleOfOffice,
  givenSeats,
  peopleOf,
  signAll,
  TODAY,
  type City,
} from '../../functional/transfers/givens.js'
import { Aim, killed, KILLS, said, TIMEOUT } from '../kills.js'

const PEOPLE = 300
const VACANT = 20
const CHILD = fileURLToPath(new URL('execute_child.ts', import.meta.url))

test.group('The process is killed while it executes a batch', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test(`${KILLS} kills: nothing half done, nothing doubled, right after the next try`, async ({
    assert,
  }) => {
    const aim = await Aim.at(execute((await scheduled()).batchId, 'run'))
    await emptyDatabase()
    let { batchId, city } = await scheduled()
    while (aim.hits < KILLS) {
      // The first dies between the last write and COMMIT, the others anywhere in the work.
      const first = aim.hits === 0
      const child = execute(batchId, first ? 'inside' : 'run')
      await said(child, first ? 'inside' : 'begin')
      if (!first) await aim.wait()
      await killed(child)
      const state = await stateOf(batchId, city, assert)
      assert.include(first ? ['scheduled'] : ['scheduled', 'executed'], state)
      if (state === 'scheduled') aim.hits++
      else {
        await emptyDatabase()
        ;({ batchId, city } = await scheduled())
      }
    }

    clock.freeze(EFFECTIVE)
    await executeBatch({ batchId }, Actor.system())
    assert.equal(await stateOf(batchId, city, assert), 'executed')
    const findings = (await dbChecksPort.run()).flatMap((check) => check.findings)
    assert.deepEqual(findings, [])
  }).timeout(TIMEOUT)
})

/** A batch of many people, signed by all, that waits for its day. */
async function scheduled(): Promise<{ batchId: number; city: City }> {
  const city = await givenCity()
  await givenManyStaff(city)
  const office = await givenPeopleOfOffice()
  const batchId = await givenBatch(office.officer)
  await givenLines(batchId, city, office.officer)
  await checkAndSubmit(batchId, office.officer)
  await signAll(batchId, office)
  return { batchId, city }
}

/** All of it or nothing of it: batch, people, seats, claims and certificate tell the same. */
async function stateOf(batchId: number, city: City, assert: any): Promise<string> {
  const { state } = await batchById(batchId)
  const done = state === 'executed'
  assert.lengthOf(await peopleOf(city.centre), done ? PEOPLE : 0)
  assert.lengthOf(await peopleOf(city.tv), done ? 0 : PEOPLE)
  assert.lengthOf(await db.from('certificates'), done ? 1 : 0)
  assert.lengthOf(await db.from('transfer_claims'), done ? 0 : PEOPLE)
  const seats = await db
    .from('quota_accounts')
    .where({ unit_id: done ? city.centre : city.tv, kind: 'filled' })
    .sum('balance as seats')
  assert.equal(Number(seats[0].seats), PEOPLE)
  return state
}

async function givenManyStaff(city: City) {
  const stamps = { version: 1, created_at: clock.now() }
  await inTransaction(async (trx) => {
    const numbers = Array.from({ length: PEOPLE }, (_, index) => index)
    await bulkInsert(
      trx,
      'persons',
      numbers.map((number) => ({
        name: `职工${number}`,
        name_pinyin: 'zhi gong',
        name_initials: 'zg',
        ...stamps,
      }))
    )
    const persons = await trx.from('persons').where('name_pinyin', 'zhi gong').select('id')
    await bulkInsert(
      trx,
      'assignments',
      persons.map(({ id }) => ({
        person_id: Number(id),
        kind: 'main',
        unit_id: city.tv,
        post_id: city.editor,
        employment_type: 'establishment',
        funding_type: 'full',
        quota_category: 'professional',
        grade: 'professional_10',
        valid_from: '2016-01-01',
        source: 'test',
        recorded_at: clock.now(),
      }))
    )
  })
  await givenSeats(city.tv, PEOPLE, { account: 'filled' })
  await givenSeats(city.tv, VACANT)
}

function execute(batchId: number, where: 'inside' | 'run'): ChildProcess {
  const args = ['--import', '@poppinss/ts-exec', CHILD, String(batchId), EFFECTIVE, where]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}
