import { test } from '@japa/runner'
import fc from 'fast-check'
import type { Market } from '#selection/domain/matching/market'
import { readMarket } from '#selection/domain/matching/read_market'
import { MatchingError, type MatchingInstance } from '#selection/domain/matching/types'
import { instances, written } from './instances.js'

/** CI takes a share, `npm run proof` the whole million. */
const RUNS = Number(process.env.PROOF_MATCHINGS ?? 2_000)

/** What a market says, in the words of the file. */
function told(market: Market) {
  const { people, posts, groups, firstSlot, postOf, tierOf, groupOf, capacityOf } = market
  const names = Array.from({ length: people }, (_, person) => market.nameOfPerson(person))
  return {
    people: names,
    found: names.map((name) => market.personCalled(name)),
    nobody: [market.personCalled('nobody at all'), market.postCalled('nobody at all')],
    posts: Array.from({ length: posts }, (_, post) => ({
      id: market.nameOfPost(post),
      found: market.postCalled(market.nameOfPost(post)),
      capacity: capacityOf.posts[post],
      minimum: market.minimumOf[post],
      group: groupOf[post],
      ranking: market.rankingOf(post),
    })),
    groups: Array.from({ length: groups }, (_, group) => ({
      id: market.nameOfGroup(group),
      capacity: capacityOf.groups[group],
    })),
    firstSlot: [...firstSlot],
    slots: Array.from(postOf, (post, slot) => ({
      name: market.nameAt(slot),
      post: Math.max(post, -1),
      tier: Math.max(tierOf[slot], -1),
    })),
    tieBreak: market.tieBreak,
    check: market.check,
  }
}

/** The same from what JSON.parse reads, the plain way; text: who stands twice in which ranking. */
function toldPlainly(text: string): ReturnType<typeof told> | string {
  const { applicants, posts, groups = [], tieBreak, check } = JSON.parse(text)
  const rankingOf = (post: any) =>
    post.ranking ?? groups.find(({ id }: any) => id === post.group).ranking
  const listed = new Set<string>()
  const slots: { name: string; post: number; tier: number }[] = []
  const firstSlot = [0]
  for (const { id, preferences } of applicants) {
    preferences.forEach((name: string, at: number) => {
      const post = posts.findIndex((one: any) => one.id === name)
      const counts = post >= 0 && preferences.indexOf(name) === at
      const ranking = counts ? rankingOf(posts[post]) : []
      if (counts) listed.add(JSON.stringify([posts[post].group ?? post, id]))
      const tier = ranking.findIndex((entry: any) => [entry].flat().includes(id))
      slots.push({ name, post: counts ? post : -1, tier })
    })
    firstSlot.push(slots.length)
  }
  for (const [at, post] of posts.entries()) {
    const ranked: string[] = rankingOf(post).flat()
    const twice = ranked.find(
      (id, place) =>
        ranked.indexOf(id) < place && listed.has(JSON.stringify([post.group ?? at, id]))
    )
    if (twice !== undefined) return `"${twice}" stands twice`
  }
  return {
    people: applicants.map(({ id }: any) => id),
    found: applicants.map((_: any, at: number) => at),
    nobody: [-1, -1],
    posts: posts.map((post: any, at: number) => ({
      id: post.id,
      found: at,
      capacity: post.capacity,
      minimum: post.minimum ?? 0,
      group: groups.findIndex(({ id }: any) => id === post.group),
      ranking: rankingOf(post),
    })),
    groups: groups.map(({ id, capacity }: any) => ({ id, capacity })),
    firstSlot,
    slots,
    tieBreak: tieBreak && { order: tieBreak.order ?? [], seed: tieBreak.seed ?? '' },
    check,
  }
}

/** Names that are easily taken for others, or for something else. */
const NAMES = [
  'a',
  'b',
  'aa',
  'aaaa',
  'aaaaa',
  'aaaab',
  '甲',
  '甲乙丙',
  '😀',
  'é',
  'e\u0301',
  'a"b',
  'a\\',
  '\\u0061',
  'a\u0000',
  'a\u0000\u0000',
  'a\n',
  ' a',
  '__proto__',
  'constructor',
  '],[',
  '7',
]

/** A round whose people and posts have other names, with strangers and repetitions. */
const rounds = fc
  .tuple(
    instances({ ties: true, groups: true }),
    fc.shuffledSubarray(NAMES, { minLength: 7 }),
    fc.shuffledSubarray(NAMES, { minLength: 4 }),
    fc.array(fc.tuple(fc.nat(6), fc.constantFrom(...NAMES, '')), { maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...NAMES)), { maxLength: 3 })
  )
  .map(([instance, people, posts, wishes, ranked]): MatchingInstance => {
    const person = (id: string) => people[Number(id.slice(1))]
    const post = (id: string) => posts[Number(id.slice(1))]
    const renamed = (ranking: readonly (string | readonly string[])[], at: number) => [
      ...ranking.map((entry) => (typeof entry === 'string' ? person(entry) : entry.map(person))),
      ...ranked.filter(([place]) => place === at).map(([, name]) => name),
    ]
    const { groups = [], tieBreak } = instance
    return {
      applicants: instance.applicants.map(({ id, preferences }, at) => ({
        id: person(id),
        preferences: [
          ...preferences.map(post),
          ...wishes.filter(([place]) => place === at).map(([, name]) => name),
        ],
      })),
      posts: instance.posts.map(({ id, ranking, ...rest }, at) => ({
        ...rest,
        id: post(id),
        ...(ranking && { ranking: renamed(ranking, at) }),
      })),
      groups: groups.map((group) => ({ ...group, ranking: renamed(group.ranking, 5) })),
      tieBreak: { ...tieBreak, order: tieBreak?.order?.map(person) },
    }
  })

