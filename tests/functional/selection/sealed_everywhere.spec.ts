import type { ApiClient, ApiResponse } from '@japa/api-client'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import type User from '#accounts/models/user'
import { advanceRound } from '#selection/actions/advance'
import { sealChoice } from '#selection/sealing'
import { listsOf } from '#selection/queries/posts'
import { ROLES } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { readWorkbook } from '#shared/spreadsheets/workbook_reader'
import '#tests/support/workbooks'
import { selection } from '../permissions/rows/selection.js'
import { pdfPages } from '../../unit/shared/documents/pdf_text.js'
import { allRoutes, paramsOf } from '../permissions/probe.js'
import type { World } from '../permissions/world.js'
import { choose, givenSealedRound, type SealedRound } from './givens.js'

type Choices = (index: number) => { posts: string[]; acceptsPlacement: boolean }

/** What a page says twice in other words: tokens, form keys, hashes. */
const TOKENS = /[\w.+/=-]{16,}/g

/**
 * Nobody can tell one choice from another: every page and export is read, everything that was chosen is
 * put the other way round in the database, and the same pages say the same to the letter.
 */
test.group('Sealing, on every route', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-02-18')
    return () => clock.release()
  })

  async function givenChoices(choices: Choices) {
    const round = await givenSealedRound(6)
    clock.freeze('2022-02-21')
    await advanceRound(round.roundId)
    for (const one of round.staff) await choose(one, ['C01'])
    await rewrite(round, choices)
    return { ...round, paths: await pathsOf(round), all: await givenEverybody() }
  }

  test('before preferences close, not a letter depends on what was chosen', async ({
    assert,
    client,
  }) => {
    const first: Choices = () => ({ posts: ['C01', 'C02'], acceptsPlacement: true })
    const second: Choices = () => ({ posts: ['C03'], acceptsPlacement: false })
    const round = await givenChoices(first)
    const { all, scorers, staff, paths } = round
    // The last one takes part: that person's own page does change.
    const readers = [all, scorers[0], staff[1].user]
    const others = (user: User) => (user === staff[1].user ? paths.notOwn : paths.pages)
    const own = `/selection/mine/${round.roundId}`
    const read = async () => {
      const said = new Map<string, string>()
      for (const user of readers) await readAll(client, user, others(user), said)
      return said
    }
    const before = await read()
    const mine = await text(client, staff[1].user, own)
    await rewrite(round, second)
    const after = await read()
    const exports = await readAll(client, all, paths.exports)
    assert.deepEqual(differing(before, after), [])
    assert.notEqual(await text(client, staff[1].user, own), mine, 'the own page tells')
    await rewrite(round, first)
    assert.deepEqual(differing(exports, await readAll(client, all, paths.exports)), [])
    const shown = [...before.values()].filter((said) => said.startsWith('200'))
    assert.isAbove(shown.length, 150)
    for (const kind of ['pdf', 'spreadsheet']) {
      const taken = [...before.values(), ...exports.values()].filter((said) =>
        new RegExp(`^200 \\S*${kind}`).test(said)
      )
      assert.isAtLeast(taken.length, 2, kind)
    }
  }).timeout(600_000)

  test('before ranking closes, not a letter depends on the order, and to HR not on who chose what', async ({
    assert,
    client,
  }) => {
    const order: Choices = () => ({ posts: ['C01', 'C02'], acceptsPlacement: true })
    const reversed: Choices = () => ({ posts: ['C02', 'C01'], acceptsPlacement: false })
    const round = await givenChoices(order)
    const { all, scorers, paths } = round
    clock.freeze('2022-02-26')
    await advanceRound(round.roundId)
    const { pages } = paths
    const before = await readAll(client, all, pages)
    const ranking = await readAll(client, scorers[0], paths.rankings)
    await rewrite(round, reversed)
    assert.deepEqual(differing(before, await readAll(client, all, pages)), [])
    assert.deepEqual(differing(ranking, await readAll(client, scorers[0], paths.rankings)), [])
    const exports = await readAll(client, all, paths.exports)
    await rewrite(round, order)
    assert.deepEqual(differing(exports, await readAll(client, all, paths.exports)), [])

    // As many chose each post, and other people.
    const some = (turned: boolean): Choices => {
      return (index) => ({ posts: [index < 3 === turned ? 'C01' : 'C02'], acceptsPlacement: true })
    }
    await rewrite(round, some(true))
    const mixed = await readAll(client, all, pages)
    const lists = await readAll(client, scorers[0], paths.rankings)
    await rewrite(round, some(false))
    assert.deepEqual(differing(mixed, await readAll(client, all, pages)), [])
    const told = differing(lists, await readAll(client, scorers[0], paths.rankings))
    assert.lengthOf(told, 2, 'the rankers of these posts see who chose them')
  }).timeout(600_000)
})

