import { test } from '@japa/runner'
import { stableResults } from './brute_force.js'
import { check, solve } from './instances.js'
import { VECTORS } from './vectors.js'

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

test.group('Matching, vectors', () => {
  for (const { name, instance, check: given, expect } of VECTORS) {
    test(name, ({ assert }) => {
      if (given) {
        const { stable, blockingPairs } = check(instance, given)
        assert.deepEqual({ stable, blockingPairs }, expect as object)
        return
      }
      const result = plain(solve(instance))
      assert.deepEqual(result.assignments, expect.assignments)
      if (expect.unplaced) assert.deepEqual(result.unplaced, expect.unplaced)
      assert.deepEqual(result.unmetMinimums, expect.unmetMinimums ?? [])
      const unknown = result.ignored.filter((one: any) => one.reason === 'unknown_post')
      assert.deepEqual(
        unknown.map((one: any) => one.post),
        expect.unknownPosts ?? []
      )
      if (expect.stableCount) assert.lengthOf(stableResults(instance), expect.stableCount)
      const { stable, violations } = check(instance, result.assignments)
      assert.isTrue(stable)
      assert.deepEqual(violations, [])
    })
  }
})

const FOUR = ['a1', 'a2', 'a3', 'a4'].map((id) => ({ id, preferences: ['p', 'q'] }))

