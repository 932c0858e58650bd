import { test } from '@japa/runner'
import fc from 'fast-check'
import { compensation, hasLongService } from '#selection/domain/compensation'
import { buildInstance, byLot, type InstanceFacts } from '#selection/domain/instance'
import {
  changesBetween,
  explain,
  figuresOf,
  fullGroups,
  waitingLists,
} from '#selection/domain/outcome'
import { rankedOrder } from '#selection/domain/instance'
import { checkPlacement, placeElsewhere } from '#selection/domain/placement'
import { choiceRefusal, openCount, padded, unpadded } from '#selection/domain/preferences'
import { dueMove, hasReached, type RoundDates } from '#selection/domain/rounds'
import { combine, parseScore, parseWeight, scoreText } from '#selection/domain/scores'
import { stableResults } from './matching/brute_force.js'
import { solve } from './matching/instances.js'

const round = (input: Partial<RoundDates>): RoundDates => ({
  state: 'preparation',
  sealed: true,
  approved: true,
  preferencesFrom: '2022-02-21',
  preferencesUntil: '2022-02-25',
  rankingUntil: '2022-03-04',
  publicityUntil: '2022-03-14',
  confirmationUntil: '2022-03-21',
  ...input,
})

test.group('Phases by their dates', () => {
  test('{0.state} on {1}: {2}')
    .with([
      [round({}), '2022-02-20', null],
      [round({}), '2022-02-21', 'open'],
      [round({ approved: false }), '2022-02-21', null],
      [round({ sealed: false }), '2022-02-21', null],
      [round({ state: 'preferences' }), '2022-02-25', null],
      [round({ state: 'preferences' }), '2022-02-26', 'close_preferences'],
      [round({ state: 'ranking' }), '2022-03-04', null],
      [round({ state: 'ranking' }), '2022-03-05', 'close_ranking'],
      [round({ state: 'matching' }), '2030-01-01', null],
      [round({ state: 'publicity' }), '2022-03-14', null],
      [round({ state: 'publicity' }), '2022-03-15', 'end_publicity'],
      [round({ state: 'publicity', publicityUntil: null }), '2022-03-15', null],
      [round({ state: 'confirmation' }), '2022-03-21', null],
      [round({ state: 'confirmation' }), '2022-03-22', 'end_confirmation'],
      [round({ state: 'arrangement' }), '2030-01-01', null],
      [round({ state: 'closed' }), '2030-01-01', null],
    ] as const)
    .run(({ assert }, [dates, today, verb]) => {
      assert.equal(dueMove(dates, today), verb)
    })

  test('what has been reached stays reached', ({ assert }) => {
    assert.isTrue(hasReached('ranking', 'ranking'))
    assert.isTrue(hasReached('closed', 'matching'))
    assert.isFalse(hasReached('preferences', 'ranking'))
  })
})

test.group('Choices', () => {
  const allowed = new Set(['C01', 'C02', 'C03'])
  test('{0}: {1}')
    .with([
      [[], 'empty'],
      [['C01'], null],
      [['C01', 'C02', 'C03'], 'too_many'],
      [['C01', 'C01'], 'repeated'],
      [['M01'], 'not_eligible'],
    ] as const)
    .run(({ assert }, [posts, code]) => {
      const choice = { posts: [...posts], acceptsPlacement: true }
      assert.equal(choiceRefusal(choice, allowed, 2)?.code ?? null, code)
    })

  test('the length of what is sealed says nothing of the number of posts', ({ assert }) => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z]\d\d$/), { maxLength: 20 }), (posts) => {
        const text = padded({ posts, acceptsPlacement: true, nonce: 'x'.repeat(32) })
        assert.equal(Buffer.byteLength(text), 512)
        assert.deepEqual(unpadded<{ posts: string[] }>(text).posts, posts)
      })
    )
  })

  test('counts below five are not told', ({ assert }) => {
    assert.deepEqual([0, 1, 4, 5, 100].map(openCount), [null, null, null, 5, 100])
  })
})

