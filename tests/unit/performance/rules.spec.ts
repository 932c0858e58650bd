import { test } from '@japa/runner'
import fc from 'fast-check'
import { combine } from '#performance/domain/combine'
import { consequencesOf } from '#performance/domain/consequences'
import { areLevels, coefficientOf, FACTOR_NAMES, type Levels } from '#performance/domain/evaluation'
import { periodName, periodOf } from '#performance/domain/periods'
import {
  excellentCap,
  lastDayOf,
  standingOf,
  type Leave,
  type Service,
} from '#performance/domain/population'
import { schemeFor } from '#performance/domain/scheme_choice'
import {
  DEFAULT_FORMULA,
  formulaProblems,
  INDICATOR_TYPES,
  isVetoed,
  scoreOf,
  weightsAddUp,
  type ScoreItem,
} from '#performance/domain/score'
import { isRemarkable, spreadOf } from '#performance/domain/spread'
import { suggestedRatings } from '#performance/domain/suggestions'
import { weightOf, weightText } from '#performance/domain/weights'
import { Exact } from '#shared/formulas/formula'

const YEAR = { from: '2022-01-01', to: '2023-01-01' }
const service = (from: string, to: string | null, unitId = 1): Service => ({
  from,
  to,
  unitId,
  unitName: `单位${unitId}`,
  employmentType: 'establishment',
})
const codes = (services: Service[], leaves: Leave[] = [], leader = false) => {
  const { outlook, inBase, cases } = standingOf('year', YEAR, services, leaves, leader)
  return [outlook, inBase, cases.map(({ code }) => code)]
}

test.group('Who is reviewed how, by the rules', () => {
  for (const [name, services, leaves, leader, expected] of [
    ['all year', [service('2020-01-01', null)], [], false, ['graded', true, []]],
    ['a leader', [service('2020-01-01', null)], [], true, ['leader', false, ['leader']]],
    [
      'moved in a merger: months count together',
      [service('2020-01-01', '2022-09-01'), service('2022-09-01', null, 2)],
      [],
      false,
      ['graded', true, ['moved']],
    ],
    [
      'joined with half a year',
      [service('2022-07-02', null)],
      [],
      false,
      ['graded', true, ['joined']],
    ],
    [
      'joined with a day less',
      [service('2022-07-03', null)],
      [],
      false,
      ['comment_only', true, ['joined', 'short_service']],
    ],
    ['left', [service('2020-01-01', '2022-11-01')], [], false, ['left', false, ['left']]],
    [
      'sick above half a year',
      [service('2020-01-01', null)],
      [{ type: 'sick', from: '2022-01-01', to: '2022-08-01' }],
      false,
      ['undetermined', true, ['long_leave', 'leave_over_half']],
    ],
    [
      'sick for half a year, not a day above it',
      [service('2020-01-01', null)],
      [{ type: 'sick', from: '2022-01-01', to: '2022-07-03' }],
      false,
      ['graded', true, ['long_leave']],
    ],
    [
      'sick and personal leave count together, a day above half a year',
      [service('2020-01-01', null)],
      [
        { type: 'sick', from: '2022-01-01', to: '2022-05-01' },
        { type: 'personal', from: '2022-09-01', to: '2022-11-04' },
      ],
      false,
      ['undetermined', true, ['long_leave', 'long_leave', 'leave_over_half']],
    ],
    [
      'of a leave over the turn of the year only the days inside',
      [service('2020-01-01', null)],
      [{ type: 'sick', from: '2021-05-01', to: '2022-02-01' }],
      false,
      ['graded', true, ['long_leave']],
    ],
    [
      'a leave of another year says nothing',
      [service('2020-01-01', null)],
      [{ type: 'sick', from: '2021-02-01', to: '2022-01-01' }],
      false,
      ['graded', true, []],
    ],
    [
      'services in whatever order',
      [service('2022-09-01', null, 2), service('2020-01-01', '2022-09-01')],
      [],
      false,
      ['graded', true, ['moved']],
    ],
    [
      'maternity however long',
      [service('2020-01-01', null)],
      [{ type: 'maternity', from: '2022-01-01', to: '2022-12-31' }],
      false,
      ['graded', true, ['maternity']],
    ],
  ] as const) {
    test(name, ({ assert }) => {
      assert.deepEqual(codes([...services], [...leaves] as Leave[], leader), [...expected] as any)
    })
  }

  test('a roster that was made after the year says so, one from within it does not', ({
    assert,
  }) => {
    const known = (roster: string) => [{ ...service('2010-07-01', null), roster }]
    assert.deepEqual(codes(known('2023-02-01')), ['graded', true, ['from_roster']])
    assert.deepEqual(codes(known('2022-05-01')), ['graded', true, []])
  })

  test('in a quarter the same is shown and everybody is graded', ({ assert }) => {
    const quarter = { from: '2022-04-01', to: '2022-07-01' }
    const { outlook, cases } = standingOf(
      'quarter',
      quarter,
      [service('2022-06-20', null)],
      [],
      false
    )
    assert.equal(outlook, 'graded')
    assert.deepEqual(
      cases.map(({ code }) => code),
      ['joined']
    )
  })

  test('the share of 优秀 is rounded down', ({ assert }) => {
    assert.deepEqual(
      [
        [148, 2_000],
        [150, 2_500],
        [4, 2_000],
        [101, 1_500],
      ].map(([base, rate]) => excellentCap(base, rate)),
      [29, 37, 0, 15]
    )
  })

  test('the period is told by its last day', ({ assert }) => {
    assert.equal(lastDayOf(YEAR), '2022-12-31')
  })

  test('what a rating leads to', ({ assert }) => {
    assert.deepEqual(consequencesOf('excellent'), ['step_up', 'pay_full'])
    assert.deepEqual(consequencesOf('qualified'), consequencesOf('excellent'))
    assert.deepEqual(consequencesOf('basically_qualified'), consequencesOf('undetermined'))
    assert.deepEqual(consequencesOf('undetermined'), ['no_step', 'pay_reduced'])
    assert.deepEqual(consequencesOf('unqualified'), ['no_step', 'pay_reduced', 'grade_down'])
  })

  test('periods by any of their days', ({ assert }) => {
    assert.deepEqual(periodOf('quarter', '2022-06-30'), { from: '2022-04-01', to: '2022-07-01' })
    assert.deepEqual(periodOf('month', '2022-12-31'), { from: '2022-12-01', to: '2023-01-01' })
    assert.deepEqual(periodOf('year', '2022-02-03'), YEAR)
    assert.equal(periodName('quarter', '2022-04-01'), '2022年第二季度')
    assert.equal(periodName('quarter', '2022-10-01'), '2022年第四季度')
    assert.equal(periodName('month', '2022-12-01'), '2022年12月')
    assert.equal(periodName('year', '2022-01-01'), '2022年度')
  })
})

