const NONE = -1

/**
 * Finds a number by the name of a person among a few people, again and again: an index of everybody
 * does not fit the caches, and a Map a post is a million allocations. Open addressing; the hash of
 * each name is computed once.
 */
export class NameIndex {
  private readonly hashes: Int32Array
  /** The names stand in the table itself: a step less to memory for each one that is looked for. */
  private keys: (string | null)[] = []
  private numbers = new Int32Array(0)
  private mask = 0

  constructor(private readonly names: readonly string[]) {
    this.hashes = Int32Array.from(names, hashOf)
  }

  /** Makes room for so many. */
  clear(count: number) {
    let size = 16
    while (size < count * 2) size *= 2
    if (size > this.numbers.length) {
      this.keys = Array.from({ length: size }, () => null)
      this.numbers = new Int32Array(size)
    }
    this.mask = size - 1
    this.keys.fill(null, 0, size)
  }

  /** Answers the number that stood there before; negative: none. */
  put(person: number, number: number): number {
    const { keys, numbers, mask } = this
    const name = this.names[person]
    let at = this.hashes[person] & mask
    while (keys[at] !== null && keys[at] !== name) at = (at + 1) & mask
    const before = keys[at] === null ? NONE : numbers[at]
    keys[at] = name
    numbers[at] = number
    return before
  }

  find(name: string): number {
    const { keys, mask } = this
    let at = hashOf(name) & mask
    while (keys[at] !== null) {
      if (keys[at] === name) return this.numbers[at]
      at = (at + 1) & mask
    }
    return NONE
  }
}

/** FNV-1a, its high bits folded in. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  }
  return hash ^ (hash >>> 15)
}
