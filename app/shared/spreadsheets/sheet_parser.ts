import { parseArea, parseReference } from './cell_reference.js'
import { SpreadsheetError, type SpreadsheetErrorCode } from './errors.js'
import { LAST_COLUMN, LAST_ROW, type Limits } from './limits.js'
import { dateText, numberText, type NumberDisplay } from './number_format.js'
import { detached, StringCollector, textCell } from './shared_strings.js'
import { BLANK_CELL, type Cell, type Merge, type Row } from './types.js'
import { isTrue, XmlAttributes } from './xml_attributes.js'
import type { XmlHandler } from './xml_tokenizer.js'

/** No title or table cell of an office covers more cells than this. */
const MERGE_CELLS = 1_000_000

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
  #inCell = false
  #type = ''
  #style = 0
  #formula = false
  #value = ''
  #inValue = false
  #inline: StringCollector
  #attributes: XmlAttributes

  constructor(
    private name: string,
    private context: SheetContext
  ) {
    this.#inline = new StringCollector(context.limits.cellChars)
    this.#attributes = new XmlAttributes(name)
  }

  takeRows(): Row[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, source: string): void {
    if (!this.#inData) {
      if (name === 'sheetData') this.#inData = true
      else if (name === 'mergeCell') this.#merge(this.#attributes.parse(source).get('ref') ?? '')
    } else if (!this.#inCell) {
      if (name === 'c') this.#openCell(source)
      else if (name === 'row') this.#openRow(source)
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

  text(text: string): void {
    if (this.#inValue) {
      this.#value = this.#value === '' ? text : this.#value + text
      if (this.#value.length > this.context.limits.cellChars * 7) this.#refuse('cell_too_long')
    } else if (this.#inCell) this.#inline.add(text, this.name)
  }

  #openRow(source: string) {
    const number = this.#attributes.parse(source).get('r')
    const row = number === undefined ? this.#row + 1 : Number(number)
    if (this.#inRow || !Number.isInteger(row) || row <= this.#row || row > LAST_ROW) {
      throw new SpreadsheetError('bad_reference', { place: this.name, value: number })
    }
    this.#row = row
    this.#inRow = true
    this.#hidden = isTrue(this.#attributes.get('hidden'))
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

  #openCell(source: string) {
    const attributes = this.#attributes.parse(source)
    const reference = attributes.get('r')
    let column = this.#column + 1
    if (reference !== undefined) {
      const at = parseReference(reference)
      if (!at || at.row !== this.#row || at.column < column) {
        throw new SpreadsheetError('bad_reference', { place: this.name, value: reference })
      }
      column = at.column
    }
    if (!this.#inRow || column > LAST_COLUMN) this.#refuse('bad_reference')
    this.#column = column
    this.#type = attributes.get('t') ?? 'n'
    this.#style = Number(attributes.get('s') ?? 0)
    this.#formula = false
    this.#value = ''
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
    const value = this.#value
    if (this.#type === 'inlineStr') return textCell(this.#inline.text)
    if (value === '') return BLANK_CELL
    switch (this.#type) {
      case 's':
        return this.#shared(value)
      case 'str':
        return textCell(value)
      case 'b':
        return { text: isTrue(value) ? 'TRUE' : 'FALSE', kind: 'boolean', raw: detached(value) }
      case 'e':
        return { text: detached(value), kind: 'error', raw: detached(value) }
      case 'd':
        return isoDateCell(detached(value)) ?? this.#refuse('damaged')
      case 'n':
        return this.#number(detached(value))
      default:
        return this.#refuse('damaged')
    }
  }

  #shared(value: string): Cell {
    const cell = /^\s*\d{1,8}\s*$/.test(value) ? this.context.strings[Number(value)] : undefined
    return cell ?? this.#refuse('damaged')
  }

  #number(raw: string): Cell {
    const text = numberText(raw)
    if (text === null) this.#refuse('damaged')
    const display = this.context.displays[this.#style] ?? 'plain'
    if (display === 'plain') return { text, kind: 'number', raw }
    if (typeof display === 'object') {
      const padded = /^\d+$/.test(text) ? text.padStart(display.digits, '0') : text
      return { text: padded, kind: 'number', raw }
    }
    const date = dateText(raw, display, this.context.date1904)
    return date === null ? { text, kind: 'number', raw } : { text: date, kind: 'date', raw }
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

/** Strict workbooks may hold a date as ISO text. */
function isoDateCell(raw: string): Cell | null {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(raw)
  if (!parts) return null
  const time = parts[2] && parts[2] !== '00:00:00' ? ` ${parts[2]}` : ''
  return { text: parts[1] + time, kind: 'date', raw }
}
