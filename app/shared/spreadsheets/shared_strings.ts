import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import { BLANK_CELL, type Cell } from './types.js'
import type { XmlText } from './xml_text.js'
import type { ZipArchive } from './zip_archive.js'

/** Resolves `_x000D_`, by which spreadsheets write characters that XML cannot hold. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16))
  )
}

export function textCell(text: string): Cell {
  if (text === '') return BLANK_CELL
  const value = unescapeText(text)
  return { text: value, kind: 'text', raw: value }
}

/**
 * Collects the text of one string: plain or in runs of differing look, without the phonetic hints
 * above it. Refuses one longer than a cell can be.
 */
export class StringCollector {
  text = ''
  #inText = false
  #phonetic = 0

  constructor(private limit: number) {}

  reset() {
    this.text = ''
    this.#inText = false
    this.#phonetic = 0
  }

  open(name: string) {
    if (name === 'rPh') this.#phonetic++
    else if (name === 't') this.#inText = this.#phonetic === 0
  }

  close(name: string) {
    if (name === 'rPh') this.#phonetic--
    else if (name === 't') this.#inText = false
  }

  add(piece: XmlText, place: string) {
    if (!this.#inText) return
    const text = piece.toString()
    this.text = this.text === '' ? text : this.text + text
    // an escape of seven characters stands for one, so the bound is loose here and exact later
    if (this.text.length > this.limit * 7) {
      throw new SpreadsheetError('cell_too_long', { place, value: this.limit })
    }
  }
}

/**
 * Reads the table of shared strings as cells: thousands of cells that name the same string share
 * one object.
 */
export async function readSharedStrings(
  archive: ZipArchive,
  part: string,
  limits: Limits
): Promise<Cell[]> {
  const cells: Cell[] = []
  const string = new StringCollector(limits.cellChars)
  let chars = 0
  const checkCount = (count: number) => {
    if (count > limits.sharedStrings) {
      throw new SpreadsheetError('too_many_strings', { value: limits.sharedStrings })
    }
  }
  await archive.parse(part, {
    open(name, attributes) {
      if (name === 'si') string.reset()
      else if (name === 'sst') checkCount(Number(attributes.get('uniqueCount') ?? 0))
      else string.open(name)
    },
    close(name) {
      if (name !== 'si') return string.close(name)
      const cell = textCell(string.text)
      if (cell.text.length > limits.cellChars) {
        throw new SpreadsheetError('cell_too_long', { place: part, value: limits.cellChars })
      }
      cells.push(cell)
      checkCount(cells.length)
      chars += cell.text.length
      if (chars > limits.sharedStringChars) {
        throw new SpreadsheetError('too_many_strings', { value: limits.sharedStringChars })
      }
    },
    text(text) {
      string.add(text, part)
    },
  })
  return cells
}