test.group('Scores', () => {
  test('{0} reads {1}')
    .with([
      ['82', 8200],
      ['８２.５', 8250],
      ['100', 10000],
      ['0', 0],
      ['100.01', null],
      ['-1', null],
      ['1e1', null],
      ['82.555', null],
      ['', null],
    ] as const)
    .run(({ assert }, [text, centi]) => {
      assert.equal(parseScore(text), centi)
    })

  test('a score is written as it is read', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (centi) => {
        assert.equal(parseScore(scoreText(centi)), centi)
      })
    )
  })

  test('weights are exact and above zero', ({ assert }) => {
    assert.equal(parseWeight('0.3'), '0.3')
    for (const text of ['0', '0.0', '-1', 'x', '']) assert.isNull(parseWeight(text))
  })

  const scorers = [
    { id: 1, weight: '0.3' },
    { id: 2, weight: '0.7' },
    { id: 3, weight: '1' },
  ]
  const entry = (scorerId: number, kind: 'score' | 'unacceptable' | 'withdrawn', centi = 0) => ({
    scorerId,
    kind,
    scoreCenti: kind === 'score' ? centi : null,
    reason: `因${scorerId}`,
  })

  test('the weighted mean, half up; who withdrew has no weight', ({ assert }) => {
    assert.deepEqual(combine(scorers, [entry(1, 'score', 8000)]), {
      kind: 'incomplete',
      missing: [2, 3],
    })
    const all = [entry(1, 'score', 8000), entry(2, 'score', 9000), entry(3, 'withdrawn')]
    assert.deepEqual(combine(scorers, all), {
      kind: 'score',
      scoreCenti: 8700,
      spreadCenti: 1000,
    })
    const half = [entry(1, 'score', 1), entry(2, 'score', 0), entry(3, 'score', 1)]
    assert.deepEqual(combine(scorers, half), { kind: 'score', scoreCenti: 1, spreadCenti: 1 })
  })

  test('unacceptable by more than half of the weight, with the reasons', ({ assert }) => {
    const even = [entry(1, 'score', 50), entry(2, 'score', 50), entry(3, 'unacceptable')]
    assert.equal(combine(scorers, even).kind, 'score')
    const most = [entry(1, 'unacceptable'), entry(2, 'score', 50), entry(3, 'unacceptable')]
    assert.deepEqual(combine(scorers, most), { kind: 'unacceptable', reason: '因1；因3' })
    const nobody = [entry(1, 'withdrawn'), entry(2, 'withdrawn'), entry(3, 'withdrawn')]
    assert.deepEqual(combine(scorers, nobody), { kind: 'incomplete', missing: [] })
  })
})

test.group('What is solved and why', () => {
  const facts: InstanceFacts = {
    applicants: [
      {
        participantId: 1,
        pseudonym: 'P3',
        preferences: ['A', 'B'],
        keys: { hired_on: '2010-01-01' },
      },
      { participantId: 2, pseudonym: 'P1', preferences: ['A'], keys: { hired_on: '2015-01-01' } },
      { participantId: 3, pseudonym: 'P2', preferences: ['A', 'B'], keys: { hired_on: null } },
      { participantId: 4, pseudonym: 'P4', preferences: [], keys: {} },
    ],
    posts: [
      { code: 'B', capacity: 1, minimum: 0, listId: 11 },
      { code: 'A', capacity: 1, minimum: 1, listId: 10 },
    ],
    lists: [
      { id: 10, code: 'A', capacity: null },
      { id: 11, code: 'B', capacity: null },
    ],
    rankings: [
      { listId: 10, participantId: 1, scoreCenti: 8450 },
      { listId: 10, participantId: 2, scoreCenti: 8450 },
      { listId: 10, participantId: 3, scoreCenti: 8200 },
      { listId: 11, participantId: 1, scoreCenti: 9000 },
      { listId: 11, participantId: 3, scoreCenti: null },
    ],
    tieKeys: ['hired_on'],
    seed: 'seed',
  }

  test('pseudonyms in their order, keys part equal scores, the lot what is left', ({ assert }) => {
    const instance = buildInstance(facts)
    assert.deepEqual(
      instance.applicants.map(({ id }) => id),
      ['P1', 'P2', 'P3', 'P4']
    )
    assert.deepEqual(instance.posts, [
      { id: 'A', capacity: 1, minimum: 1, ranking: ['P3', 'P1', 'P2'] },
      { id: 'B', capacity: 1, ranking: ['P3'] },
    ])
    const tied = buildInstance({ ...facts, tieKeys: [] })
    assert.deepEqual(tied.posts[0].ranking, [['P1', 'P3'], 'P2'])
    assert.deepEqual(rankedOrder(tied, 'A').slice(0, 2), byLot(['P1', 'P3'], 'seed'))
  })

  test('posts under one cap share the ranking of their group', ({ assert }) => {
    const lists = [{ id: 10, code: 'G', capacity: 1 }]
    const posts = facts.posts.map((post) => ({ ...post, listId: 10 }))
    const rankings = facts.rankings.filter(({ listId }) => listId === 10)
    const instance = buildInstance({ ...facts, lists, posts, rankings })
    assert.deepEqual(instance.groups, [{ id: 'G', capacity: 1, ranking: ['P3', 'P1', 'P2'] }])
    assert.deepEqual(
      instance.posts.map(({ group }) => group),
      ['G', 'G']
    )
  })

  test('reasons in figures, waiting lists, figures and changes', ({ assert }) => {
    const instance = buildInstance(facts)
    const solved = solve(instance)
    const why = explain(facts, solved)
    assert.equal(why.get(1)!.wishes[0].verdict, 'admitted')
    assert.equal(why.get(1)!.wishes[1].verdict, 'not_needed')
    assert.containsSubset(why.get(2)!.wishes[0], {
      verdict: 'key',
      places: 1,
      lastCenti: 8450,
      ownCenti: 8450,
    })
    assert.containsSubset(why.get(3)!.wishes[0], {
      verdict: 'below',
      lastCenti: 8450,
      ownCenti: 8200,
    })
    assert.equal(why.get(3)!.wishes[1].verdict, 'unacceptable')
    assert.deepEqual(why.get(4)!.wishes, [])
    const given = new Map([[1, 'A']])
    const waiting = waitingLists(facts, given, (post) => rankedOrder(instance, post))
    assert.deepEqual([waiting.get('A'), waiting.get('B')], [[2, 3], []])
    const figures = figuresOf(facts.posts, [
      { post: 'A', choice: 1 },
      { post: null, choice: null },
    ])
    assert.deepEqual([figures.placed, figures.unplaced, figures.byChoice], [1, 1, [1]])
    assert.deepEqual(changesBetween(given, new Map([[2, 'A']])), [
      { participantId: 1, from: 'A', to: null },
      { participantId: 2, from: null, to: 'A' },
    ])
  })

  test('the lot is named where it decided', ({ assert }) => {
    const tied = { ...facts, tieKeys: [] }
    const why = explain(tied, solve(buildInstance(tied)))
    const verdicts = [why.get(1)!.wishes[0].verdict, why.get(2)!.wishes[0].verdict]
    assert.sameMembers(verdicts, ['admitted', 'lot'])
    assert.isTrue(why.get(2)!.decidedByLot)
  })
})

