import { hash } from 'node:crypto'
import { test } from '@japa/runner'
import type { Assignments, MatchingInstance } from '#selection/domain/matching/types'
import { check } from './instances.js'

test.group('Matching, checker', () => {
  const instance: MatchingInstance = {
    applicants: [
      { id: 'a1', preferences: ['p', 'q'] },
      { id: 'a2', preferences: ['p'] },
      { id: 'a3', preferences: ['q'] },
    ],
    posts: [
      { id: 'p', capacity: 1, ranking: ['a1', 'a2'] },
      { id: 'q', capacity: 1, ranking: ['a1'] },
    ],
  }
  const kinds = (assignments: Assignments) =>
    check(instance, assignments).violations.map((one) => Object.values(one).join(' '))

  test('every violation by its name, ordered by person and post', ({ assert }) => {
    assert.deepEqual(kinds({ a1: 'p', a2: 'p' }), ['over_capacity  p'])
    assert.deepEqual(kinds({ a1: 'x' }), ['unknown_post a1 x'])
    assert.deepEqual(kinds({ b: 'p' }), ['unknown_applicant b p'])
    assert.deepEqual(kinds({ a3: 'q' }), ['not_ranked a3 q'])
    assert.deepEqual(kinds({ a2: 'q' }), ['not_listed a2 q', 'not_ranked a2 q'])
  })

  test('a seat of somebody who may not sit there is wanted by everybody who may', ({ assert }) => {
    const { blockingPairs } = check(instance, { a3: 'q', a2: 'p' })
    assert.deepEqual(blockingPairs, [
      { applicant: 'a1', post: 'p' },
      { applicant: 'a1', post: 'q' },
    ])
  })

  test('who did not list the post, or is no applicant, counts by its ranking', ({ assert }) => {
    const given: MatchingInstance = {
      applicants: [
        { id: 'a1', preferences: ['p'] },
        { id: 'a2', preferences: ['nowhere', 'p'] },
        { id: 'a3', preferences: [] },
      ],
      posts: [{ id: 'p', capacity: 1, ranking: ['x', 'a1', ['a2', 'a3']] }],
    }
    const blockers = (assignments: Assignments) =>
      check(given, assignments).blockingPairs.map(({ applicant }) => applicant)
    assert.deepEqual(blockers({ x: 'p' }), [])
    assert.deepEqual(blockers({ stranger: 'p' }), ['a1', 'a2'])
    assert.deepEqual(blockers({ a3: 'p' }), ['a1'])
    assert.deepEqual(check(given, { a3: 'p' }).violations, [
      { kind: 'not_listed', applicant: 'a3', post: 'p' },
    ])
    assert.deepEqual(blockers({ a2: 'nowhere' }), ['a1'])
  })

  test('a cap over posts: over it, and who wants in', ({ assert }) => {
    const unit: MatchingInstance = {
      applicants: [
        { id: 'a1', preferences: ['y', 'x'] },
        { id: 'a2', preferences: ['x'] },
      ],
      posts: [
        { id: 'x', capacity: 1, group: 'g' },
        { id: 'y', capacity: 1, group: 'g' },
      ],
      groups: [{ id: 'g', capacity: 1, ranking: ['a2', 'a1'] }],
    }
    assert.deepEqual(check(unit, { a1: 'y', a2: 'x' }).violations, [
      { kind: 'group_over_capacity', applicant: '', post: 'g' },
    ])
    assert.deepEqual(check(unit, { a1: 'y' }).blockingPairs, [{ applicant: 'a2', post: 'x' }])
    assert.deepEqual(check(unit, { a1: 'x' }).blockingPairs, [
      { applicant: 'a1', post: 'y' },
      { applicant: 'a2', post: 'x' },
    ])
    assert.isTrue(check(unit, { a2: 'x' }).stable)
  })

  test('a tie blocks nothing unless it is broken', ({ assert }) => {
    const tied: MatchingInstance = {
      applicants: ['a1', 'a2'].map((id) => ({ id, preferences: ['p'] })),
      posts: [{ id: 'p', capacity: 1, ranking: [['a1', 'a2']] }],
    }
    assert.isTrue(check(tied, { a1: 'p' }).stable)
    assert.isTrue(check(tied, { a2: 'p' }).stable)
    const tieBreak = { order: ['a2'] }
    assert.deepEqual(check({ ...tied, tieBreak }, { a1: 'p' }).blockingPairs, [
      { applicant: 'a2', post: 'p' },
    ])
  })

  test('in a tie that is broken: the order before the lot, a name where it stands first', ({
    assert,
  }) => {
    const names = ['a1', 'a2', 'a3', 's1', 's2']
    const blockers = (tieBreak: MatchingInstance['tieBreak'], seated: string[]) => {
      const posts = ['p', 'q'].map((id) => ({ id, capacity: 1, ranking: [names] }))
      const applicants = names
        .filter((id) => id.startsWith('a') && !seated.includes(id))
        .map((id) => ({ id, preferences: ['p', 'q'] }))
      const given = Object.fromEntries(seated.map((id, at) => [id, posts[at].id]))
      const { blockingPairs } = check({ applicants, posts, tieBreak }, given)
      return blockingPairs.map(({ applicant, post }) => `${applicant} ${post}`)
    }
    const order = ['a2', 's1', 'a2', 'a1', 's1', 's2']
    assert.deepEqual(blockers({ order }, ['s1', 's2']), ['a1 q', 'a2 p', 'a2 q'])
    assert.deepEqual(blockers({ order }, ['s2', 's1']), ['a1 p', 'a2 p', 'a2 q'])
    for (const seed of ['', '20220301']) {
      const lot = (id: string) => hash('sha256', `${seed}\n${id}`)
      for (const seated of names) {
        const before = names.filter((id) => id.startsWith('a') && lot(id) < lot(seated))
        const found = blockers({ seed }, [seated]).filter((pair) => pair.endsWith('p'))
        assert.deepEqual(
          found,
          before.map((id) => `${id} p`)
        )
      }
    }
  })

  test('what is found is ordered by person and post, however the file orders them', ({
    assert,
  }) => {
    const preferences = ['q', 'p']
    const unordered: MatchingInstance = {
      applicants: ['b', 'c', 'a'].map((id) => ({ id, preferences })),
      posts: ['q', 'p'].map((id) => ({ id, capacity: 0, group: 'r' })),
      groups: [{ id: 'r', capacity: 0, ranking: ['b', 'a', 'c'] }],
    }
    const found = check(unordered, { z: 'x', c: 'q', b: 'x', a: 'p' })
    assert.deepEqual(
      found.violations.map((one) => Object.values(one).join(' ')),
      [
        'over_capacity  p',
        'over_capacity  q',
        'group_over_capacity  r',
        'unknown_post b x',
        'unknown_applicant z x',
      ]
    )
    const pairs = found.blockingPairs.map(({ applicant, post }) => `${applicant} ${post}`)
    assert.deepEqual(pairs, ['a q', 'b p', 'b q'])
  })

  test('what is no place is none; what is no result is refused', ({ assert }) => {
    const empty = { a1: null, a2: 7, b: null } as unknown as Assignments
    assert.deepEqual(check(instance, empty), check(instance, {}))
    assert.deepEqual(kinds({ b: 7 } as unknown as Assignments), ['unknown_applicant b 7'])
    assert.deepEqual(kinds({ b: 'nowhere' }), ['unknown_applicant b nowhere'])
    for (const none of [null, undefined, 'p', 7]) {
      assert.throws(() => check(instance, none as never), 'check: is not an object')
    }
  })

  test('who is given what is no post would rather have all that stands before it', ({ assert }) => {
    const wishes = { id: 'a', preferences: ['p', 'nowhere', 'q'] }
    const given: MatchingInstance = {
      applicants: [wishes, { id: 'b', preferences: ['q'] }],
      posts: ['p', 'q'].map((id) => ({ id, capacity: 1, ranking: ['a', 'b'] })),
    }
    const pairs = (post: string) =>
      check(given, { a: post }).blockingPairs.map((pair) => Object.values(pair).join(' '))
    assert.deepEqual(pairs('nowhere'), ['a p', 'b q'])
    assert.deepEqual(pairs('elsewhere'), ['a p', 'a q', 'b q'])
  })

  test('a stranger who stands twice in a ranking counts where the name stands first', ({
    assert,
  }) => {
    const given: MatchingInstance = {
      applicants: [{ id: 'a', preferences: ['p'] }],
      posts: [{ id: 'p', capacity: 1, ranking: ['x', 'a', 'x'] }],
    }
    assert.deepEqual(check(given, { x: 'p' }).blockingPairs, [])
  })

  test('strangers count by the ranking of their own post or group', ({ assert }) => {
    const given: MatchingInstance = {
      applicants: [{ id: 'a', preferences: ['x', 'p'] }],
      posts: [
        { id: 'x', capacity: 1, group: 'h' },
        { id: 'p', capacity: 1, ranking: ['t', 'a'] },
      ],
      groups: [
        { id: 'g', capacity: 1, ranking: [] },
        { id: 'h', capacity: 1, ranking: ['s', 'a'] },
      ],
    }
    assert.deepEqual(check(given, { s: 'x', t: 'p' }).blockingPairs, [])
  })
})
