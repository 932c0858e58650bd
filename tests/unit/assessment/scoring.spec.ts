import { test } from '@japa/runner'
import fc from 'fast-check'
import { parseFigure, shownFigure } from '#assessment/domain/figures'
import { daysOf, lastQuarter, quarterOf } from '#assessment/domain/quarters'
import { afterCards, baseOf, ranksOf, RULES, scoreOf, type Rule } from '#assessment/domain/scoring'

const indicator = (rule: Rule, target: number, weight = 30_00) => ({ rule, target, weight })

test.group('Scores of an assessment', () => {
  test('{rule}: {actual} of {target} earns {score}')
    .with([
      { rule: 'at_least', target: 100_00, actual: 100_00, score: 30_00 },
      { rule: 'at_least', target: 100_00, actual: 120_00, score: 30_00 },
      { rule: 'at_least', target: 100_00, actual: 95_50, score: 28_65 },
      { rule: 'at_least', target: 3_00, actual: 1_00, score: 10_00 },
      { rule: 'at_least', target: 7_00, actual: 1_00, score: 4_29 },
      { rule: 'at_least', target: 100_00, actual: 0, score: 0 },
      { rule: 'at_least', target: 0, actual: 0, score: 30_00 },
      { rule: 'at_most', target: 5_00, actual: 5_00, score: 30_00 },
      { rule: 'at_most', target: 5_00, actual: 10_00, score: 15_00 },
      { rule: 'at_most', target: 0, actual: 1, score: 0 },
      { rule: 'reached', target: 100_00, actual: 99_99, score: 0 },
      { rule: 'reached', target: 100_00, actual: 100_00, score: 30_00 },
    ] as const)
    .run(({ assert }, { rule, target, actual, score }) => {
      assert.equal(scoreOf(indicator(rule, target), actual), score)
    })

  test('a score lies between nothing and its weight, and a better value never earns less', ({
    assert,
  }) => {
    const figure = fc.integer({ min: 0, max: 1_000_000_000_00 })
    const weight = fc.integer({ min: 1, max: 100_00 })
    fc.assert(
      fc.property(
        ...([fc.constantFrom(...RULES), figure, weight, figure, figure] as const),
        (rule, target, points, one, other) => {
          const [worse, better] = [one, other].sort((a, b) => (rule === 'at_most' ? b - a : a - b))
          const scores = [worse, better].map((value) =>
            scoreOf(indicator(rule, target, points), value)
          )
          assert.isTrue(0 <= scores[0] && scores[0] <= scores[1] && scores[1] <= points)
        }
      )
    )
  })

  test('what does not apply leaves its points to the others', ({ assert }) => {
    const cells = [
      { applies: true, weight: 40_00, score: 40_00 },
      { applies: true, weight: 40_00, score: 20_00 },
      { applies: false, weight: 20_00, score: null },
    ]
    assert.equal(baseOf(cells), 75_00)
    assert.isNull(baseOf([...cells, { applies: true, weight: 1, score: null }]))
    assert.isNull(baseOf(cells.slice(2)))
  })

  test('full marks everywhere are 100 points, whatever applies', ({ assert }) => {
    const cell = fc.record({ applies: fc.boolean(), weight: fc.integer({ min: 1, max: 100_00 }) })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
        const full = cells.map((one) => ({ ...one, score: one.applies ? one.weight : null }))
        const none = cells.every(({ applies }) => !applies)
        assert.equal(baseOf(full), none ? null : 100_00)
      })
    )
  })

  test('cards are taken off, never below zero', ({ assert }) => {
    const points = { yellow: 2_00, red: 5_00 }
    assert.equal(afterCards(90_00, { yellow: 2, red: 1 }, points), 81_00)
    assert.equal(afterCards(3_00, { yellow: 0, red: 1 }, points), 0)
    assert.isNull(afterCards(null, { yellow: 1, red: 0 }, points))
  })

  test('equal scores share a place', ({ assert }) => {
    assert.deepEqual(ranksOf([90_00, 95_00, null, 90_00, 80_00]), [2, 1, null, 2, 4])
  })
})

test.group('Quarters and figures', () => {
  test('a quarter is its three months', ({ assert }) => {
    assert.deepEqual(daysOf({ year: 2022, quarter: 1 }), { from: '2022-01-01', to: '2022-03-31' })
    assert.deepEqual(daysOf({ year: 2022, quarter: 4 }), { from: '2022-10-01', to: '2022-12-31' })
    assert.deepEqual(quarterOf('2022-06-30'), { year: 2022, quarter: 2 })
    assert.deepEqual(lastQuarter('2022-02-01'), { year: 2021, quarter: 4 })
  })

  test('figures are read and shown to the hundredth', ({ assert }) => {
    const pairs = { '95.5': 95_50, '１００': 100_00, '98.25%': 98_25, '1,200': 1200_00, '0': 0 }
    for (const [text, value] of Object.entries(pairs)) assert.equal(parseFigure(text), value)
    for (const text of ['', '1e3', '3.001', '半']) assert.isNull(parseFigure(text))
    assert.deepEqual([95_50, 100_00, 0, null].map(shownFigure), ['95.5', '100', '0', '—'])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (value) => {
        assert.equal(parseFigure(shownFigure(value)), value)
      })
    )
  })
})
