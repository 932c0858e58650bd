import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import fc from 'fast-check'
import { checkMatching } from '#selection/domain/matching/check'
import { readMarket } from '#selection/domain/matching/read_market'
import { solveMatching } from '#selection/domain/matching/solve'
import type { MatchingInstance } from '#selection/domain/matching/types'
import { blockingPairs, membersOf, stableResults, strict, type Result } from './brute_force.js'
import { check, instances, shuffled, solve } from './instances.js'

/** CI takes a share; `npm run proof` the whole million. */
const RUNS = Number(process.env.PROOF_MATCHINGS ?? 2_000)
const few = { numRuns: Math.ceil(RUNS / 10) }

const WORLDS = [
  ['posts', {}],
  ['posts and groups', { groups: true }],
  ['ties', { ties: true }],
  ['ties and groups', { ties: true, groups: true }],
] as const

const asObject = (result: Result) => Object.fromEntries([...result].sort())
const sorted = (assignments: Record<string, string>) =>
  Object.fromEntries(Object.entries(assignments).sort())

/** The tie rule of the published format, written once more. */
function broken(instance: MatchingInstance): MatchingInstance {
  const { order = [], seed = '' } = instance.tieBreak ?? {}
  const key = (id: string) => {
    const named = order.indexOf(id)
    const lot = createHash('sha256').update(`${seed}\n${id}`).digest('hex')
    return `${String(named < 0 ? order.length : named).padStart(4, '0')} ${lot}`
  }
  return strict(instance, (one, other) => (key(one) < key(other) ? -1 : 1))
}

/** 1 is the first preference; behind the last one: unplaced. */
function standing(instance: MatchingInstance, id: string, post: string | undefined): number {
  const { preferences } = instance.applicants.find((one) => one.id === id)!
  return post === undefined ? preferences.length + 1 : preferences.indexOf(post) + 1
}

