import { SpreadsheetError } from './errors.js'

/**
 * Brings the pieces of a part to UTF-8: XML may be UTF-16 by its byte order mark. The usual UTF-8
 * goes through as it is; whether it is valid is seen where text is read.
 */
export class XmlSource {
  #decoder: InstanceType<typeof TextDecoder> | null = null
  #begun = false

  constructor(private place: string) {}

  utf8(chunk: Buffer): Buffer {
    if (!this.#begun) {
      this.#begun = true
      const mark = chunk.length > 1 ? chunk.readUInt16BE(0) : 0
      if (mark === 0xfffe) this.#decoder = new TextDecoder('utf-16le', { fatal: true })
      if (mark === 0xfeff) this.#decoder = new TextDecoder('utf-16be', { fatal: true })
    }
    if (!this.#decoder) return chunk
    try {
      return Buffer.from(this.#decoder.decode(chunk, { stream: true }))
    } catch {
      throw new SpreadsheetError('damaged', { place: this.place })
    }
  }
}