const refusal = (read: () => unknown): Error | null => {
  try {
    read()
    return null
  } catch (error) {
    return error as Error
  }
}

test.group('Matching, reading', () => {
  test('it says what JSON.parse and plain Maps say, however the text is written', ({ assert }) => {
    let refused = 0
    fc.assert(
      fc.property(rounds, fc.infiniteStream(fc.nat(999)), (instance, keys) => {
        const text = written({ ...instance, check: { a: 'b' } }, keys)
        const expected = toldPlainly(text)
        if (typeof expected === 'string') {
          refused++
          for (const json of [text, Buffer.from(text)]) {
            const error = refusal(() => readMarket(json))
            assert.instanceOf(error, MatchingError)
            assert.match(
              error!.message,
              /^(posts|groups)\[\d+\]\.ranking\[\d+\]: ".*" stands twice$/s
            )
          }
          return
        }
        assert.deepEqual(told(readMarket(text)), expected)
        assert.deepEqual(told(readMarket(Buffer.from(text))), expected)
      }),
      { numRuns: RUNS }
    )
    assert.isAbove(refused, 0)
    assert.isBelow(refused, RUNS / 2)
  })

  test('a text with a fault is refused as JSON.parse refuses it, or read as it is', ({
    assert,
  }) => {
    const faults = fc.tuple(
      fc.nat(),
      fc.constantFrom('cut', 'leave out', 'put in'),
      fc.constantFrom(...',:[]{}"\\ \t\n07ane\u0001', 'null', '1e', '\\u12', '\\x', '[]', '{}')
    )
    const seen = { faulty: 0, read: 0 }
    fc.assert(
      fc.property(
        rounds,
        fc.infiniteStream(fc.nat(999)),
        faults,
        (instance, keys, [at, kind, piece]) => {
          const text = written(instance, keys)
          const from = at % text.length
          const faulty = {
            'cut': text.slice(0, from),
            'leave out': text.slice(0, from) + text.slice(from + 1),
            'put in': text.slice(0, from) + piece + text.slice(from),
          }[kind]!.toWellFormed()
          const expected = refusal(() => JSON.parse(faulty))
          const error = refusal(() => readMarket(faulty))
          if (expected) {
            seen.faulty++
            assert.instanceOf(error, SyntaxError, faulty)
            assert.equal(error!.message, expected.message)
          } else if (error) {
            assert.instanceOf(error, MatchingError, faulty)
          } else {
            seen.read++
            assert.deepEqual(told(readMarket(faulty)), toldPlainly(faulty) as object, faulty)
          }
        }
      ),
      { numRuns: RUNS }
    )
    assert.isAbove(seen.faulty, 0)
    assert.isAbove(seen.read, 0)
  })

  test('half of a surrogate pair has no UTF-8 to draw a lot from: it is refused', ({ assert }) => {
    const text = '{"applicants":[{"id":"a","preferences":["\\ud800"]}],"posts":[]}'
    assert.match(refusal(() => readMarket(text))!.message, /^byte \d+: half of a surrogate pair$/)
  })

  test('bytes that are no UTF-8 are read as a text editor shows them', ({ assert }) => {
    const text = '{"applicants":[{"id":"aXb","preferences":[]}],"posts":[]}'
    const bytes = Buffer.from(text)
    bytes[bytes.indexOf('X')] = 0xff
    assert.equal(readMarket(bytes).nameOfPerson(0), 'a\ufffdb')
  })

  test('bytes that are no UTF-8 are one and the same name', ({ assert }) => {
    const text =
      '{"applicants":[{"id":"aX","preferences":[]},{"id":"aY","preferences":[]}],"posts":[]}'
    const bytes = Buffer.from(text)
    bytes[bytes.indexOf('X')] = 0xff
    bytes[bytes.indexOf('Y')] = 0xfe
    assert.equal(
      refusal(() => readMarket(bytes))?.message,
      'applicants[1].id: "a\ufffd" stands twice'
    )
  })

  test('bytes are read from where they begin in their memory', ({ assert }) => {
    const text = '{"applicants":[{"id":"a","preferences":[]}],"posts":[]}'
    const memory = new TextEncoder().encode(`[7]${text}]]`)
    const market = readMarket(memory.subarray(3, 3 + text.length))
    assert.equal(market.nameOfPerson(0), 'a')
    assert.equal(refusal(() => readMarket(memory.subarray(3)))?.name, 'SyntaxError')
  })

  test('what need not be said: no order, no seed, no minimum, no rule for ties', ({ assert }) => {
    const text = '{"applicants":[],"posts":[{"id":"p","capacity":1,"ranking":[]}]'
    assert.isUndefined(readMarket(`${text}}`).tieBreak)
    assert.deepEqual([...readMarket(`${text}}`).minimumOf], [0])
    const { tieBreak } = readMarket(`${text},"tieBreak":{}}`)
    assert.deepEqual(tieBreak, { order: [], seed: '' })
  })

  test('keys that mean nothing where they stand are passed over', ({ assert }) => {
    const ranking = '"capacity":1,"ranking":["a"]'
    const market = readMarket(`{
      "applicants":[{"id":"a","preferences":["p"],"capacity":"x","ranking":{}}],
      "posts":[{"id":"p","capacity":1,"group":"g","preferences":7,"applicants":[]}],
      "groups":[{"id":"g",${ranking},"group":7,"tieBreak":[{"id":[]}]}],
      "id":null
    }`)
    assert.deepEqual([...market.tierOf], [0])
    assert.equal(market.nameOfGroup(market.groupOf[0]), 'g')
  })
})
