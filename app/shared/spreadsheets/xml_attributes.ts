import { XmlText } from './xml_text.js'

/** The attributes of the tag that was just read. Valid only while `open` of the handler runs. */
export class XmlAttributes {
  #bytes: Buffer = Buffer.alloc(0)
  /** start and end of name and value, four numbers for each attribute */
  #offsets: number[] = []
  #length = 0
  #text: XmlText

  constructor(place: string) {
    this.#text = new XmlText(place)
  }

  reset(bytes: Buffer) {
    this.#bytes = bytes
    this.#length = 0
  }

  add(nameStart: number, nameEnd: number, valueStart: number, valueEnd: number) {
    const offsets = this.#offsets
    offsets[this.#length] = nameStart
    offsets[this.#length + 1] = nameEnd
    offsets[this.#length + 2] = valueStart
    offsets[this.#length + 3] = valueEnd
    this.#length += 4
  }

  /** The value of an attribute, to be read at once; null when there is none. */
  find(name: string): XmlText | null {
    for (let index = 0; index < this.#length; index += 4) {
      if (this.#endsWith(index, name, this.#offsets[index])) return this.#value(index)
    }
    return null
  }

  get(name: string): string | undefined {
    return this.find(name)?.toString()
  }

  /** The attribute whose name ends so, whatever prefix a producer gave to its namespace. */
  endingWith(suffix: string): string | undefined {
    for (let index = 0; index < this.#length; index += 4) {
      const start = this.#offsets[index + 1] - suffix.length
      if (start > this.#offsets[index] && this.#endsWith(index, suffix, start)) {
        return this.#value(index).toString()
      }
    }
  }

  #endsWith(index: number, name: string, start: number): boolean {
    if (this.#offsets[index + 1] - start !== name.length) return false
    for (let at = 0; at < name.length; at++) {
      if (this.#bytes[start + at] !== name.charCodeAt(at)) return false
    }
    return true
  }

  #value(index: number): XmlText {
    return this.#text.set(this.#bytes, this.#offsets[index + 2], this.#offsets[index + 3])
  }
}

/** The truth of an XML Schema boolean. */
export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
