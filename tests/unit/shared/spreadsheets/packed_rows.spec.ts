import { test } from '@japa/runner'
import { sourceRows } from '#shared/ports/imports'
import { cellAt, packRows, pickRows, textsAt, unpackRows } from '#shared/spreadsheets/packed_rows'
import type { Cell, Row } from '#shared/spreadsheets/types'

const blank: Cell = { text: '', kind: 'blank', raw: '' }
const text = (value: string, raw = value): Cell => ({ text: value, kind: 'text', raw })

const ROWS: Row[] = [
  { number: 3, cells: [text('王芳'), blank, { text: '1980-01-01', kind: 'date', raw: '29221' }] },
  { number: 4, hidden: true, cells: [{ ...text('x'), formula: true }] },
  { number: 9, cells: [text('0012', '=0012'), { ...blank, formula: true }, text('李')] },
  { number: 10, cells: [{ text: '#N/A', kind: 'error', raw: '#N/A' }, text('张')] },
]

test.group('Packed rows', () => {
  test('come out as they went in, also over a thread', ({ assert }) => {
    const packed = packRows(ROWS)
    assert.deepEqual(unpackRows(packed), ROWS)
    assert.deepEqual(unpackRows(structuredClone(packed)), ROWS)
    assert.equal(packed.others.size, 5)
    assert.deepEqual(textsAt(packed, 0), ['王芳', '', '1980-01-01'])
    assert.deepEqual(textsAt(packed, 2), ['0012', '', '李'])
  })

  test('a cell behind the last of its row is blank, not the first of the next', ({ assert }) => {
    const packed = packRows(ROWS)
    assert.deepEqual(cellAt(packed, 1, 0), ROWS[1].cells[0])
    assert.deepEqual(cellAt(packed, 1, 1), blank)
    assert.deepEqual(cellAt(packed, 3, 1), text('张'))
    assert.deepEqual(cellAt(packed, 3, 2), blank)
  })

  test('some of them are picked with what they are', ({ assert }) => {
    assert.deepEqual(unpackRows(pickRows(packRows(ROWS), [1, 3])), [ROWS[1], ROWS[3]])
  })

  test('stand under the names of their fields', ({ assert }) => {
    const rows = sourceRows({ rows: packRows(ROWS), columns: { birth: 2, name: 0 } })
    assert.deepEqual(
      rows.map(({ number, hidden, cells }) => [number, hidden ?? false, cells.name, cells.birth]),
      ROWS.map(({ number, hidden, cells }) => [
        number,
        hidden ?? false,
        cells[0],
        cells[2] ?? blank,
      ])
    )
    assert.strictEqual(rows[0].cells, rows[0].cells)
  })
})
