import { test } from '@japa/runner'
import { buildLines, mappedNames } from '#transfers/domain/build_lines'
import { contentHash } from '#transfers/domain/content'
import { paidMonths } from '#transfers/domain/paid_months'
import { lineOf, personOf, postOf } from './samples.js'

const rule = { toUnitId: 2, effectiveOn: '2022-03-01', withQuota: true }

test.group('Lines of a rule', () => {
  test('people come with their seats and posts, vacant seats after them', ({ assert }) => {
    const lines = buildLines(
      rule,
      [
        personOf(),
        personOf({ personId: 11, assignmentId: 21, grade: 'management_7', postName: '台长' }),
      ],
      [
        { unitId: 1, fundingType: 'partial', category: 'management', vacant: 2 },
        { unitId: 1, fundingType: 'full', category: 'support', vacant: 1 },
        { unitId: 1, fundingType: 'full', category: 'management', vacant: 0 },
      ],
      [postOf()]
    )
    assert.deepEqual(
      lines.map((line) => [
        line.kind,
        line.toPostId,
        line.fundingType,
        line.category,
        line.quantity,
      ]),
      [
        ['person_with_quota', 7, 'full', 'professional', 1],
        ['person_with_quota', null, 'full', 'management', 1],
        ['quota_only', null, 'full', 'support', 1],
        ['quota_only', null, 'partial', 'management', 2],
      ]
    )
    assert.deepEqual([lines[0].paidThrough, lines[0].paidFrom], ['2022-02', '2022-03'])
  })

  test('the category is the series of the grade, not that of the seat or the post', ({
    assert,
  }) => {
    const [line] = buildLines(
      rule,
      [personOf({ grade: 'support_ordinary', quotaCategory: 'professional' })],
      [],
      []
    )
    assert.equal(line.category, 'support')
  })

  test('contract staff come without a seat, also by a rule that takes seats along', ({
    assert,
  }) => {
    const [line] = buildLines(
      rule,
      [personOf({ employmentType: 'contract', fundingType: null, grade: null })],
      [],
      [postOf()]
    )
    assert.deepEqual(
      [line.kind, line.category, line.toPostId],
      ['person_without_quota', null, null]
    )
  })

  test('a full post is passed over for the next that fits', ({ assert }) => {
    const posts = [postOf({ free: 1 }), postOf({ id: 8, departmentId: 6, free: null })]
    const people = [1, 2, 3].map((id) => personOf({ personId: id, assignmentId: id }))
    assert.deepEqual(
      buildLines(rule, people, [], posts).map(({ toPostId }) => toPostId),
      [7, 8, 8]
    )
  })

  test('a post whose grades fit goes before one whose grades do not', ({ assert }) => {
    const posts = [
      postOf({ gradeTop: 'management_7', gradeBottom: 'management_9' }),
      postOf({ id: 8, free: 0 }),
    ]
    assert.equal(buildLines(rule, [personOf()], [], posts)[0].toPostId, 8)
  })

  test('对应原岗位 is read as offices write it', ({ assert }) => {
    assert.deepEqual(mappedNames('记者、 编辑；摄像/后期'), ['记者', '编辑', '摄像', '后期'])
    assert.deepEqual(mappedNames(null), [])
  })
})

test.group('The month of a move', () => {
  const cases: [string, string, string][] = [
    ['2022-03-01', '2022-02', '2022-03'],
    ['2022-03-02', '2022-03', '2022-04'],
    ['2022-03-31', '2022-03', '2022-04'],
    ['2022-01-01', '2021-12', '2022-01'],
    ['2022-12-15', '2022-12', '2023-01'],
  ]
  for (const [effectiveOn, through, from] of cases) {
    test(`${effectiveOn}: old unit to ${through}, new unit from ${from}`, ({ assert }) => {
      assert.deepEqual(paidMonths(effectiveOn), { paidThrough: through, paidFrom: from })
    })
  }
})

test.group('The content that signatures stand for', () => {
  const heading = { title: '划转', documentId: 3, effectiveOn: '2022-03-01', reversesId: null }

  test('is the same for the same lines whatever their row ids', ({ assert }) => {
    const other = { ...lineOf(), id: 99, lineNo: 4 }
    assert.equal(contentHash(heading, [lineOf()]), contentHash(heading, [other]))
  })

  test('changes with a post, a month, the order and the heading', ({ assert }) => {
    const [a, b] = [lineOf(), lineOf({ personId: 11 })]
    const hashes = [
      contentHash(heading, [a, b]),
      contentHash(heading, [b, a]),
      contentHash(heading, [a]),
      contentHash(heading, [lineOf({ toPostId: 8 }), b]),
      contentHash(heading, [lineOf({ paidFrom: '2022-04' }), b]),
      contentHash({ ...heading, effectiveOn: '2022-04-01' }, [a, b]),
    ]
    assert.lengthOf(new Set(hashes), hashes.length)
  })
})
