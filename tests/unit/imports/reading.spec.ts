import { test } from '@japa/runner'
import { RowReading } from '#organization/imports/reading'

/** What is said of a cell, as it would be stored. */
function said(field: string, text: string): string | undefined {
  const cell = { text, kind: 'text' as const, raw: text }
  const reading = new RowReading({ number: 2, cells: { [field]: cell } }, { [field]: field })
  reading.say('rejected', 'unknown_value', field)
  return reading.findings[0].value
}

test.group('What is said of a cell', () => {
  test('of {0}')
    .with([
      ['identityNo', '519900198505055555', '**************5555'],
      ['identityNo', '5199 0019 8505', '**********8505'],
      ['identityNo', '1985', '****'],
      ['account', '6222 0212 3456 7890', '***************7890'],
      ['phone', '19911430680', '*******0680'],
      ['name', '519900198505055555', '**************5555'],
      ['post', '编辑 51990019850505555X。', '编辑 **************555X。'],
      ['unit', '市报社〔2022〕3号', '市报社〔2022〕3号'],
      ['total', '120', '120'],
    ] as const)
    .run(({ assert }, [field, text, shown]) => {
      assert.equal(said(field, text), shown)
    })
})
