import { test } from '@japa/runner'
import type { QuotaBalances } from '#organization/domain/quota_accounts'
import { checkBatchFacts } from '#transfers/domain/check_batch'
import { checkCapacity, totalKey, type CapacityFacts } from '#transfers/domain/check_capacity'
import { checkLine, type LineContext, type LineFacts } from '#transfers/domain/check_line'
import { verdictOf, waitsForDecision } from '#transfers/domain/findings'
import { contextOf, factsOf, lineOf, seatsOf } from './samples.js'

const codes = (facts: LineFacts, context: LineContext = contextOf()) =>
  checkLine(facts, context).map(({ code }) => code)

test.group('Checks of a line', () => {
  test('a line in order is told nothing', ({ assert }) => {
    assert.deepEqual(checkLine(factsOf(), contextOf()), [])
    assert.equal(verdictOf([]), 'ok')
  })

  const now = factsOf().now!
  const post = factsOf().post!
  const cases: [string, LineFacts, string[]][] = [
    [
      'to the same unit',
      factsOf({ line: { toUnitId: 1 } }),
      ['same_unit', 'department_other_unit', 'post_other_unit'],
    ],
    ['assignment ended', factsOf({ now: null }), ['assignment_changed']],
    ['in another unit now', factsOf({ now: { ...now, unitId: 9 } }), ['assignment_changed']],
    [
      'promoted since',
      factsOf({ now: { ...now, grade: 'professional_9' } }),
      ['assignment_changed'],
    ],
    [
      'funding changed',
      factsOf({ now: { ...now, fundingType: 'partial' } }),
      ['assignment_changed'],
    ],
    ['in another open batch', factsOf({ otherBatch: '划转〔2022〕1号' }), ['other_batch']],
    ['held by an import', factsOf({ holds: [{ id: 4, code: 'held:4' }] }), ['held']],
    [
      'assignment starts after the date',
      factsOf({ now: { ...now, validFrom: '2022-03-02' } }),
      ['starts_later'],
    ],
    [
      'other employment',
      factsOf({ line: { toEmploymentType: 'enterprise' } }),
      ['employment_changes', 'post_employment'],
    ],
    ['above the quota', factsOf({ now: { ...now, overQuota: true } }), ['over_quota']],
    [
      'without a grade',
      factsOf({ line: { grade: null, category: null }, now: { ...now, grade: null } }),
      ['grade_missing', 'grade_unfit'],
    ],
    ['no post yet', factsOf({ post: null, departmentUnitId: null }), ['post_missing']],
    ['post of a third unit', factsOf({ post: { ...post, unitId: 9 } }), ['post_other_unit']],
    ['post has ended', factsOf({ post: { ...post, open: false } }), ['post_closed']],
    [
      'post for contract staff',
      factsOf({ post: { ...post, employmentType: 'contract' } }),
      ['post_employment'],
    ],
    [
      'grade outside the post',
      factsOf({ post: { ...post, range: { top: 'management_7', bottom: 'management_9' } } }),
      ['grade_unfit'],
    ],
    [
      'retires before',
      factsOf({ person: { birthOn: '1962-01-15', sex: 'male', retirementKind: null } }),
      ['retires_before'],
    ],
    [
      'a worker of fifty',
      factsOf({ person: { birthOn: '1971-06-01', sex: 'female', retirementKind: 'worker' } }),
      ['retires_before'],
    ],
    [
      'a cadre of fifty',
      factsOf({ person: { birthOn: '1971-06-01', sex: 'female', retirementKind: null } }),
      [],
    ],
    [
      'seats alone ask for no post',
      factsOf({ line: seatsOf(3), now: null, person: null, post: null, departmentUnitId: null }),
      [],
    ],
  ]
  for (const [title, facts, expected] of cases) {
    test(`${title}: ${expected.join(', ') || 'nothing'}`, ({ assert }) => {
      assert.deepEqual(codes(facts), expected)
    })
  }

  test('retirement and a missing post are warnings, the rest stops the line', ({ assert }) => {
    const facts = factsOf({ post: null, departmentUnitId: null })
    assert.equal(verdictOf(checkLine(facts, contextOf())), 'warning')
    const held = checkLine(factsOf({ holds: [{ id: 4, code: 'held:4' }] }), contextOf())
    assert.equal(verdictOf(held), 'blocked')
    assert.isTrue(waitsForDecision(held))
    assert.isFalse(waitsForDecision(checkLine(factsOf({ now: null }), contextOf())))
  })
})

