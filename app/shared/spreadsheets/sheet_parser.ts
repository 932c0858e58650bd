import { parseArea, parseReference } from './cell_reference.js'
import { SpreadsheetError, type SpreadsheetErrorCode } from './errors.js'
import { LAST_COLUMN, LAST_ROW, type Limits } from './limits.js'
import type { NumberDisplay } from './number_format.js'
import { StringCollector, textCell } from './shared_strings.js'
import { typedCell } from './typed_cell.js'
import { BLANK_CELL, type Cell, type Merge, type Row } from './types.js'
import { isTrue, type XmlAttributes } from './xml_attributes.js'
import type { XmlText } from './xml_text.js'
import type { XmlHandler } from './xml_tokenizer.js'

/** No title or table cell of an office covers more cells than this. */
const MERGE_CELLS = 1_000_000

/** No index has been read. */
const NONE = -2

/** What the sheets of one workbook share, with the counts that its limits bound. */
export type SheetContext = {
  strings: Cell[]
  displays: NumberDisplay[]
  date1904: boolean
  limits: Limits
  rows: number
  chars: number
}

/** Turns the markup of one sheet into rows; `takeRows` hands over those finished so far. */
export class SheetParser implements XmlHandler {
  readonly merges: Merge[] = []
  #rows: Row[] = []
  #inData = false
  #inRow = false
  #row = 0
  #hidden = false
  #cells: Cell[] = []
  #column = 0
  #reference = { column: 0, row: 0 }
  #inCell = false
  #type = ''
  #style = 0
  #formula = false
  #value = ''
  #index = NONE
  #inValue = false
  #inline: StringCollector

  constructor(
    private name: string,
    private context: SheetContext
  ) {
    this.#inline = new StringCollector(context.limits.cellChars)
  }

  takeRows(): Row[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: XmlAttributes): void {
    if (!this.#inData) {
      if (name === 'sheetData') this.#inData = true
      else if (name === 'mergeCell') this.#merge(attributes.get('ref') ?? '')
    } else if (!this.#inCell) {
      if (name === 'c') this.#openCell(attributes)
      else if (name === 'row') this.#openRow(attributes)
    } else if (name === 'v') this.#inValue = true
    else if (name === 'f') this.#formula = true
    else this.#inline.open(name)
  }

  close(name: string): void {
    if (!this.#inData) return
    if (this.#inCell) {
      if (name === 'v') this.#inValue = false
      else if (name === 'c') this.#closeCell()
      else this.#inline.close(name)
    } else if (name === 'row') this.#closeRow()
    else if (name === 'sheetData') this.#inData = false
  }

  text(text: XmlText): void {
    if (this.#inValue) {
      // the usual cell names a shared string by its index, which needs no text
      if (this.#type === 's') this.#index = this.#index === NONE ? text.index() : -1
      else this.#value += text.toString()
      if (this.#value.length > this.context.limits.cellChars * 7) this.#refuse('cell_too_long')
    } else if (this.#inCell) this.#inline.add(text, this.name)
  }

  #openRow(attributes: XmlAttributes) {
    const number = attributes.get('r')
    const row = number === undefined ? this.#row + 1 : Number(number)
    if (this.#inRow || !Number.isInteger(row) || row <= this.#row || row > LAST_ROW) {
      throw new SpreadsheetError('bad_reference', { place: this.name, value: number })
    }
    this.#row = row
    this.#inRow = true
    this.#hidden = isTrue(attributes.get('hidden'))
    this.#cells = []
    this.#column = 0
  }

  #closeRow() {
    this.#inRow = false
    if (this.#cells.length === 0) return
    const { context } = this
    if (++context.rows > context.limits.rows) {
      throw new SpreadsheetError('too_many_rows', { place: this.name, value: context.limits.rows })
    }
    const row = { number: this.#row, cells: this.#cells }
    this.#rows.push(this.#hidden ? { ...row, hidden: true } : row)
    this.#cells = []
  }

  #openCell(attributes: XmlAttributes) {
    const reference = attributes.find('r')
    let column = this.#column + 1
    if (reference) {
      const at = this.#reference
      const exists = parseReference(reference.bytes, reference.start, reference.end, at)
      if (!exists || at.row !== this.#row || at.column < column) {
        throw new SpreadsheetError('bad_reference', {
          place: this.name,
          value: reference.toString(),
        })
      }
      column = at.column
    }
    if (!this.#inRow || column > LAST_COLUMN) this.#refuse('bad_reference')
    this.#column = column
    this.#type = attributes.get('t') ?? 'n'
    this.#style = attributes.find('s')?.index() ?? 0
    this.#formula = false
    this.#value = ''
    this.#index = NONE
    this.#inline.reset()
    this.#inCell = true
  }

  #closeCell() {
    this.#inCell = false
    let cell = this.#cell()
    if (this.#formula) cell = { ...cell, formula: true }
    else if (cell.kind === 'blank') return
    const { context } = this
    if (this.#column > context.limits.columns) this.#refuse('too_many_columns')
    if (cell.text.length > context.limits.cellChars) this.#refuse('cell_too_long')
    context.chars += cell.text.length
    if (context.chars > context.limits.textChars) this.#refuse('too_much_text')
    while (this.#cells.length < this.#column - 1) this.#cells.push(BLANK_CELL)
    this.#cells.push(cell)
  }

  #cell(): Cell {
    const { strings, displays, date1904 } = this.context
    if (this.#type === 's') {
      return this.#index === NONE ? BLANK_CELL : (strings[this.#index] ?? this.#refuse('damaged'))
    }
    if (this.#type === 'inlineStr') return textCell(this.#inline.text)
    const display = displays[this.#style] ?? 'plain'
    return typedCell(this.#type, this.#value, display, date1904) ?? this.#refuse('damaged')
  }

  #merge(reference: string) {
    const area = parseArea(reference)
    if (!area) {
      throw new SpreadsheetError('bad_reference', { place: this.name, value: reference })
    }
    const cells = (area.toRow - area.fromRow + 1) * (area.toColumn - area.fromColumn + 1)
    if (cells > MERGE_CELLS) {
      throw new SpreadsheetError('bad_merge', { place: this.name, value: reference })
    }
    this.merges.push(area)
    if (this.merges.length > this.context.limits.merges) this.#refuse('too_many_merges')
  }

  #refuse(code: SpreadsheetErrorCode): never {
    const { limits } = this.context
    const bounds: Partial<Record<SpreadsheetErrorCode, number>> = {
      too_many_columns: limits.columns,
      cell_too_long: limits.cellChars,
      too_much_text: limits.textChars,
      too_many_merges: limits.merges,
    }
    const place = this.#row === 0 ? this.name : `${this.name}!${this.#row}`
    throw new SpreadsheetError(code, { place, value: bounds[code] })
  }
}