const items: ScoreItem[] = [
  { indicatorId: 1, name: '工作量分', kind: 'quantity', weight: 5_000, formula: null },
  { indicatorId: 2, name: '质量分', kind: 'quality', weight: 5_000, formula: null },
  { indicatorId: 3, name: '加减分', kind: 'adjustment', weight: 0, formula: null },
]
const scheme = { formula: DEFAULT_FORMULA, tilt: '1' }
const values = (...list: Array<[number, string]>) => new Map(list)

test.group('Scores', () => {
  test('the default of the sample: half and half, bonus on top, never below zero', ({ assert }) => {
    const score = (...list: Array<[number, string]>) => {
      const result = scoreOf(items, values(...list), scheme)
      return result.ok ? result.score : result.missing
    }
    assert.equal(score([1, '67.9'], [2, '84.8'], [3, '10']), '86.35')
    assert.equal(score([1, '10'], [2, '10'], [3, '-30']), '0')
    assert.deepEqual(score([1, '10']), ['质量分'])
  })

  test('points by a formula, tilt and veto; the trace shows the values put in', ({ assert }) => {
    const rated = [
      { ...items[0], formula: 'limit(数值 / 30 * 100, 0, 120)' },
      items[1],
      { indicatorId: 4, name: '否决项', kind: 'veto' as const, weight: 0, formula: null },
    ]
    const result = scoreOf(rated, values([1, '24.5'], [2, '90'], [4, '0']), {
      formula: 'if(否决, 0, 加权得分 * 倾斜)',
      tilt: '1.05',
    })
    assert.isTrue(result.ok)
    if (!result.ok) return
    assert.equal(result.quantity, '81.6667')
    assert.equal(result.trace.items[0].shown, 'limit(24.5 / 30 * 100, 0, 120)')
    assert.equal(result.score, '90.125')
    const vetoed = scoreOf(rated, values([1, '24.5'], [2, '90'], [4, '1']), {
      formula: 'if(否决, 0, 加权得分)',
      tilt: '1',
    })
    assert.equal(vetoed.ok && vetoed.score, '0')
    assert.isTrue(vetoed.ok && isVetoed(vetoed.trace))
    assert.isFalse(isVetoed(result.trace))
  })

  test('weights add up to a hundred, and only weighted kinds have one', ({ assert }) => {
    assert.isTrue(weightsAddUp(items))
    assert.isFalse(weightsAddUp([{ ...items[0], weight: 4_999 }, items[1]]))
    assert.isFalse(weightsAddUp([...items, { kind: 'veto', weight: 1 }]))
    assert.deepEqual(['33.33', '100', '0', '100.01', '-1', '1.234', '十'].map(weightOf), [
      3_333,
      10_000,
      0,
      null,
      null,
      null,
      null,
    ])
    assert.equal(weightText(3_333), '33.33')
  })

  test('several scorers: the mean of each role by its weight; a small group is not counted', ({
    assert,
  }) => {
    const weights = { manager: 7_000, peer: 3_000, service: 0 }
    const manager = { role: 'manager' as const, scores: { 1: '90' } }
    const peer = (score: string) => ({ role: 'peer' as const, scores: { 1: score } })
    const three = combine([manager, peer('80'), peer('70'), peer('60')], weights, 3)
    assert.equal(three.values.get(1), '84')
    const two = combine([manager, peer('80'), peer('10')], weights, 3)
    assert.equal(two.values.get(1), '90')
    assert.deepEqual(two.tooSmall, ['peer'])
  })

  test('a combined value lies between the least and the most that was given', ({ assert }) => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(scores, scores, (managers, peers) => {
        const given = [
          ...managers.map((score) => ({ role: 'manager' as const, scores: { 1: String(score) } })),
          ...peers.map((score) => ({ role: 'peer' as const, scores: { 1: String(score) } })),
        ]
        const { values: combined } = combine(given, { manager: 6_000, peer: 4_000, service: 0 }, 1)
        const value = Number(combined.get(1))
        assert.isAtLeast(value, Math.min(...managers, ...peers) - 0.0001)
        assert.isAtMost(value, Math.max(...managers, ...peers) + 0.0001)
      })
    )
  })

  test('suggestions never go above the places, choose among equals or pass a veto', ({
    assert,
  }) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 40, max: 100 }), fc.boolean()), { maxLength: 40 }),
        fc.integer({ min: 0, max: 10 }),
        (people, places) => {
          const cards = people.map(([score, vetoed]) => ({ score: Exact.from(score), vetoed }))
          const rated = suggestedRatings(cards, places)
          const best = rated.filter(({ rating }) => rating === 'excellent')
          assert.isAtMost(best.length, places)
          assert.isFalse(best.some(({ vetoed }) => vetoed))
          const rest = rated.filter(({ rating, vetoed }) => rating !== 'excellent' && !vetoed)
          for (const one of best) {
            assert.isTrue(rest.every(({ score }) => score.compare(one.score) < 0))
          }
        }
      )
    )
  })

  test('the scheme that says most about the class', ({ assert }) => {
    const of = (nature: string | null, employmentType: string | null) => ({
      nature,
      category: null,
      employmentType,
    })
    const every = of(null, null)
    const editorial = of('editorial', null)
    const contract = of('editorial', 'contract')
    const person = { nature: 'editorial', category: null, employmentType: 'establishment' }
    assert.equal(schemeFor([every, editorial, contract], person), editorial)
    assert.equal(
      schemeFor([every, editorial, contract], { ...person, employmentType: 'contract' }),
      contract
    )
    assert.equal(schemeFor([editorial], { ...person, nature: 'technical' }), null)
  })

  test('the coefficient of an evaluation grows with every level, from 0.80 to 1.70', ({
    assert,
  }) => {
    const all = (level: number) =>
      Object.fromEntries(FACTOR_NAMES.map((name) => [name, level])) as Levels
    assert.deepEqual(
      [1, 3, 5].map((level) => coefficientOf(all(level))),
      ['0.80', '1.25', '1.70']
    )
    assert.equal(coefficientOf({ ...all(1), responsibility: 5 }), '1.07')
  })

  test('spread of a group', ({ assert }) => {
    assert.deepEqual(spreadOf([1, 2, 3, 4, 5]), {
      count: 5,
      mean: 3,
      deviation: Math.sqrt(2),
      least: 1,
      lower: 2,
      median: 3,
      upper: 4,
      most: 5,
    })
    assert.isNull(spreadOf([]))
  })

  test('a group is remarkable far from the whole, and never when it is two people', ({
    assert,
  }) => {
    const whole = spreadOf([60, 70, 80, 90, 100])!
    assert.isTrue(isRemarkable(spreadOf([98, 99, 100])!, whole))
    assert.isTrue(isRemarkable(spreadOf([60, 61, 62])!, whole))
    assert.isFalse(isRemarkable(spreadOf([78, 80, 82])!, whole))
    assert.isFalse(isRemarkable(spreadOf([99, 100])!, whole))
  })

  test('levels are whole, from 1 to 5, and one of every factor', ({ assert }) => {
    const levels = Object.fromEntries(FACTOR_NAMES.map((name) => [name, 3])) as Levels
    assert.isTrue(areLevels(levels))
    for (const responsibility of [0, 6, 2.5, Number.NaN]) {
      assert.isFalse(areLevels({ ...levels, responsibility }))
    }
    assert.isFalse(areLevels({ ...levels, skill: undefined }))
  })

  test('what is wrong with a formula is said with its place; what is right says nothing', ({
    assert,
  }) => {
    const problems = (source: string) => formulaProblems(source, INDICATOR_TYPES)
    assert.deepEqual(problems('limit(数值 / 30 * 100, 0, 120)'), [])
    assert.lengthOf(problems('数值 +'), 1)
    assert.equal(problems('数值 + 工作量')[0].params.name, '工作量')
  })

  test('a card without anything that is weighed has no quantity and no quality', ({ assert }) => {
    const only = [{ indicatorId: 3, name: '加减分', kind: 'adjustment', weight: 0, formula: null }]
    const result = scoreOf(only as ScoreItem[], new Map([[3, '7']]), {
      formula: 'max(加减分, 0) * 倾斜',
      tilt: '1.05',
    })
    assert.deepInclude(result, { ok: true, quantity: null, quality: null, score: '7.35' })
  })
})
