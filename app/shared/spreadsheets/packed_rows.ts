import { BLANK_CELL, type Cell, type Row } from './types.js'

/**
 * Rows as they go between threads: one text with the places where its cells end is copied in a
 * hundredth of the time of as many cells. Whoever needs cells makes them of the rows in question.
 */
export interface PackedRows {
  numbers: number[]
  /** Places of the hidden ones. */
  hidden: number[]
  /** Where the cells of each row end among all cells. */
  ends: number[]
  /** What all cells say, row by row, column by column; nothing for a blank cell. */
  text: string
  /** Where each cell ends in the text. */
  stops: Uint32Array
  /** Cells that are more than a text, by their place among all cells. */
  others: Map<number, Cell>
}

/** Packs rows one after the other. */
export class RowPacker {
  readonly #numbers: number[] = []
  readonly #hidden: number[] = []
  readonly #ends: number[] = []
  readonly #texts: string[] = []
  readonly #others = new Map<number, Cell>()
  /** Characters so far. */
  chars = 0

  get rows(): number {
    return this.#numbers.length
  }

  get cells(): number {
    return this.#texts.length
  }

  add({ number, hidden, cells }: Row): void {
    if (hidden) this.#hidden.push(this.rows)
    this.#numbers.push(number)
    for (const cell of cells) {
      const { text, kind, raw, formula } = cell
      const plain = kind === 'text' || kind === 'blank'
      if (!plain || formula || raw !== text || (text === '' && kind === 'text')) {
        this.#others.set(this.cells, cell)
      }
      this.#texts.push(text)
      this.chars += text.length
    }
    this.#ends.push(this.cells)
  }

  packed(): PackedRows {
    let stop = 0
    return {
      numbers: this.#numbers,
      hidden: this.#hidden,
      ends: this.#ends,
      others: this.#others,
      text: this.#texts.join(''),
      stops: Uint32Array.from(this.#texts, (text) => (stop += text.length)),
    }
  }
}

export function packRows(rows: readonly Row[] = []): PackedRows {
  const packer = new RowPacker()
  for (const row of rows) packer.add(row)
  return packer.packed()
}

/** What the cells of a row say; blanks at the end are left out. */
export function textsAt(packed: PackedRows, at: number): string[] {
  const { ends } = packed
  const texts: string[] = []
  for (let place = at > 0 ? ends[at - 1] : 0; place < ends[at]; place++) {
    texts.push(textOf(packed, place))
  }
  return texts
}

function textOf({ text, stops }: PackedRows, place: number): string {
  return text.slice(place > 0 ? stops[place - 1] : 0, stops[place])
}

/** A cell of a row by its column, from 0; blank behind the last. */
export function cellAt(packed: PackedRows, at: number, column: number): Cell {
  const { ends, others } = packed
  const place = (at > 0 ? ends[at - 1] : 0) + column
  if (place >= ends[at]) return BLANK_CELL
  const text = textOf(packed, place)
  const other = others.size > 0 ? others.get(place) : undefined
  return other ?? (text === '' ? BLANK_CELL : { text, kind: 'text', raw: text })
}

export function unpackRows(packed: PackedRows): Row[] {
  const hidden = new Set(packed.hidden)
  return packed.numbers.map((number, at) => {
    const cells = textsAt(packed, at).map((_, column) => cellAt(packed, at, column))
    return hidden.has(at) ? { number, hidden: true, cells } : { number, cells }
  })
}

/** Only the rows of these places. */
export function pickRows(packed: PackedRows, places: readonly number[]): PackedRows {
  const rows = unpackRows(packed)
  return packRows(places.map((at) => rows[at]))
}
