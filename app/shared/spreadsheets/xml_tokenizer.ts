import { SpreadsheetError } from './errors.js'
import { XmlAttributes } from './xml_attributes.js'
import { matches, XmlNames, type XmlName } from './xml_names.js'
import { XmlText } from './xml_text.js'

/**
 * Receives the markup in document order; names come without their namespace prefix. A text is
 * whole, unless a comment or CDATA divides it.
 */
export type XmlHandler = {
  open(name: string, attributes: XmlAttributes): void
  close(name: string): void
  text(text: XmlText): void
}

/** The longest tag or text: a full cell with every character written as a reference fits. */
const RUN_BYTES = 512 * 1024
const DEPTH = 100
const [QUOTE, APOSTROPHE, SLASH, LT, EQUALS, GT] = [34, 39, 47, 60, 61, 62]
const MARKS = { comment: '-->', cdata: ']]>', instruction: '?>' }

/**
 * A small push tokenizer over the UTF-8 bytes of a part. It keeps nothing but an unfinished tag or
 * text, refuses every `<!` that is neither comment nor CDATA (so no DOCTYPE and no entities), and
 * checks that elements nest.
 */
export class XmlTokenizer {
  #bytes: Buffer = Buffer.alloc(0)
  #mode: 'content' | keyof typeof MARKS = 'content'
  #open: XmlName[] = []
  #elements = 0
  #names = new XmlNames()
  #attributes: XmlAttributes
  #text: XmlText

  constructor(
    private handler: XmlHandler,
    private place: string
  ) {
    this.#attributes = new XmlAttributes(place)
    this.#text = new XmlText(place)
  }

  write(chunk: Buffer): void {
    const bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    this.#bytes = bytes
    // behind the last '>' nothing is whole yet; before it the loops below hardly ever meet the end
    const last = bytes.lastIndexOf(GT)
    let position = 0
    while (position <= last) {
      const next = this.#mode === 'content' ? this.#content(position) : this.#special(position)
      if (next === -1) break
      position = next
    }
    this.#bytes = bytes.subarray(position)
    if (this.#bytes.length > RUN_BYTES) {
      throw new SpreadsheetError('cell_too_long', { place: this.place })
    }
  }

  end(): void {
    const whole = this.#mode === 'content' && this.#open.length === 0 && this.#elements > 0
    if (!whole || this.#bytes.toString().trim() !== '') this.#damaged()
  }

  // each of the methods below returns the place behind what it read, -1 when the piece ends within

  #content(start: number): number {
    const bytes = this.#bytes
    if (bytes[start] !== LT) {
      // values are short: a loop beats the call of a search
      let end = start + 1
      while (end < bytes.length && bytes[end] !== LT) end++
      if (end === bytes.length) return -1
      this.#emit(start, end, true)
      return end
    }
    if (start + 1 >= bytes.length) return -1
    switch (bytes[start + 1]) {
      case 33:
        return this.#declaration(start)
      case 63:
        this.#mode = 'instruction'
        return start + 2
      case SLASH:
        return this.#closing(start)
      default:
        return this.#opening(start)
    }
  }

  #opening(start: number): number {
    const bytes = this.#bytes
    let position = start + 1
    while (IN_NAME[bytes[position]] === 1) position++
    const nameEnd = position
    this.#attributes.reset(bytes)
    for (;;) {
      while (bytes[position] <= 32) position++
      if (bytes[position] === GT || bytes[position] === SLASH) break
      position = this.#attribute(position)
      if (position === -1) return -1
    }
    const selfClosed = bytes[position] === SLASH
    const end = selfClosed ? position + 1 : position
    if (end >= bytes.length) return -1
    if (bytes[end] !== GT || nameEnd === start + 1) this.#damaged()
    if (this.#open.length === 0 && this.#elements > 0) this.#damaged()
    this.#elements++
    const name = this.#names.at(bytes, start + 1, nameEnd)
    this.handler.open(name.local, this.#attributes)
    if (selfClosed) this.handler.close(name.local)
    else if (this.#open.push(name) > DEPTH) this.#damaged()
    return end + 1
  }

  #attribute(start: number): number {
    const bytes = this.#bytes
    let position = start
    while (IN_NAME[bytes[position]] === 1) position++
    const nameEnd = position
    while (bytes[position] <= 32) position++
    if (position >= bytes.length) return -1
    if (nameEnd === start || bytes[position] !== EQUALS) this.#damaged()
    do position++
    while (bytes[position] <= 32)
    if (position >= bytes.length) return -1
    const quote = bytes[position]
    if (quote !== QUOTE && quote !== APOSTROPHE) this.#damaged()
    let end = position + 1
    while (end < bytes.length && bytes[end] !== quote) end++
    if (end === bytes.length) return -1
    this.#attributes.add(start, nameEnd, position + 1, end)
    return end + 1
  }

  #closing(start: number): number {
    const bytes = this.#bytes
    const name = this.#open[this.#open.length - 1]
    if (name === undefined) this.#damaged()
    let position = start + 2 + name.raw.length
    while (bytes[position] <= 32) position++
    if (position >= bytes.length) return -1
    if (bytes[position] !== GT || !matches(name, bytes, start + 2)) this.#damaged()
    this.#open.pop()
    this.handler.close(name.local)
    return position + 1
  }

  #declaration(start: number): number {
    const begun = this.#bytes.toString('latin1', start, start + 9)
    if (begun.startsWith('<!--')) {
      this.#mode = 'comment'
      return start + 4
    }
    if (begun === '<![CDATA[') {
      this.#mode = 'cdata'
      return start + 9
    }
    if ('<!--'.startsWith(begun) || '<![CDATA['.startsWith(begun)) return -1
    throw new SpreadsheetError('doctype', { place: this.place })
  }

  /** Comments and instructions are passed over, CDATA is text. */
  #special(start: number): number {
    const mode = this.#mode as keyof typeof MARKS
    const mark = MARKS[mode]
    const end = this.#bytes.indexOf(mark, start)
    if (end === -1) {
      // the end mark may be cut by the edge of a piece
      const kept = this.#bytes.length - mark.length + 1
      return mode === 'cdata' || kept <= start ? -1 : kept
    }
    if (mode === 'cdata' && end > start) this.#emit(start, end, false)
    this.#mode = 'content'
    return end + mark.length
  }

  #emit(start: number, end: number, references: boolean): void {
    const text = this.#text.set(this.#bytes, start, end, references)
    if (this.#open.length > 0) this.handler.text(text)
    else if (text.toString().trim() !== '') this.#damaged()
  }

  #damaged(): never {
    throw new SpreadsheetError('damaged', { place: this.place })
  }
}

/** The bytes of names: none of white space, `=`, `>`, `/`, `<`. */
const IN_NAME = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > 32 && ![EQUALS, GT, SLASH, LT].includes(byte) ? 1 : 0
)
