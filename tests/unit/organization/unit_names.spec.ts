import { test } from '@japa/runner'
import { headcountFigures, totalHeadcount } from '#organization/domain/headcount'
import { resolveUnitName, type UnitNameRow } from '#organization/domain/unit_names'

const row = (
  unitId: number,
  name: string,
  kind: UnitNameRow['kind'],
  validFrom: string | null = null,
  validTo: string | null = null
): UnitNameRow => ({ unitId, name, kind, validFrom, validTo })

const NAMES = [
  row(1, '广播电视台', 'legal', '1990-01-01', '2022-04-01'),
  row(1, '市广播电视台', 'alias', '1990-01-01', '2022-04-01'),
  row(2, '融媒体中心', 'legal', '2022-02-20'),
  row(2, '广播电视台', 'additional', '2022-02-20'),
  row(3, '新闻网络舆情中心', 'legal'),
  row(3, '舆情中心', 'alias'),
  row(4, '报社', 'legal'),
  row(5, '日报社(旧)', 'legal', null, '2010-01-01'),
  row(6, '文化中心', 'alias'),
  row(7, '文化中心', 'alias'),
  row(8, '市政务服务中心', 'legal'),
  row(9, '政务服务中心', 'alias'),
]

test.group('name of a unit', () => {
  test('{name} on {date} is unit {unitId}')
    .with([
      { name: '广播电视台', date: '2022-01-10', unitId: 1 },
      { name: '广播电视台', date: '2022-03-01', unitId: 1, why: 'the legal name wins' },
      { name: '广播电视台', date: '2022-04-01', unitId: 2, why: 'the end is not included' },
      { name: '市广播电视台', date: '2022-01-10', unitId: 1 },
      { name: '市广播电视台', date: '2022-06-01', unitId: 2, why: '市 is left out' },
      { name: '舆情中心', date: '2022-01-10', unitId: 3 },
      { name: ' 舆情　中心：', date: '2022-01-10', unitId: 3 },
      { name: '市报社', date: '2022-01-10', unitId: 4 },
      { name: '日报社（旧）', date: '2009-12-31', unitId: 5 },
      { name: '日报社〔旧〕', date: '2009-12-31', unitId: 5 },
      { name: '政务服务中心', date: '2022-01-10', unitId: 9, why: 'as written comes first' },
      { name: '市政务服务中心', date: '2022-01-10', unitId: 8 },
    ])
    .run(({ assert }, { name, date, unitId }) => {
      const result = resolveUnitName(name, date, NAMES)
      assert.deepInclude(result, { status: 'found', unitId })
    })

  test('that two units bear is asked, with both', ({ assert }) => {
    const result = resolveUnitName('文化中心', '2022-01-10', NAMES)
    assert.equal(result.status, 'ambiguous')
    if (result.status === 'ambiguous') {
      assert.deepEqual(
        result.candidates.map(({ unitId }) => unitId),
        [6, 7]
      )
    }
  })

  test('of one unit twice is no question', ({ assert }) => {
    const twice = [row(1, '报社', 'alias'), row(1, '报 社', 'alias')]
    assert.deepInclude(resolveUnitName('报社', '2022-01-10', twice), { status: 'found', unitId: 1 })
  })

  test('that nobody bears is unknown; who bore it at another time is shown', ({ assert }) => {
    assert.deepEqual(resolveUnitName('外宣中心', '2022-01-10', NAMES), {
      status: 'unknown',
      otherDates: [],
    })
    assert.deepEqual(resolveUnitName(' ', '2022-01-10', NAMES), {
      status: 'unknown',
      otherDates: [],
    })
    const result = resolveUnitName('融媒体中心', '2021-12-31', NAMES)
    assert.equal(result.status, 'unknown')
    if (result.status === 'unknown') assert.equal(result.otherDates[0].unitId, 2)
  })
})

test.group('headcount', () => {
  test('{headcount} with {held} held and {claimed} claimed: {free} free, {over} over')
    .with([
      { headcount: 10, held: 7, claimed: 1, free: 2, over: 0 },
      { headcount: 10, held: 10, claimed: 2, free: 0, over: 2 },
      { headcount: 0, held: 0, claimed: 0, free: 0, over: 0 },
      { headcount: null, held: 4, claimed: 1, free: null, over: 0 },
    ])
    .run(({ assert }, { headcount, held, claimed, free, over }) => {
      assert.deepEqual(headcountFigures(headcount, held, claimed), {
        headcount,
        held,
        claimed,
        free,
        over,
      })
    })

  test('of several posts does not hide an excess behind free seats', ({ assert }) => {
    const posts = [headcountFigures(10, 7), headcountFigures(2, 3, 1)]
    assert.deepEqual(totalHeadcount(posts), {
      headcount: 12,
      held: 10,
      claimed: 1,
      free: 3,
      over: 2,
    })
    assert.deepInclude(totalHeadcount([...posts, headcountFigures(null, 1)]), {
      headcount: null,
      free: null,
      held: 11,
    })
  })
})
