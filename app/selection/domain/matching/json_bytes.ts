import { MatchingError } from './types.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Walks over a JSON text (RFC 8259) in its UTF-8 bytes and makes no objects of it. Every method
 * reads one thing at `at` and ends behind it. Anything that is no JSON throws somewhere on the way;
 * what exactly is wrong with it, JSON.parse says better.
 */
export class JsonBytes {
  at = 0
  /**
   * The string read last, its escapes resolved: UTF-8, four bytes a word with the first one lowest,
   * the last word filled with 0.
   */
  words = new Int32Array(64)
  /** In bytes. */
  length = 0
  hash = 0
  private readonly view: DataView

  constructor(readonly bytes: Buffer) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** The byte that the next value begins with; NaN behind the end. */
  peek(): number {
    const { bytes } = this
    let { at } = this
    while (at < bytes.length) {
      const byte = bytes[at]
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) {
        this.at = at
        return byte
      }
      at++
    }
    this.at = at
    return Number.NaN
  }

  isString(): boolean {
    return this.peek() === QUOTE
  }

  isList(): boolean {
    return this.peek() === OPEN_LIST
  }

  isObject(): boolean {
    return this.peek() === OPEN_OBJECT
  }

  /** `each` reads one element of the list. */
  list(each: (index: number) => void) {
    this.expect(OPEN_LIST)
    if (this.peek() === CLOSE_LIST) return this.expect(CLOSE_LIST)
    for (let index = 0; ; index++) {
      each(index)
      const next = this.peek()
      this.at++
      if (next === CLOSE_LIST) return
      if (next !== COMMA) this.refuse()
    }
  }

  /** `each` reads one value of the object; its key is the string read last. */
  object(each: () => void) {
    this.expect(OPEN_OBJECT)
    if (this.peek() === CLOSE_OBJECT) return this.expect(CLOSE_OBJECT)
    for (;;) {
      this.string()
      this.expect(COLON)
      each()
      const next = this.peek()
      this.at++
      if (next === CLOSE_OBJECT) return
      if (next !== COMMA) this.refuse()
    }
  }

  /** Reads a string into `words`, `length` and `hash`. */
  string() {
    this.expect(QUOTE)
    const from = this.at
    let hash = 0
    for (let at = from, count = 0; ; at += 4) {
      const word = this.wordAt(at)
      const special = specials(word)
      if (special === 0) {
        hash = stirred(hash, word)
        this.put(count++, word)
        continue
      }
      const clean = 24 - Math.clz32(special & -special)
      const end = at + (clean >>> 3)
      if (this.bytes[end] !== QUOTE) return this.parsed(from)
      if (clean > 0) {
        const rest = word & ((1 << clean) - 1)
        hash = stirred(hash, rest)
        this.put(count, rest)
      }
      this.length = end - from
      this.hash = hash
      this.at = end + 1
      return
    }
  }

  private put(index: number, word: number) {
    if (index === this.words.length) this.words = resized(this.words, index * 2)
    this.words[index] = word
  }

  /** Four bytes; behind the end they are 0, which no JSON text holds. */
  private wordAt(at: number): number {
    if (at + 4 <= this.bytes.length) return this.view.getInt32(at, true)
    let word = 0
    for (let byte = 3; byte >= 0; byte--) word = (word << 8) | (this.bytes[at + byte] ?? 0)
    return word
  }

  /** A string that has escapes, or is none. */
  private parsed(from: number) {
    this.at = from - 1
    this.load(this.value() as string)
  }

  /** As if this string had been read. */
  load(text: string): this {
    if (!text.isWellFormed()) throw new MatchingError(`byte ${this.at}: half of a surrogate pair`)
    const bytes = Buffer.from(text)
    this.length = bytes.length
    this.hash = 0
    for (let at = 0; at < bytes.length; at += 4) {
      let word = 0
      for (let byte = 3; byte >= 0; byte--) word = (word << 8) | (bytes[at + byte] ?? 0)
      this.hash = stirred(this.hash, word)
      this.put(at >>> 2, word)
    }
    return this
  }

  /** The string that was read last. */
  text(): string {
    return Buffer.from(this.words.buffer, 0, this.length).toString()
  }

  /** Any value, made by JSON.parse. */
  value(): unknown {
    this.peek()
    const from = this.at
    this.pass()
    return JSON.parse(this.bytes.toString('utf8', from, this.at))
  }

  /** Goes behind a value without reading it: whether it is JSON inside is not looked at. */
  pass() {
    const { bytes } = this
    this.peek()
    let depth = 0
    let { at } = this
    for (; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === QUOTE) {
        while (++at < bytes.length && bytes[at] !== QUOTE) if (bytes[at] === BACKSLASH) at++
        if (depth === 0) break
      } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        depth++
      } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
        // Behind a number the list or object that it stands in may end.
        if (depth === 0) return this.goTo(at)
        if (--depth === 0) break
      } else if (byte === COMMA && depth === 0) return this.goTo(at)
    }
    this.goTo(at + 1)
  }

  private goTo(at: number) {
    this.at = Math.min(at, this.bytes.length)
  }

  /** Nothing but white space may follow. */
  end() {
    if (!Number.isNaN(this.peek())) this.refuse()
  }

  private expect(byte: number) {
    if (this.peek() !== byte) this.refuse()
    this.at++
  }

  private refuse(): never {
    throw new SyntaxError(`byte ${this.at}: is not JSON`)
  }
}

function stirred(hash: number, word: number): number {
  hash = Math.imul(hash ^ word, 0x9e3779b1)
  return hash ^ (hash >>> 15)
}

/**
 * Finds in four bytes at once what ends or bends a string: quote, backslash, control characters.
 * The lowest bit that is set belongs to the first of them; 0: there is none.
 */
function specials(word: number): number {
  const quote = word ^ 0x22222222
  const backslash = word ^ 0x5c5c5c5c
  return (
    (((quote - 0x01010101) & ~quote) |
      ((backslash - 0x01010101) & ~backslash) |
      ((word - 0x20202020) & ~word)) &
    0x80808080
  )
}

/** The same numbers in a longer array. */
export function resized(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const other = new Int32Array(length)
  other.set(array)
  return other
}
