import { test } from '@japa/runner'
import fc from 'fast-check'
import { attachmentType } from '#recruitment/domain/attachments'
import { maskedName } from '#recruitment/domain/masked_name'
import { shortfallsOf } from '#recruitment/domain/requirements'
import {
  formatScore,
  meanScore,
  parseScore,
  rankContenders,
  shortlist,
  tiedAtLast,
  totalScore,
  type Contender,
} from '#recruitment/domain/scoring'
import { seatPlan } from '#recruitment/domain/seats'
import { serviceMonths } from '#recruitment/domain/service'
import { differencesOf, entryFor } from '#recruitment/domain/sheets'

const RULE = { types: ['contract'], beforeRecord: false }
const one = (id: number, values: Partial<Contender> = {}): Contender => ({
  id,
  written: 8000,
  interview: 8000,
  total: 8000,
  extra: null,
  education: 'undergraduate',
  serviceMonths: 0,
  ...values,
})

test.group('Recruitment, scores', () => {
  test('{0} is read as {1}')
    .with([
      ['85', 8500],
      ['85.5', 8550],
      ['８５．２５', 8525],
      ['100', 10000],
      ['0', 0],
      ['100.01', null],
      ['85.255', null],
      ['-1', null],
      ['', null],
    ] as const)
    .run(({ assert }, [text, score]) => assert.equal(parseScore(text), score))

  test('what is written is read back', ({ assert }) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (score) => {
        assert.equal(parseScore(formatScore(score)), score)
      })
    )
  })

  test('highest and lowest are dropped from five examiners on, half up to the hundredth', ({
    assert,
  }) => {
    assert.equal(meanScore([6000, 8000, 8001, 8000, 10000], true), 8000)
    assert.equal(meanScore([6000, 8000, 8001, 8000, 10000], false), 8000)
    assert.equal(meanScore([6000, 8000, 9000, 10000], true), 8250)
    assert.equal(meanScore([8000, 8001], true), 8001)
    assert.isNull(meanScore([], true))
  })

  test('the total by weights; who missed a part has none', ({ assert }) => {
    assert.equal(totalScore(7_551, 8_333, 40), 8_020)
    assert.equal(totalScore(null, 8_333, 0), 8_333)
    assert.isNull(totalScore(null, 8_333, 40))
    assert.isNull(totalScore(7_551, null, 40))
  })

  test('ties by the configured keys, then the further test; else a shared rank', ({ assert }) => {
    const people = [
      one(1),
      one(2, { written: 8100 }),
      one(3, { education: 'postgraduate' }),
      one(4),
      one(5, { total: 5999 }),
      one(6, { total: null }),
    ]
    const ranked = rankContenders(people, ['written', 'education'], 6000)
    assert.deepEqual(
      ranked.map(({ id, rank }) => [id, rank]),
      [
        [2, 1],
        [3, 2],
        [1, 3],
        [4, 3],
      ]
    )
    assert.deepEqual(tiedAtLast(ranked, 3), [1, 4])
    assert.deepEqual(tiedAtLast(ranked, 2), [])
    assert.deepEqual(tiedAtLast(ranked, 4), [])
    // a further test counts when every one of the equals has its result
    const ranks = (...extras: (number | null)[]) =>
      rankContenders(
        extras.map((extra, index) => one(index, { extra })),
        [],
        6000
      ).map(({ id, rank }) => [id, rank])
    assert.deepEqual(ranks(null, 9000), [
      [0, 1],
      [1, 1],
    ])
    assert.deepEqual(ranks(8000, 9000, 8000), [
      [1, 1],
      [0, 2],
      [2, 2],
    ])
  })

  test('the short list takes a tie at its end whole and leaves the absent out', ({ assert }) => {
    const written = [9000, 8000, 8000, 7000, null].map((score, id) => ({ id, written: score }))
    assert.sameMembers([...shortlist(written, 1, 2)], [0, 1, 2])
    assert.lengthOf([...shortlist(written, 1, 0)], 5)
    assert.lengthOf([...shortlist([], 1, 3)], 0)
  })
})

