import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { advanceRound } from '#selection/actions/advance'
import { resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import { clock } from '#shared/clock'
import { dbChecksPort } from '#shared/ports/db_checks'
import { emptyDatabase } from '#tests/support/database'
import {
  choose,
  givenSealedRound,
  scoreAll,
  type SealedRound,
} from '../../functional/selection/givens.js'
import { KILLS, TIMEOUT } from '../kills.js'

const CHILD = fileURLToPath(new URL('advance_child.ts', import.meta.url))
const PEOPLE = 8
const LISTS = 3

test.group('The process is killed while a round moves on', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  test('preferences close and the seed is drawn: each once and whole, right after the next try', async ({
    assert,
  }) => {
    const date = '2022-02-26'
    const rehearsal = await advance(await givenChosen(), date, 0)
    assert.lengthOf(rehearsal.commits, 2, 'close_preferences, draw_seed')
    for (const stop of momentsOf(rehearsal)) {
      const round = await again(givenChosen)
      assert.isTrue((await advance(round, date, stop)).killed)
      const before = await roundById(round.roundId)
      const closed = before.state === 'ranking'
      assert.equal(before.listHash !== null, closed)
      assert.isNull(before.seed, 'its transaction is the last one')
      assert.deepEqual(await told(), closed ? { close_preferences: 1 } : {})

      clock.freeze(date)
      await advanceRound(round.roundId)
      const after = await roundById(round.roundId)
      assert.equal(after.state, 'ranking')
      if (closed) assert.equal(after.listHash, before.listHash)
      assert.isNotNull(after.seed)
      assert.deepEqual(await told(), { close_preferences: 1, seed_drawn: 1 })
      assert.deepEqual(await findings(), [])
    }
  }).timeout(TIMEOUT)

  test('ranking closes and the round is solved: once, whole, and to the same result', async ({
    assert,
  }) => {
    const date = '2022-03-05'
    const undisturbed = await givenScored()
    const rehearsal = await advance(undisturbed, date, 0)
    assert.lengthOf(rehearsal.commits, 2, 'close_ranking, match')
    const expected = await placesOf(undisturbed)
    assert.lengthOf(
      expected.filter((place) => place !== null),
      6
    )
    for (const stop of momentsOf(rehearsal)) {
      const round = await again(givenScored)
      assert.isTrue((await advance(round, date, stop)).killed)
      const { state, matchingId } = await roundById(round.roundId)
      const closed = state === 'matching'
      assert.isNull(matchingId, 'its transaction is the last one')
      assert.deepEqual(await counts(), {
        selection_rankings: closed ? PEOPLE * LISTS : 0,
        selection_matchings: 0,
        selection_results: 0,
        certificates: 0,
      })

      clock.freeze(date)
      await advanceRound(round.roundId)
      assert.deepEqual(await placesOf(round), expected)
      assert.deepEqual(await counts(), {
        selection_rankings: PEOPLE * LISTS,
        selection_matchings: 1,
        selection_results: PEOPLE,
        certificates: 1,
      })
      assert.containsSubset(await told(), { close_ranking: 1 })
      assert.deepEqual(await findings(), [])
    }
  }).timeout(TIMEOUT)
})

async function again(given: () => Promise<SealedRound>) {
  await emptyDatabase()
  clock.freeze('2022-02-18')
  return given()
}

/** Everybody has chosen, and the phase has ended. */
async function givenChosen(): Promise<SealedRound> {
  const round = await givenSealedRound(PEOPLE)
  clock.freeze('2022-02-21')
  await advanceRound(round.roundId)
  for (const [index, one] of round.staff.entries()) {
    await choose(one, index % 2 ? ['C01', 'C02', 'C03'] : ['C02', 'C01', 'C03'])
  }
  return round
}

/** Everybody has been scored. */
async function givenScored(): Promise<SealedRound> {
  const round = await givenChosen()
  clock.freeze('2022-02-26')
  await advanceRound(round.roundId)
  await scoreAll(round)
  return round
}

interface Run {
  /** Numbers of the writes that were a COMMIT. */
  commits: number[]
  writes: number
  killed: boolean
}

/** Before the first write, before each COMMIT with all its writes sent, and anywhere between. */
function momentsOf({ commits, writes }: Run): number[] {
  const anywhere = Array.from({ length: KILLS }, () => 1 + Math.floor(Math.random() * writes))
  return [...new Set([1, ...commits, ...anywhere])]
}

async function advance({ roundId }: SealedRound, date: string, stop: number): Promise<Run> {
  const args = ['--import', '@poppinss/ts-exec', CHILD, String(roundId), date, String(stop)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const run: Run = { commits: [], writes: 0, killed: false }
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, number] = line.split(' ')
    if (word === 'commit') run.commits.push(Number(number))
    if (word === 'done') run.writes = Number(number)
  }
  const [, signal] = await ended
  return { ...run, killed: signal === 'SIGKILL' }
}

/** How often the log says that the round moved; what only prepared it is left out. */
async function told(): Promise<Record<string, number>> {
  const rows = await db
    .from('audit_events')
    .whereIn('action', ['close_preferences', 'seed_drawn', 'close_ranking'].map(actionOf))
    .groupBy('action')
    .select('action')
    .count('* as total')
  return Object.fromEntries(
    rows.map((row) => [row.action.replace('selection.round.', ''), Number(row.total)])
  )
}

const actionOf = (verb: string) => `selection.round.${verb}`

async function counts(): Promise<Record<string, number>> {
  const tables = ['selection_rankings', 'selection_matchings', 'selection_results', 'certificates']
  const found: Record<string, number> = {}
  for (const table of tables) {
    const [{ total }] = await db.from(table).count('* as total')
    found[table] = Number(total)
  }
  return found
}

/** The post of each person, in the order of the staff. */
async function placesOf({ roundId, staff }: SealedRound): Promise<(string | null)[]> {
  const { matchingId } = await roundById(roundId)
  const posts = new Map(
    (await resultsOf(matchingId!)).map((row) => [row.participantId, row.postCode])
  )
  return staff.map(({ place }) => posts.get(place.id) ?? null)
}

const findings = async () => (await dbChecksPort.run()).flatMap((check) => check.findings)
