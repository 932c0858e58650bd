import { test } from '@japa/runner'
import { changesOfSlip, type SlipSide } from '#pay/domain/slip_changes'

test.group('What changed in a slip', () => {
  const side = (
    lines: Array<[string, number, Record<string, string>?, string?]>,
    values: Record<string, [string, string]> = {}
  ): SlipSide => ({
    lines: lines.map(([name, amountFen, used = {}, formula]) => ({
      name,
      amountFen,
      trace: { used, formula },
    })),
    inputs: Object.fromEntries(
      Object.entries(values).map(([name, [value, source]]) => [name, { value, source }])
    ),
  })

  test('the value that an item reads, with its level where it comes from a table', ({ assert }) => {
    const [change] = changesOfSlip(
      side([['薪级工资', 91_00, { 薪级工资标准: '91' }]], {
        薪级工资标准: ['91', 'step_standard|2级|2006-07-01'],
      }),
      side([['薪级工资', 102_00, { 薪级工资标准: '102' }]], {
        薪级工资标准: ['102', 'step_standard|3级|2006-07-01'],
      })
    )
    assert.deepInclude(change, { paidFen: 91_00, nowFen: 102_00 })
    assert.equal(change.fact, '薪级工资标准 91（2级） → 102（3级）')
  })

  test('same values, other formula; an item that came; an item that is read; nothing to say', ({
    assert,
  }) => {
    const fact = (paid: SlipSide, now: SlipSide) => changesOfSlip(paid, now).map((one) => one.fact)
    assert.deepEqual(fact(side([['绩效', 100, {}, '1']]), side([['绩效', 200, {}, '2']])), [
      '绩效 1 → 2',
    ])
    assert.deepEqual(fact(side([]), side([['餐补', 200, { 餐补月标准: '2' }]])), [
      '餐补月标准 — → 2',
    ])
    assert.deepEqual(fact(side([['餐补', 200, {}, '2']]), side([])), ['餐补 2 → —'])
    assert.deepEqual(fact(side([]), side([['餐补', 200, {}, '2']])), ['餐补 — → 2'])
    assert.deepEqual(
      fact(side([['绩效', 100, { 薪级: '1' }]]), side([['绩效', 200, { 薪级: '2' }]])),
      ['薪级 1 → 2']
    )
    assert.deepEqual(fact(side([['绩效', 100]]), side([['绩效', 100]])), [])
  })

  test('what was corrected and is as it was paid again goes back', ({ assert }) => {
    const step = side([['薪级工资', 91_00, { 薪级工资标准: '91' }]], {
      薪级工资标准: ['91', 'step_standard|2级|2006-07-01'],
    })
    assert.deepEqual(changesOfSlip(step, step), [])
    assert.deepEqual(changesOfSlip(step, step, new Set(['薪级工资', '餐补'])), [
      { itemName: '薪级工资', paidFen: 91_00, nowFen: 91_00, fact: '薪级工资标准 91（2级）' },
      { itemName: '餐补', paidFen: 0, nowFen: 0, fact: '餐补' },
    ])
  })

  test('who is not on record any more gives everything back, without a fact', ({ assert }) => {
    assert.deepEqual(changesOfSlip(side([['绩效', 100]]), undefined), [
      { itemName: '绩效', paidFen: 100, nowFen: 0, fact: null },
    ])
  })
})