test.group('Recruitment, sheets and seats', () => {
  test('two entries that agree are complete; a recused pair is none', ({ assert }) => {
    const entry = (number: number, scores: [number, number | null][]) => ({
      entry: number,
      userId: number,
      scores: new Map(scores),
    })
    const sheets = [
      {
        examinerId: 7,
        entries: [
          entry(1, [
            [1, 80],
            [2, null],
            [3, 70],
          ]),
          entry(2, [
            [1, 80],
            [2, null],
            [3, 71],
          ]),
        ],
      },
    ]
    const found = differencesOf(sheets, [1, 2, 3, 4, 5], (id) => id === 5)
    assert.deepEqual(found, [
      { examinerId: 7, applicationId: 3, kind: 'differs' },
      { examinerId: 7, applicationId: 4, kind: 'missing' },
    ])
  })

  test('the first person writes entry 1, the second 2, a third none', ({ assert }) => {
    const entries = [{ entry: 1, userId: 10 }]
    assert.equal(entryFor([], 10), 1)
    assert.equal(entryFor(entries, 10), 1)
    assert.equal(entryFor(entries, 11), 2)
    assert.isNull(entryFor([...entries, { entry: 2, userId: 11 }], 12))
  })

  test('every seat once, rooms filled in order', ({ assert }) => {
    const people = Array.from({ length: 65 }, (_, id) => ({ id, post: id % 2, key: `${id}` }))
    const plan = seatPlan(people, 'T', 30)
    assert.equal(new Set(plan.map(({ ticketNo }) => ticketNo)).size, 65)
    assert.equal(new Set(plan.map(({ room, seat }) => `${room}/${seat}`)).size, 65)
    assert.deepEqual([plan[29].room, plan[30].room, plan[64].seat], [1, 2, 5])
  })
})

test.group('Recruitment, who may', () => {
  test('months that count: of the configured kinds, overlaps once, up to the day', ({ assert }) => {
    const period = (from: string, to: string | null, employmentType = 'contract') => ({
      from,
      to,
      employmentType,
    })
    const months = (
      periods: ReturnType<typeof period>[],
      rule = RULE,
      began: string | null = null
    ) => serviceMonths(periods, began, '2022-03-01', rule)
    assert.equal(months([period('2019-03-01', null)]), 36)
    assert.equal(
      months([period('2019-03-01', '2020-03-01'), period('2019-09-01', '2020-09-01')]),
      18
    )
    assert.equal(months([period('2019-03-01', null, 'enterprise')]), 0)
    assert.equal(months([period('2022-04-01', null)]), 0)
    const before = { ...RULE, beforeRecord: true }
    assert.equal(months([period('2021-03-01', null)], before, '2015-03-01'), 84)
    assert.equal(months([period('2021-03-01', null)], RULE, '2015-03-01'), 12)
  })

  test('what is short is said, on the last day to apply', ({ assert }) => {
    const wanted = { minEducation: 'undergraduate', maxAge: 35, minYears: 3 }
    const facts = { education: 'junior_college', birthOn: '1986-03-01', serviceMonths: 35 }
    const codes = (onDate: string) => shortfallsOf(wanted, facts, onDate).map(({ code }) => code)
    assert.deepEqual(codes('2022-02-28'), ['education', 'years'])
    assert.deepEqual(codes('2022-03-01'), ['education', 'age', 'years'])
  })

  test('attachments by their first bytes, names masked', ({ assert }) => {
    assert.equal(attachmentType(Buffer.from('%PDF-1.7'))?.extension, 'pdf')
    assert.equal(attachmentType(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))?.extension, 'jpg')
    assert.isNull(attachmentType(Buffer.from('<svg>')))
    assert.isNull(attachmentType(Buffer.from('')))
    assert.deepEqual(['王小明', '李明', '欧阳娜娜', '王'].map(maskedName), [
      '王*明',
      '李*',
      '欧**娜',
      '*',
    ])
  })
})