test.group('Placement elsewhere', () => {
  const codes = ['A', 'B', 'C']
  /** A and B share a cap; C stands alone. */
  const shared = ['A', 'B']

  test('as many as there can be, nobody earlier left out for somebody later', ({ assert }) => {
    fc.assert(
      fc.property(
        fc.array(fc.subarray(codes), { maxLength: 6 }),
        fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
        fc.nat(4),
        (wishes, places, cap) => {
          const free = new Map(codes.map((code, index) => [code, places[index]]))
          const people = wishes.map((eligible, id) => ({ id, eligible }))
          const groups = [{ code: 'AB', free: cap, posts: shared }]
          const placed = placeElsewhere({ people, free, groups })
          const instance = {
            people: people.map(({ id, eligible }) => ({ id: String(id), eligible })),
            free: Object.fromEntries(free),
            groups,
            seed: '',
          }
          assert.deepEqual(checkPlacement(instance, Object.fromEntries(placed)), [])
          const best = mostPlaced(wishes, places, cap)
          assert.equal(placed.size, best.length)
          assert.deepEqual([...placed.keys()].sort(), best)
        }
      ),
      { numRuns: 1_000 }
    )
  })

  test('the checker finds a post or a cap that is overfull, and who is not eligible', ({
    assert,
  }) => {
    const instance = {
      people: ['1', '2', '3'].map((id) => ({ id, eligible: shared })),
      free: { A: 1, B: 2, C: 1 },
      groups: [{ code: 'AB', free: 2, posts: shared }],
      seed: '',
    }
    const kinds = (placed: Record<string, string>) =>
      checkPlacement(instance, placed).map(({ kind, post }) => `${kind} ${post}`)
    assert.deepEqual(kinds({ 1: 'A', 2: 'B' }), [])
    assert.deepEqual(kinds({ 1: 'A', 2: 'A' }), ['over_capacity A'])
    assert.deepEqual(kinds({ 1: 'A', 2: 'B', 3: 'B' }), ['group_over_capacity AB'])
    assert.deepEqual(kinds({ 1: 'C' }), ['not_eligible C'])
    assert.deepEqual(kinds({ 9: 'A' }), ['not_eligible A'])
  })

  /** By brute force: the largest set that fits, the lexicographically first by person. */
  function mostPlaced(wishes: string[][], places: number[], cap: number): number[] {
    let best: number[] = []
    const better = (a: number[], b: number[]) =>
      a.length > b.length || (a.length === b.length && a.join() < b.join())
    const go = (id: number, left: number[], under: number, chosen: number[]) => {
      if (id === wishes.length) {
        if (better(chosen, best)) best = [...chosen]
        return
      }
      for (const code of wishes[id]) {
        const index = codes.indexOf(code)
        const weight = shared.includes(code) ? 1 : 0
        if (left[index] === 0 || under < weight) continue
        left[index] -= 1
        go(id + 1, left, under - weight, [...chosen, id])
        left[index] += 1
      }
      go(id + 1, left, under, chosen)
    }
    go(0, [...places], cap, [])
    return best
  }
})

