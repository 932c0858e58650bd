import { isUtf8 } from 'node:buffer'
import { SpreadsheetError } from './errors.js'

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const REFERENCE = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));|&/gi
const SINGLE = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/**
 * A run of bytes of the part that is being read, turned into a string or number only when it is
 * asked for: a sheet has millions of them. Valid only while the handler that got it runs.
 */
export class XmlText {
  bytes: Buffer = Buffer.alloc(0)
  start = 0
  end = 0
  /** false inside CDATA, where `&` is a letter like others */
  references = true

  constructor(private place: string) {}

  set(bytes: Buffer, start: number, end: number, references = true): this {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.references = references
    return this
  }

  /** A whole number of up to eight digits, as indexes are; -1 when it is anything else. */
  index(): number {
    const length = this.end - this.start
    if (length < 1 || length > 8) return -1
    let value = 0
    for (let position = this.start; position < this.end; position++) {
      const digit = this.bytes[position] - 48
      if (digit < 0 || digit > 9) return -1
      value = value * 10 + digit
    }
    return value
  }

  /** The text with its references resolved and its line breaks as XML wants them. */
  toString(): string {
    const { bytes, start, end } = this
    if (end - start === 1 && bytes[start] < 128 && bytes[start] !== 13) return SINGLE[bytes[start]]
    if (bytes[start] > 48 && bytes[start] <= 57) {
      const number = this.index()
      if (number !== -1) return String(number)
    }
    const text = this.#decode()
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
    return this.references && lines.includes('&') ? this.#resolve(lines) : lines
  }

  #decode(): string {
    const { bytes, start, end } = this
    let position = start
    while (position < end && bytes[position] < 128) position++
    if (position === end) return bytes.toString('latin1', start, end)
    const text = bytes.toString('utf8', start, end)
    // the replacement character may stand there honestly
    if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end))) this.#damaged()
    return text
  }

  /** There is no document type, hence every name but the five is an error. */
  #resolve(text: string): string {
    return text.replace(REFERENCE, (_, hex, decimal, name) => {
      if (name !== undefined && NAMED[name] !== undefined) return NAMED[name]
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : Number.NaN
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : this.#damaged()
    })
  }

  #damaged(): never {
    throw new SpreadsheetError('damaged', { place: this.place })
  }
}
