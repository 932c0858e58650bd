import { SpreadsheetError } from './errors.js'

/** Receives the markup in document order; names come without their namespace prefix. */
export type XmlHandler = {
  open(name: string, attributes: string): void
  close(name: string): void
  text(text: string): void
}

const TAG_CHARS = 64 * 1024
const DEPTH = 100
const LT = 60
const GT = 62
const QUOTE = 34
const APOSTROPHE = 39

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Resolves the five named and the numeric references of XML. There is no document type, hence any
 * other name is an error.
 */
export function decodeEntities(text: string, place: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));|&/gi,
    (_, hex, dec, name) => {
      if (name !== undefined && NAMED[name] !== undefined) return NAMED[name]
      const code = hex ? Number.parseInt(hex, 16) : dec ? Number(dec) : Number.NaN
      if (!(code > 0 && code <= 0x10ffff)) throw new SpreadsheetError('damaged', { place })
      return String.fromCodePoint(code)
    }
  )
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/**
 * A small push tokenizer for the parts of a workbook. It keeps nothing but an unfinished tag,
 * refuses every `<!` that is neither comment nor CDATA (so no DOCTYPE and no entities), and checks
 * that elements nest. Text arrives in pieces; whoever collects it bounds it.
 */
export class XmlTokenizer {
  #rest = ''
  #mode: 'content' | 'comment' | 'instruction' | 'cdata' = 'content'
  #open: string[] = []
  #elements = 0

  constructor(
    private handler: XmlHandler,
    private place: string
  ) {}

  write(chunk: string): void {
    const input = this.#rest === '' ? chunk : this.#rest + chunk
    this.#rest = ''
    let position = 0
    while (position < input.length) {
      const next =
        this.#mode === 'content' ? this.#content(input, position) : this.#skip(input, position)
      if (next === -1) return
      position = next
    }
  }

  end(): void {
    const whole = this.#mode === 'content' && this.#open.length === 0 && this.#elements > 0
    if (!whole || this.#rest.trim() !== '') this.#damaged()
  }

  #content(input: string, position: number): number {
    const start = input.indexOf('<', position)
    if (start === -1) return this.#lastText(input, position)
    if (start > position) this.#emit(input.slice(position, start), true)
    switch (input.charCodeAt(start + 1)) {
      case 33:
        return this.#declaration(input, start)
      case 63:
        this.#mode = 'instruction'
        return start + 2
      case 47:
        return this.#closing(input, start)
      default:
        return this.#opening(input, start)
    }
  }

  #opening(input: string, start: number): number {
    let end = start + 1
    let nameEnd = 0
    let quote = 0
    for (; end < input.length; end++) {
      const char = input.charCodeAt(end)
      if (quote !== 0) {
        if (char === quote) quote = 0
      } else if (char === GT) break
      else if (char === QUOTE || char === APOSTROPHE) quote = char
      else if (char === LT) this.#damaged()
      else if (nameEnd === 0 && char <= 32) nameEnd = end
    }
    if (end - start > TAG_CHARS) this.#damaged()
    if (end >= input.length) return this.#keep(input, start)
    const selfClosed = input.charCodeAt(end - 1) === 47
    const last = selfClosed ? end - 1 : end
    if (nameEnd === 0) nameEnd = last
    const name = localName(input.slice(start + 1, nameEnd))
    if (name === '' || (this.#open.length === 0 && this.#elements > 0)) this.#damaged()
    this.#elements++
    this.handler.open(name, nameEnd < last ? input.slice(nameEnd, last) : '')
    if (selfClosed) this.handler.close(name)
    else if (this.#open.push(name) > DEPTH) this.#damaged()
    return end + 1
  }

  #closing(input: string, start: number): number {
    const end = input.indexOf('>', start + 2)
    if (end === -1) return this.#keep(input, start)
    const name = localName(input.slice(start + 2, end).trimEnd())
    if (this.#open.pop() !== name) this.#damaged()
    this.handler.close(name)
    return end + 1
  }

  #declaration(input: string, start: number): number {
    if (input.startsWith('<!--', start)) {
      this.#mode = 'comment'
      return start + 4
    }
    if (input.startsWith('<![CDATA[', start)) {
      this.#mode = 'cdata'
      return start + 9
    }
    const begun = input.slice(start)
    if ('<!--'.startsWith(begun) || '<![CDATA['.startsWith(begun)) return this.#keep(input, start)
    throw new SpreadsheetError('doctype', { place: this.place })
  }

  #skip(input: string, position: number): number {
    const mark = this.#mode === 'comment' ? '-->' : this.#mode === 'cdata' ? ']]>' : '?>'
    const end = input.indexOf(mark, position)
    // an end mark may be cut by the edge of a chunk
    const until = end === -1 ? Math.max(position, input.length - mark.length + 1) : end
    if (this.#mode === 'cdata' && until > position) this.#emit(input.slice(position, until), false)
    if (end === -1) return this.#keep(input, until)
    this.#mode = 'content'
    return end + mark.length
  }

  /** Text up to the edge of the chunk, except a reference or line break that may go on behind it. */
  #lastText(input: string, position: number): number {
    let until = input.length
    const ampersand = input.lastIndexOf('&')
    if (ampersand >= position && until - ampersand < 12 && !input.includes(';', ampersand)) {
      until = ampersand
    } else if (input.charCodeAt(until - 1) === 13) until--
    if (until > position) this.#emit(input.slice(position, until), true)
    return until < input.length ? this.#keep(input, until) : -1
  }

  #emit(text: string, references: boolean): void {
    if (this.#open.length === 0) {
      if (text.trim() !== '' && text !== '\ufeff') this.#damaged()
      return
    }
    const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
    this.handler.text(references ? decodeEntities(lines, this.place) : lines)
  }

  #keep(input: string, from: number): -1 {
    this.#rest = input.slice(from)
    if (this.#rest.length > TAG_CHARS) this.#damaged()
    return -1
  }

  #damaged(): never {
    throw new SpreadsheetError('damaged', { place: this.place })
  }
}
