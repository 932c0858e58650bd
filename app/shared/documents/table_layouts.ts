import type { TableLayout } from './definition.js'

const every = (value: number) => () => value

const ruled = (padding: number) => ({
  hLineWidth: every(0.6),
  vLineWidth: every(0.6),
  hLineColor: () => '#000000',
  vLineColor: () => '#000000',
  paddingLeft: every(4),
  paddingRight: every(4),
  paddingTop: every(padding),
  paddingBottom: every(padding),
})

/** Rulings by name: `grid` rules every cell (`tight` with less air), `outline` the frame alone, `plain` nothing. */
export const tableLayouts: Record<TableLayout, object> = {
  grid: ruled(3.5),
  tight: ruled(2),
  outline: {
    hLineWidth: (row: number, node: { table: { body: unknown[] } }) =>
      row === 0 || row === node.table.body.length ? 0.6 : 0,
    vLineWidth: (column: number, node: { table: { widths: unknown[] } }) =>
      column === 0 || column === node.table.widths.length ? 0.6 : 0,
    paddingLeft: every(12),
    paddingRight: every(12),
    paddingTop: every(8),
    paddingBottom: every(8),
  },
  plain: {
    hLineWidth: every(0),
    vLineWidth: every(0),
    paddingLeft: every(0),
    paddingRight: every(0),
    paddingTop: every(2),
    paddingBottom: every(2),
  },
}