for (const [world, options] of WORLDS) {
  test.group(`Matching, properties, ${world}`, () => {
    test('the result is the best of all stable results for everybody at once', ({ assert }) => {
      fc.assert(
        fc.property(instances(options), (instance) => {
          const { assignments } = solve(instance)
          const stable = stableResults(broken(instance))
          assert.deepInclude(stable.map(asObject), sorted(assignments))
          for (const { id } of instance.applicants) {
            const ways = stable.map((result) => standing(instance, id, result.get(id)))
            assert.equal(standing(instance, id, assignments[id]), Math.min(...ways), id)
          }
        }),
        { numRuns: Math.ceil(RUNS / 4) }
      )
    })

    test('every stable result leaves the same people unplaced', ({ assert }) => {
      fc.assert(
        fc.property(instances(options), (instance) => {
          const { unplaced } = solve(instance)
          for (const result of stableResults(broken(instance))) {
            const left = instance.applicants.map(({ id }) => id).filter((id) => !result.has(id))
            assert.deepEqual(left.sort(), unplaced)
          }
        }),
        few
      )
    })

    test('the checker says what the enumerator says, of any result', ({ assert }) => {
      const drawn = instances(options).chain((instance) =>
        fc.tuple(
          fc.constant(instance),
          fc.array(fc.option(fc.nat(3)), {
            minLength: instance.applicants.length,
            maxLength: instance.applicants.length,
          })
        )
      )
      fc.assert(
        fc.property(drawn, ([instance, choice]) => {
          const result: Result = new Map()
          instance.applicants.forEach(({ id, preferences }, at) => {
            if (choice[at] !== null && preferences.length) {
              result.set(id, preferences[choice[at] % preferences.length])
            }
          })
          const plain = broken(instance)
          const stable = stableResults(plain).map(asObject)
          const given = asObject(result)
          const { stable: said } = check({ tieBreak: {}, ...instance }, given)
          const expected = stable.some((one) => JSON.stringify(one) === JSON.stringify(given))
          assert.equal(said, expected)
        }),
        few
      )
    })

    test('the pairs that the checker names are those of the definition, wherever people sit', ({
      assert,
    }) => {
      const drawn = instances(options).chain((instance) =>
        fc.tuple(
          fc.constant(instance),
          fc.nat(2),
          fc.array(fc.option(fc.constantFrom(...instance.posts.map(({ id }) => id))), {
            minLength: instance.applicants.length,
            maxLength: instance.applicants.length,
          })
        )
      )
      fc.assert(
        fc.property(drawn, ([{ tieBreak = {}, applicants, ...rest }, strangers, choice]) => {
          const seats = applicants.flatMap(({ id }, at) =>
            choice[at] === null ? [] : ([[id, choice[at]]] as const)
          )
          // The first ones are in the rankings and sit somewhere, but do not apply.
          const instance = { ...rest, tieBreak, applicants: applicants.slice(strangers) }
          const found = check(instance, Object.fromEntries(seats)).blockingPairs
          assert.sameMembers(
            found.map(({ applicant, post }) => `${applicant} ${post}`),
            blockingPairs(broken(instance), new Map(seats))
          )
        }),
        { numRuns: Math.ceil(RUNS / 4) }
      )
    })

    test('nobody gains by another list than the true one', ({ assert }) => {
      const drawn = instances(options).chain((instance) =>
        fc.tuple(
          fc.constant(instance),
          fc.nat(instance.applicants.length - 1),
          fc.shuffledSubarray(instance.posts.map(({ id }) => id))
        )
      )
      fc.assert(
        fc.property(drawn, ([instance, at, untrue]) => {
          const { id } = instance.applicants[at]
          const applicants = instance.applicants.map((one) =>
            one.id === id ? { id, preferences: untrue } : one
          )
          const truthful = solve(instance).assignments[id]
          const given = solve({ ...instance, applicants }).assignments[id]
          const isListed = instance.applicants[at].preferences.includes(given)
          const gained = isListed ? standing(instance, id, given) : Number.POSITIVE_INFINITY
          assert.isAtMost(standing(instance, id, truthful), gained)
        }),
        { numRuns: RUNS }
      )
    })

    test('the order of the input changes nothing', ({ assert }) => {
      fc.assert(
        fc.property(instances(options), fc.infiniteStream(fc.nat()), (instance, keys) => {
          const one = solve(instance)
          const two = solve(shuffled(instance, keys))
          assert.deepEqual(sorted(two.assignments), sorted(one.assignments))
          assert.deepEqual(two.unplaced, one.unplaced)
          assert.deepEqual(two.decidedByLot, one.decidedByLot)
          assert.deepEqual({ ...two.reasons }, { ...one.reasons })
        }),
        few
      )
    })

    test('larger rounds: the checker finds nothing, the caps hold', ({ assert }) => {
      fc.assert(
        fc.property(instances({ ...options, people: 40, posts: 12 }), (instance) => {
          const market = readMarket(JSON.stringify({ tieBreak: {}, ...instance }))
          const solved = solveMatching(market)
          const { assignments } = solved
          const found = checkMatching(market, solved.places())
          assert.deepEqual(found, checkMatching(market, assignments))
          assert.deepEqual(found, {
            stable: true,
            blockingPairs: [],
            violations: [],
          })
          assert.isTrue(check({ ...instance, tieBreak: undefined }, assignments).stable)
        }),
        { numRuns: Math.ceil(RUNS / 4) }
      )
    })
  })
}

test.group('Matching, properties, the lot', () => {
  test('it names, on both sides of each last place, whom nothing else parted', ({ assert }) => {
    const worlds = fc.oneof(instances({ ties: true }), instances({ ties: true, groups: true }))
    fc.assert(
      fc.property(worlds, (instance) => {
        const { assignments, decidedByLot, reasons } = solve(instance)
        const { posts, groups = [], tieBreak } = instance
        const expected = new Set<string>()
        for (const [id, { refused }] of Object.entries(reasons)) {
          for (const { post: name, cap } of refused) {
            const post = posts.find((one) => one.id === name)!
            const group = groups.find((one) => one.id === post.group)
            const ranking = post.ranking ?? group!.ranking
            const seats = cap === 'post' ? [name] : membersOf(instance, group!.id)
            const seated = Object.keys(assignments).filter((one) =>
              seats.includes(assignments[one])
            )
            const places = (one: string) => ranking.findIndex((entry) => entry.includes(one))
            const last = Math.max(...seated.map(places))
            const unnamed = [id, ...seated].filter(
              (one) => places(one) === last && !tieBreak!.order!.includes(one)
            )
            if (unnamed.includes(id) && unnamed.length > 1)
              for (const one of unnamed) expected.add(one)
          }
        }
        assert.deepEqual(decidedByLot, [...expected].sort())
      }),
      { numRuns: RUNS }
    )
  })
})
