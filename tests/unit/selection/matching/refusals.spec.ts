import { test } from '@japa/runner'
import { readMarket } from '#selection/domain/matching/read_market'
import { MatchingError } from '#selection/domain/matching/types'

const person = { id: 'a1', preferences: ['p'] }
const post = { id: 'p', capacity: 1, ranking: ['a1'] }
const group = { id: 'g', capacity: 1, ranking: [] }
const [NO_COUNT, NO_LIST, NO_TEXT] = [
  'is not a whole number from 0',
  'is not a list',
  'is not a text',
]
const TWICE = '"a1" stands twice'

const people = (...applicants: unknown[]) => ({ applicants, posts: [] })
const posts = (...list: unknown[]) => ({ applicants: [person], posts: list })
const groups = (list: unknown) => ({ applicants: [], posts: [], groups: list })
const tieBreak = (rule: unknown) => ({ applicants: [], posts: [], tieBreak: rule })

/** What is refused, as text where JSON.stringify would not write it. */
const REFUSED: [string, unknown][] = [
  ['not a JSON object', []],
  ['not a JSON object', 7],
  [`applicants: ${NO_LIST}`, { posts: [] }],
  [`applicants: ${NO_LIST}`, { applicants: {}, posts: [] }],
  ['applicants: stands twice', '{"applicants":[],"posts":[],"applicants":[]}'],
  ['applicants[0]: is not an object', people(null)],
  [`applicants[0].id: ${NO_TEXT}`, people({ preferences: [] })],
  [`applicants[0].id: ${NO_TEXT}`, people({ id: '', preferences: [] })],
  [`applicants[0].id: ${NO_TEXT}`, people({})],
  [`applicants[1].id: ${NO_TEXT}`, people(person, { id: 7, preferences: [] })],
  [`applicants[1].id: ${TWICE}`, people(person, person)],
  [
    `applicants[1].id: ${TWICE}`,
    '{"applicants":[{"id":"a1","preferences":[]},{"id":"\\u00611","preferences":[]}],"posts":[]}',
  ],
  [
    'applicants[0].id: stands twice',
    '{"applicants":[{"id":"a","preferences":[],"i\\u0064":"b"}],"posts":[]}',
  ],
  [`applicants[0].preferences: ${NO_LIST}`, people({ id: 'a1' })],
  [`applicants[0].preferences: ${NO_LIST}`, people({ id: 'a1', preferences: 'p' })],
  [`applicants[1].preferences: ${NO_LIST}`, people(person, { id: 'a2' })],
  [`applicants[0].preferences[1]: ${NO_TEXT}`, people({ id: 'a1', preferences: ['p', 7] })],
  [`posts: ${NO_LIST}`, { applicants: [] }],
  ['posts[0]: is not an object', posts(['p'])],
  [`posts[0].id: ${NO_TEXT}`, posts({ capacity: 1, ranking: [] })],
  [`posts[0].id: ${NO_TEXT}`, posts({ ...post, id: null })],
  ['posts[1].id: "p" stands twice', posts(post, post)],
  ['posts[0].capacity: stands twice', '{"posts":[{"id":"p","capacity":1,"capacity":1}]}'],
  [`posts[0].capacity: ${NO_COUNT}`, posts({ id: 'p', ranking: [] })],
  [`posts[0].capacity: ${NO_COUNT}`, posts({ ...post, capacity: 1.5 })],
  [`posts[0].capacity: ${NO_COUNT}`, posts({ ...post, capacity: '1' })],
  [`posts[1].minimum: ${NO_COUNT}`, posts(post, { ...post, minimum: -1 })],
  [`posts[0].ranking: ${NO_LIST}`, posts({ id: 'p', capacity: 1 })],
  [`posts[0].ranking: ${NO_LIST}`, posts({ ...post, ranking: 'a1' })],
  [`posts[0].ranking[1]: ${TWICE}`, posts({ ...post, ranking: ['a1', 'a1'] })],
  [`posts[0].ranking[0]: ${TWICE}`, posts({ ...post, ranking: [['a1', 'a1']] })],
  ...[[[['a1']]], [['a1', {}]], [7]].map((ranking): [string, unknown] => [
    'posts[0].ranking[0]: is neither a text nor a list of texts',
    posts({ ...post, ranking }),
  ]),
  ['posts[0].group: "g" is no group', posts({ id: 'p', capacity: 1, group: 'g' })],
  ['posts[0].group: "7" is no group', posts({ id: 'p', capacity: 1, group: 7 })],
  [
    'posts[0].ranking: "p" goes by the ranking of its group "g"',
    { applicants: [], posts: [{ ...post, group: 'g' }], groups: [group] },
  ],
  [`groups: ${NO_LIST}`, groups(null)],
  ['groups[0]: is not an object', groups(['g'])],
  [`groups[0].id: ${NO_TEXT}`, groups([{ capacity: 1, ranking: [] }])],
  ['groups[1].id: "g" stands twice', groups([group, group])],
  [`groups[0].capacity: ${NO_COUNT}`, groups([{ ...group, capacity: -1 }])],
  [`groups[0].ranking: ${NO_LIST}`, groups([{ id: 'g', capacity: 1 }])],
  [
    `groups[0].ranking[0]: ${TWICE}`,
    {
      applicants: [person],
      posts: [{ id: 'p', capacity: 1, group: 'g' }],
      groups: [{ ...group, ranking: [['a1', 'a1']] }],
    },
  ],
  ['tieBreak: is not an object', tieBreak(null)],
  ['tieBreak: is not an object', tieBreak(7)],
  [`tieBreak.seed: ${NO_TEXT}`, tieBreak({ seed: 7 })],
  ['tieBreak.order: is not a list of texts', tieBreak({ order: 'a1' })],
  ['tieBreak.order: is not a list of texts', tieBreak({ order: ['a1', 7] })],
]

test.group('Matching, refusals', () => {
  test('refused with its place: {0}')
    .with(REFUSED)
    .run(({ assert }, [message, instance]) => {
      const text = typeof instance === 'string' ? instance : JSON.stringify(instance)
      try {
        readMarket(text)
      } catch (error) {
        assert.instanceOf(error, MatchingError)
        assert.equal((error as Error).message, message)
        return
      }
      assert.fail('it was read')
    })

  test('no JSON, wherever the fault stands: {0}')
    .with([
      '{"applicants":[],"posts":[]} 7',
      '{"applicants":[],"posts":[]}}',
      '{"applicants":[] "posts":[]}',
      '{"applicants":[];"posts":[]}',
      '{"applicants":[{"id":"a" "preferences":[]}],"posts":[]}',
      '{"applicants":[{"id":"a","preferences":["p" "q"]}],"posts":[]}',
      '{"applicants":[{"id":"a","preferences":["p";"q"]}],"posts":[]}',
      '{"applicants":[{"id":"a","preferences":["p","q"}],"posts":[]}',
      '{"applicants":[{"id":"a","preferences":[]} {}],"posts":[]}',
      '{"applicants":[],"posts":[],}',
      '{"applicants":[],"posts":[]',
      '{"applicants":[],"posts":[{"id":"p","capacity":1,"ranking":["a" "b"]}]}',
    ])
    .run(({ assert }, text) => {
      assert.throws(() => readMarket(text), SyntaxError)
    })
})