test.group('Missing decisions', () => {
  const commercial = { now: { ...factsOf().now!, postNature: 'commercial' as const } }

  test('stop commercial establishment staff by name until decided', ({ assert }) => {
    const [finding] = checkLine(factsOf(commercial), contextOf())
    assert.equal(finding.code, 'decision_missing')
    assert.equal(finding.params.decision, 'commercial_establishment_staff')
    assert.equal(finding.wayOut, 'split')
  })

  test('once decided the line needs a post without business', ({ assert }) => {
    const context = contextOf({
      decided: new Map([['commercial_establishment_staff', { unitId: null, toCompany: false }]]),
    })
    assert.deepEqual(codes(factsOf(commercial), context), [])
    assert.deepEqual(codes(factsOf({ ...commercial, post: null }), context), [
      'commercial_post_needed',
      'post_missing',
    ])
    const business = { ...factsOf().post!, nature: 'commercial' as const }
    assert.deepEqual(codes(factsOf({ ...commercial, post: business }), context), [
      'commercial_post_needed',
    ])
  })

  test('a decision for the company does not let them go to the centre', ({ assert }) => {
    const context = contextOf({
      decided: new Map([['commercial_establishment_staff', { unitId: null, toCompany: true }]]),
    })
    assert.deepEqual(codes(factsOf(commercial), context), ['decision_elsewhere'])
  })

  test('do not ask about business in a company or about contract staff', ({ assert }) => {
    assert.deepEqual(codes(factsOf(commercial), contextOf({ enterprises: new Set([2]) })), [])
  })

  test('stop people and seats of the unit that the plan forgot', ({ assert }) => {
    const context = contextOf({ undecidedUnits: new Set([1]) })
    assert.deepEqual(codes(factsOf(), context), ['decision_missing'])
    const seats = factsOf({ line: seatsOf(2), now: null, post: null, departmentUnitId: null })
    assert.deepEqual(codes(seats, context), ['decision_missing'])
    const decided = contextOf({
      ...context,
      decided: new Map([['opinion_centre_establishment_staff', { unitId: 3, toCompany: false }]]),
    })
    assert.deepEqual(codes(factsOf(), decided), ['decision_elsewhere'])
  })
})

test.group('Checks of seats and places', () => {
  const balances: QuotaBalances = new Map([
    ['1/full/professional/filled', 2],
    ['1/full/professional/vacant', 3],
    ['2/full/professional/vacant', 1],
    ['2/full/management/vacant', 1],
  ])
  const facts = (changes: Partial<CapacityFacts> = {}): CapacityFacts => ({
    balances,
    approvedTotals: new Map(),
    posts: new Map(),
    ...changes,
  })
  const withSeat = (id: number, changes = {}) => ({
    ...lineOf(changes),
    id,
    seatCategory: 'professional' as const,
  })
  const said = (lines: Parameters<typeof checkCapacity>[0], capacity = facts()) =>
    [...checkCapacity(lines, capacity)].flatMap(([id, found]) =>
      found.map(({ code }) => `${id} ${code}`)
    )

  test('a person without a filled seat is named, the others are not', ({ assert }) => {
    assert.deepEqual(said([withSeat(1), withSeat(2), withSeat(3)]), ['3 quota_missing'])
  })

  test('more vacant seats than there are', ({ assert }) => {
    const seats = (id: number, quantity: number) => ({
      ...seatsOf(quantity),
      id,
      seatCategory: null,
    })
    assert.deepEqual(said([seats(1, 3)]), [])
    assert.deepEqual(said([seats(1, 2), seats(2, 2)]), ['2 vacant_missing'])
  })

  test('people without their seat need a vacancy; another category is a warning', ({ assert }) => {
    const line = (id: number) => withSeat(id, { kind: 'person_without_quota' })
    assert.deepEqual(said([line(1), line(2), line(3)]), ['2 category_exceeded', '3 no_room'])
  })

  test('seats beyond the approved total', ({ assert }) => {
    const approvedTotals = new Map([[totalKey(2, 'full'), 3]])
    assert.deepEqual(said([withSeat(1), withSeat(2)], facts({ approvedTotals })), [
      '2 above_target',
    ])
  })

  test('more people than a post has places', ({ assert }) => {
    const posts = new Map([[7, { name: '编辑', free: 1, announced: null }]])
    assert.deepEqual(said([withSeat(1), withSeat(2)], facts({ posts })), ['2 headcount_full'])
    const open = new Map([[7, { name: '编辑', free: null, announced: null }]])
    assert.deepEqual(said([withSeat(1), withSeat(2)], facts({ posts: open })), [])
  })

  test('a post whose last places a recruitment plan holds: the plan is named', ({ assert }) => {
    const announced = { places: 3, by: ['ZP2022-0001', 'ZP2022-0002'] }
    const posts = new Map([[7, { name: '编辑', free: 1, announced }]])
    const [finding] = checkCapacity([withSeat(1), withSeat(2)], facts({ posts })).get(2)!
    assert.equal(finding.code, 'headcount_announced')
    const by = 'ZP2022-0001、ZP2022-0002'
    assert.deepEqual(finding.params, { post: '编辑', free: 1, announced: 3, by })
  })
})

test.group('Checks of the batch', () => {
  test('document, lines, freeze and dissolved targets are asked for', ({ assert }) => {
    const facts = { lineCount: 1, documentId: 3, freeze: null, dissolvedTargets: [] }
    assert.deepEqual(checkBatchFacts(facts), [])
    const found = checkBatchFacts({
      lineCount: 0,
      documentId: null,
      freeze: { code: 'discipline.rules.staff', params: { from: '2022-01-01' } },
      dissolvedTargets: ['报社'],
    })
    assert.deepEqual(
      found.map(({ code }) => code),
      ['no_lines', 'no_document', 'frozen', 'target_dissolved']
    )
    assert.equal(found[2].params.rule, 'discipline.rules.staff')
  })
})
