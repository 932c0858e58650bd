import { test } from '@japa/runner'
import {
  cellValue,
  neutraliseText,
  restoreText,
  yuanDigits,
  type CellInput,
  type ColumnKind,
} from '#shared/spreadsheets/cell_value'

test.group('cellValue', () => {
  test('{kind} {value} becomes {cell}')
    .with<{ kind: ColumnKind; value: CellInput; cell: object }[]>([
      { kind: 'text', value: '=1+1', cell: { type: 'text', text: '=1+1' } },
      { kind: 'text', value: 12, cell: { type: 'text', text: '12' } },
      { kind: 'text', value: 'a\ud800', cell: { type: 'text', text: 'a\ufffd' } },
      { kind: 'text', value: '', cell: { type: 'blank' } },
      { kind: 'number', value: null, cell: { type: 'blank' } },
      { kind: 'number', value: -0, cell: { type: 'number', digits: '0' } },
      { kind: 'number', value: 0.1 + 0.2, cell: { type: 'number', digits: '0.3' } },
      { kind: 'number', value: 1e-7, cell: { type: 'number', digits: '0.000000100000000' } },
      { kind: 'number', value: '1.10', cell: { type: 'number', digits: '1.10' } },
      { kind: 'money_fen', value: 5, cell: { type: 'money', digits: '0.05' } },
      {
        kind: 'date',
        value: '2022-01-10',
        cell: { type: 'date', text: '2022-01-10', serial: 44571 },
      },
      { kind: 'date', value: '2022-02-30', cell: { type: 'text', text: '2022-02-30' } },
      { kind: 'date', value: '1900-02-28', cell: { type: 'text', text: '1900-02-28' } },
      { kind: 'date', value: '无固定期限', cell: { type: 'text', text: '无固定期限' } },
    ])
    .run(({ assert }, { kind, value, cell }) => {
      assert.deepEqual(cellValue(kind, value), cell as never)
    })

  test('refuses {value} as {kind}')
    .with<{ kind: ColumnKind; value: CellInput }[]>([
      { kind: 'number', value: Number.NaN },
      { kind: 'number', value: Number.POSITIVE_INFINITY },
      { kind: 'number', value: 1e21 },
      { kind: 'number', value: '=1+1' },
      { kind: 'number', value: '1e5' },
      { kind: 'money_fen', value: 1.5 },
      { kind: 'money_fen', value: 2 ** 53 },
      { kind: 'money_fen', value: '1.00' },
      { kind: 'money_fen', value: true },
    ])
    .run(({ assert }, { kind, value }) => {
      assert.throws(() => cellValue(kind, value), 'bad_value')
    })

  test('refuses a text that no program can hold', ({ assert }) => {
    assert.throws(() => cellValue('text', 'x'.repeat(32_768)), 'cell_too_long')
  })

  test('fen become yuan without arithmetic', ({ assert }) => {
    const cases: [CellInput, string][] = [
      [0, '0.00'],
      [-1, '-0.01'],
      [-100, '-1.00'],
      [123456789, '1234567.89'],
      [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
      [9007199254740993n, '90071992547409.93'],
      ['250', '2.50'],
    ]
    for (const [fen, yuan] of cases) assert.equal(yuanDigits(fen), yuan)
  })

  test('every sign that begins a formula is neutralised, full-width ones too', ({ assert }) => {
    for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
      assert.equal(neutraliseText(`${sign}1`), `'${sign}1`)
      assert.equal(neutraliseText(`'${sign}1`), `''${sign}1`)
      assert.equal(restoreText(neutraliseText(`'${sign}1`)), `'${sign}1`)
    }
    for (const text of ['甲=1', '1-2', "'甲", '', "''"]) assert.equal(neutraliseText(text), text)
  })
})
