import { JsonBytes, resized } from './json_bytes.js'

/** Where a record holds what; the words of the name follow. */
const HASH = 0
const NUMBER = 1
const LENGTH = 2
const WORDS = 3

/** Names by number, in the order they came, each once; equal only when every byte is. */
export class Names {
  count = 0
  /** One record after the other. */
  records = new Int32Array(64)
  private bytes = Buffer.from(this.records.buffer)
  /** Per number: where its record begins. */
  starts = new Int32Array(8)
  private end = 0
  /** Open addressing: at the place of the hash, or behind it, the record's begin + 1; 0 is free. */
  private places = new Int32Array(16)
  private mask = 15
  /** Kept, or the reading ahead would be left out as useless. */
  protected seen = 0
  private readonly asked = new JsonBytes(Buffer.alloc(0))

  /** The number of the string that was read last; −1: it is not among them. */
  find({ words, length, hash }: JsonBytes): number {
    const { places, mask, records } = this
    next: for (let place = hash & mask; places[place] !== 0; place = (place + 1) & mask) {
      const at = places[place] - 1
      if (records[at + HASH] !== hash || records[at + LENGTH] !== length) continue
      for (let word = 0; word << 2 < length; word++) {
        if (records[at + WORDS + word] !== words[word]) continue next
      }
      return records[at + NUMBER]
    }
    return -1
  }

  numberOf(text: string): number {
    return text.isWellFormed() ? this.find(this.asked.load(text)) : -1
  }

  /** The number of the string that was read last, a new one where there was none. */
  add(json: JsonBytes): number {
    const number = this.find(json)
    return number < 0 ? this.append(json.hash, json.length, json.words, 0) : number
  }

  /**
   * Asks for the records that begin there: memory brings them side by side, where `take` would wait
   * for each one before it asks for the next.
   */
  readAhead(starts: Int32Array, from: number, to: number) {
    const { records } = this
    let seen = 0
    for (let at = from; at < to; at++) seen ^= records[starts[at]]
    this.seen = seen
  }

  /** Takes the name whose record begins at `start` among others, which must not be among these. */
  take({ records }: Names, start: number): number {
    return this.append(records[start + HASH], records[start + LENGTH], records, start + WORDS)
  }

  /** Forgets all names and makes room for so many. */
  clear(room: number) {
    this.count = 0
    this.end = 0
    if (this.starts.length < room) return this.grow(room)
    this.mask = powerFrom(room) * 2 - 1
    this.places.fill(0, 0, this.mask + 1)
  }

  text(number: number): string {
    const at = this.starts[number]
    const from = (at + WORDS) * 4
    return this.bytes.toString('utf8', from, from + this.records[at + LENGTH])
  }

  private append(hash: number, length: number, words: Int32Array, from: number): number {
    if (this.count * 2 > this.mask) this.grow(this.count * 2)
    const number = this.count++
    const at = this.end
    const size = (length + 3) >>> 2
    this.end = at + WORDS + size
    if (this.end > this.records.length) {
      this.records = resized(this.records, this.end * 2)
      this.bytes = Buffer.from(this.records.buffer)
    }
    const { records } = this
    records[at + HASH] = hash
    records[at + NUMBER] = number
    records[at + LENGTH] = length
    for (let word = 0; word < size; word++) records[at + WORDS + word] = words[from + word]
    this.starts[number] = at
    this.settle(at)
    return number
  }

  private grow(room: number) {
    const size = powerFrom(room)
    if (size > this.starts.length) {
      this.starts = resized(this.starts, size)
      this.places = new Int32Array(size * 2)
    } else this.places.fill(0, 0, size * 2)
    this.mask = size * 2 - 1
    for (let number = 0; number < this.count; number++) this.settle(this.starts[number])
  }

  private settle(at: number) {
    const { places, mask } = this
    let place = this.records[at + HASH] & mask
    while (places[place] !== 0) place = (place + 1) & mask
    places[place] = at + 1
  }
}

function powerFrom(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(count, 8)))
}