/** Puts everybody's choice in the database, as if it had been saved so. */
async function rewrite({ roundId, staff }: SealedRound, choices: Choices) {
  for (const [index, { place }] of staff.entries()) {
    const { columns } = sealChoice(roundId, choices(index))
    await db.from('selection_preferences').where('participant_id', place.id).update(columns)
  }
}

/** An account that holds all roles at once but the two that exclude the auditor's: it sees what any shows. */
async function givenEverybody(): Promise<User> {
  const user = await givenUser({ role: 'hr_officer' })
  const grant = await db.from('grants').where('user_id', user.id).firstOrFail()
  const { id: _id, admin_slot: _slot, ...columns } = grant
  const rest = ROLES.filter(
    (role) => !['hr_officer', 'system_admin', 'security_admin'].includes(role)
  )
  await inTransaction((trx) =>
    bulkInsert(
      trx,
      'grants',
      rest.map((role) => ({ ...columns, role }))
    )
  )
  return user
}

/** Every route that needs no record, and every one of selection with the records of this round. */
async function pathsOf({ roundId, staff }: SealedRound) {
  const lists = await listsOf(roundId)
  const records = { round: roundId, participant: staff[0].place.id, selection_list: lists[0].id }
  const rest = ['permit', 'paper', 'matching', 'selection_objection', 'selection_exception']
  const none = Object.fromEntries([...rest, 'arrangement', 'ending'].map((name) => [name, 1]))
  const world = { records: { ...none, ...records } } as unknown as World
  const routes = allRoutes().filter(({ method }) => method === 'GET')
  // A fresh key of the account's own is drawn there each time.
  const drawn = '/accounts/security'
  const open = routes.filter(({ pattern }) => !/[:*]/.test(pattern) && pattern !== drawn)
  const own = routes.filter(({ name, pattern }) => {
    return name.startsWith('selection.') && pattern.includes(':')
  })
  const filled = own.map((route) => {
    const params = paramsOf(route, [selection], world)
    return route.pattern.replace(/:(\w+)/g, (_, name) => params[name])
  })
  const at = `/selection/rounds/${roundId}`
  const tabs = ['posts', 'people', 'rankings', 'result', 'objections', 'exceptions', 'arrangements']
  const paths = [
    ...open.map(({ pattern }) => pattern),
    ...filled,
    ...tabs.map((tab) => `${at}?tab=${tab}`),
    `${at}?tab=people&saved=yes`,
    `${at}?tab=people&q=C01`,
    `${at}?tab=result&post=C01`,
    ...['C01', 'C03', staff[0].place.name].map((q) => `/search?q=${encodeURIComponent(q)}`),
    ...['selection.choice', 'selection.round'].map((action) => `/audit/events?action=${action}`),
    `/people/persons/${staff[0].personId}`,
  ]
  // An export is on record: it is read apart, so that the pages do not tell of it.
  const isExport = (path: string) => /export|certificate|verification|excel|pdf|file/.test(path)
  const pages = [...new Set(paths.filter((path) => !isExport(path)))]
  return {
    pages,
    notOwn: pages.filter((path) => !path.startsWith('/selection/mine')),
    exports: [...new Set(paths.filter(isExport))].filter((path) => !/audit/.test(path)),
    rankings: lists.map(({ id }) => `/selection/rankings/${id}`),
  }
}

async function readAll(
  client: ApiClient,
  user: User,
  paths: readonly string[],
  said = new Map<string, string>()
) {
  // What an earlier reading was refused stands in the log, and an auditor is told of it.
  await db.from('audit_events').where('action', 'audit.access.refused').delete()
  for (const path of paths) said.set(`${user.id} ${path}`, await text(client, user, path))
  return said
}

async function text(client: ApiClient, user: User, path: string): Promise<string> {
  const answer: ApiResponse = await client.get(path).loginAs(user).redirects(0)
  return `${answer.status()} ${answer.type()} ${await contentOf(answer)}`
}

/** All that somebody can read in an answer; a kind that cannot be read here must not come at all. */
async function contentOf(answer: ApiResponse): Promise<string> {
  const type = answer.type() ?? ''
  if (type.includes('spreadsheet')) {
    const { sheets } = await readWorkbook({ buffer: answer.body() })
    const cells = sheets.flatMap(({ name, rows }) => [name, ...rows.flatMap((row) => row.cells)])
    return cells.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join('\n')
  }
  if (type.includes('pdf')) return (await pdfPages(answer.body() as Buffer)).join('\n')
  if (type === '' || /text|json|csv/.test(type)) return (answer.text() ?? '').replace(TOKENS, '')
  throw new Error(`cannot read ${type}`)
}

function differing(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].flatMap(([path, said]) => (after.get(path) === said ? [] : [path]))
}