test.group('Compensation (art. 47, 40, 42)', () => {
  const base = { averagePayFen: 500_000, localAverageFen: null, payForNotice: false }
  test('{0} to {1}: {2} half months')
    .with([
      ['2013-06-01', '2022-05-31', 18],
      ['2013-06-01', '2022-06-01', 19],
      ['2013-06-01', '2022-06-15', 19],
      ['2013-06-01', '2022-12-01', 20],
      ['2013-06-01', '2022-11-30', 20],
      ['2013-06-01', '2022-11-29', 19],
      ['2022-01-01', '2022-03-01', 1],
      ['2022-01-01', '2022-06-30', 2],
    ] as const)
    .run(({ assert }, [hiredOn, endsOn, halfMonths]) => {
      const result = compensation({ ...base, hiredOn, endsOn })
      assert.equal(result.halfMonths, halfMonths)
      assert.equal(result.fen, halfMonths * 250_000)
    })

  test('pay above three times the local average is capped, and then twelve years', ({ assert }) => {
    const facts = { hiredOn: '2000-01-01', endsOn: '2021-12-31', payForNotice: true }
    const capped = compensation({ ...facts, averagePayFen: 4_000_000, localAverageFen: 600_000 })
    assert.deepEqual([capped.capped, capped.halfMonths, capped.payFen], [true, 24, 1_800_000])
    assert.equal(capped.fen, 1_800_000 * 12 + 4_000_000)
    const plain = compensation({ ...facts, averagePayFen: 500_000, localAverageFen: 600_000 })
    assert.deepEqual([plain.capped, plain.halfMonths], [false, 44])
  })

  test('fifteen years and less than five to retirement protect', ({ assert }) => {
    const on = '2022-03-01'
    assert.isTrue(hasLongService({ hiredOn: '2007-03-02', retiresOn: '2027-02-28' }, on))
    assert.isFalse(hasLongService({ hiredOn: '2007-03-03', retiresOn: '2027-02-28' }, on))
    assert.isFalse(hasLongService({ hiredOn: '2007-03-02', retiresOn: '2027-03-01' }, on))
    assert.isFalse(hasLongService({ hiredOn: '2000-01-01', retiresOn: null }, on))
  })
})

test.group('Minimums within a cap over several posts', () => {
  const lists = [
    { id: 1, capacity: 1 },
    { id: 2, capacity: null },
  ]
  const posts = [
    { code: 'A', listId: 1 },
    { code: 'B', listId: 1 },
    { code: 'C', listId: 2 },
  ]
  const figures = (placed: Record<string, number>) =>
    posts.map(({ code }) => ({
      code,
      capacity: 1,
      minimum: 0,
      placed: placed[code] ?? 0,
      free: 0,
    }))

  test('a full cap is told by each of its posts, one with room by none', ({ assert }) => {
    const full = fullGroups(lists, posts, figures({ A: 1, C: 1 }))
    assert.deepEqual([...full.keys()], ['A', 'B'])
    assert.isEmpty(fullGroups(lists, posts, figures({ C: 1 })))
  })

  test('another stable result may meet what the best for the applicants does not', ({ assert }) => {
    const instance = {
      applicants: [
        { id: 'p', preferences: ['A', 'C'] },
        { id: 'q', preferences: ['C', 'B'] },
      ],
      posts: [
        { id: 'A', capacity: 1, group: 'G' },
        { id: 'B', capacity: 1, minimum: 1, group: 'G' },
        { id: 'C', capacity: 1, ranking: ['p', 'q'] },
      ],
      groups: [{ id: 'G', capacity: 1, ranking: ['q', 'p'] }],
    }
    assert.deepEqual(solve(instance).unmetMinimums, [{ post: 'B', minimum: 1, placed: 0 }])
    assert.isTrue(stableResults(instance).some((result) => result.get('q') === 'B'))
  })
})
