import { SpreadsheetError } from './errors.js'
import { decodeEntities } from './xml_tokenizer.js'

const EQUALS = 61

/**
 * Splits the attributes of one tag. One instance is used over and over, for a sheet has a tag for
 * every cell: `parse` forgets what it held before.
 */
export class XmlAttributes {
  #names: string[] = []
  #values: string[] = []
  #count = 0

  constructor(private place: string) {}

  parse(source: string): this {
    this.#count = 0
    let position = 0
    while (position < source.length) {
      while (source.charCodeAt(position) <= 32) position++
      if (position >= source.length) break
      const nameStart = position
      while (position < source.length && source.charCodeAt(position) !== EQUALS) position++
      const name = source.slice(nameStart, position).trimEnd()
      position++
      while (source.charCodeAt(position) <= 32) position++
      const quote = source[position]
      const end = quote === '"' || quote === "'" ? source.indexOf(quote, position + 1) : -1
      if (end === -1 || name === '') throw new SpreadsheetError('damaged', { place: this.place })
      this.#names[this.#count] = name
      this.#values[this.#count] = source.slice(position + 1, end)
      this.#count++
      position = end + 1
    }
    return this
  }

  get(name: string): string | undefined {
    for (let index = 0; index < this.#count; index++) {
      if (this.#names[index] === name) return decodeEntities(this.#values[index], this.place)
    }
  }

  /** The attribute whose name ends so, whatever prefix a producer gave to its namespace. */
  endingWith(suffix: string): string | undefined {
    for (let index = 0; index < this.#count; index++) {
      if (this.#names[index].endsWith(suffix)) {
        return decodeEntities(this.#values[index], this.place)
      }
    }
  }
}

/** The truth of an XML Schema boolean. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