test.group('Matching, what is told', () => {
  test('why each person is where they are', ({ assert }) => {
    const { reasons, decidedByLot } = solve({
      applicants: FOUR,
      posts: [
        { id: 'p', capacity: 2, ranking: ['a4', ['a1', 'a2', 'a3']] },
        { id: 'q', capacity: 1, ranking: ['a3', 'a2', 'a1'] },
      ],
      tieBreak: { seed: '2022-03-01' },
    })
    const p = { preference: 1, post: 'p', cap: 'post', places: 2, lastAdmitted: 'a1' } as const
    assert.deepEqual(plain(reasons), {
      a1: { preference: 1, post: 'p', refused: [] },
      a2: {
        preference: null,
        post: null,
        refused: [
          { ...p, partedBy: 'lot' },
          {
            preference: 2,
            post: 'q',
            cap: 'post',
            places: 1,
            lastAdmitted: 'a3',
            partedBy: 'ranking',
          },
        ],
      },
      a3: { preference: 2, post: 'q', refused: [{ ...p, partedBy: 'lot' }] },
      a4: { preference: 1, post: 'p', refused: [] },
    })
    assert.deepEqual(decidedByLot, ['a1', 'a2', 'a3'])
  })

  test('the lot is named for both sides, not for who moves in consequence', ({ assert }) => {
    const result = solve({
      applicants: [
        { id: 'a1', preferences: ['p', 'q'] },
        { id: 'a2', preferences: ['p', 'q'] },
        { id: 'a3', preferences: ['q'] },
      ],
      posts: [
        { id: 'p', capacity: 1, ranking: [['a1', 'a2']] },
        { id: 'q', capacity: 1, ranking: ['a1', 'a2', 'a3'] },
      ],
    })
    assert.deepEqual(result.decidedByLot, ['a1', 'a2'])
    assert.deepEqual(result.unplaced, ['a3'])
    assert.equal(result.reasons.a3.refused[0].partedBy, 'ranking')
  })

  test('what the published order parted is not the lot', ({ assert }) => {
    const { decidedByLot, reasons } = solve({
      applicants: FOUR.slice(0, 2),
      posts: [
        { id: 'p', capacity: 1, ranking: [['a1', 'a2']] },
        { id: 'q', capacity: 0, ranking: [] },
      ],
      tieBreak: { order: ['a2'] },
    })
    assert.deepEqual(decidedByLot, [])
    assert.equal(reasons.a1.refused[0].partedBy, 'order')
  })

  test('the cap of a group is told with its places and its last one', ({ assert }) => {
    const { reasons, unplaced, decidedByLot } = solve({
      applicants: [
        { id: 'a1', preferences: ['x'] },
        { id: 'a2', preferences: ['y'] },
      ],
      posts: [
        { id: 'x', capacity: 2, group: 'g' },
        { id: 'y', capacity: 2, group: 'g' },
      ],
      groups: [{ id: 'g', capacity: 1, ranking: [['a1', 'a2']] }],
      tieBreak: { seed: '2022-03-01' },
    })
    const [out] = unplaced
    const last = out === 'a1' ? 'a2' : 'a1'
    const post = out === 'a1' ? 'x' : 'y'
    assert.deepEqual(reasons[out].refused, [
      { preference: 1, post, cap: 'group', places: 1, lastAdmitted: last, partedBy: 'lot' },
    ])
    assert.deepEqual(decidedByLot, ['a1', 'a2'])
  })

  test('the lot inside a group is named though the post of who was let in is full', ({
    assert,
  }) => {
    const { decidedByLot } = solve({
      applicants: [
        { id: 'c', preferences: ['x'] },
        { id: 'b', preferences: ['y'] },
        { id: 'a', preferences: ['v'] },
      ],
      posts: ['v', 'x', 'y'].map((id) => ({ id, capacity: 1, group: 'h' })),
      groups: [
        { id: 'g', capacity: 1, ranking: [] },
        { id: 'h', capacity: 2, ranking: ['a', ['c', 'b']] },
      ],
    })
    assert.deepEqual(decidedByLot, ['b', 'c'])
  })

  test('one side of a post and one of a group are no lot', ({ assert }) => {
    const { decidedByLot } = solve({
      applicants: [
        { id: 'k', preferences: ['z'] },
        { id: 'named', preferences: ['p'] },
        { id: 'refused', preferences: ['p'] },
      ],
      posts: [
        { id: 'z', capacity: 1, group: 'h' },
        { id: 'p', capacity: 1, ranking: [['named', 'refused']] },
      ],
      groups: [
        { id: 'g', capacity: 1, ranking: [] },
        { id: 'h', capacity: 1, ranking: ['k'] },
      ],
      tieBreak: { order: ['named'] },
    })
    assert.deepEqual(decidedByLot, [])
  })

  test('who lost a place at a post is not the last one of its group', ({ assert }) => {
    for (const elsewhere of [[], ['z']]) {
      const { reasons, unplaced } = solve({
        applicants: [
          { id: 'c', preferences: ['x', ...elsewhere] },
          { id: 'b', preferences: ['y'] },
          { id: 'd', preferences: ['y'] },
          { id: 'a', preferences: ['x'] },
        ],
        posts: [
          { id: 'x', capacity: 1, group: 'g' },
          { id: 'y', capacity: 2, group: 'g' },
          { id: 'z', capacity: 1, ranking: ['c'] },
        ],
        groups: [{ id: 'g', capacity: 2, ranking: ['a', 'b', ['c', 'd']] }],
      })
      const refusal = { preference: 1, partedBy: 'ranking' }
      const byGroup = { ...refusal, post: 'y', cap: 'group', places: 2, lastAdmitted: 'b' }
      const byPost = { ...refusal, post: 'x', cap: 'post', places: 1, lastAdmitted: 'a' }
      assert.deepEqual(plain(reasons.d.refused), [byGroup])
      assert.deepEqual(plain(reasons.c.refused), [byPost])
      assert.deepEqual(unplaced, elsewhere.length > 0 ? ['d'] : ['c', 'd'])
    }
  })

  test('places that nobody has refuse everybody', ({ assert }) => {
    const { unplaced, reasons } = solve({
      applicants: [{ id: 'a1', preferences: ['p'] }],
      posts: [{ id: 'p', capacity: 0, ranking: ['a1'] }],
    })
    assert.deepEqual(unplaced, ['a1'])
    assert.isNull(reasons.a1.refused[0].lastAdmitted)
    assert.equal(reasons.a1.refused[0].partedBy, 'ranking')
  })

  test('repeated, unknown and unranked preferences are told and change nothing', ({ assert }) => {
    const { ignored, assignments } = solve({
      applicants: [{ id: 'a1', preferences: ['z', 'q', 'q', 'p', 'p', 'constructor'] }],
      posts: [
        { id: 'q', capacity: 1, ranking: [] },
        { id: 'p', capacity: 1, ranking: ['a1', 'stranger'] },
      ],
    })
    assert.deepEqual(ignored, [
      { applicant: 'a1', post: 'z', reason: 'unknown_post' },
      { applicant: 'a1', post: 'q', reason: 'not_ranked' },
      { applicant: 'a1', post: 'q', reason: 'repeated' },
      { applicant: 'a1', post: 'p', reason: 'repeated' },
      { applicant: 'a1', post: 'constructor', reason: 'unknown_post' },
    ])
    assert.equal(assignments.a1, 'p')
  })
})
