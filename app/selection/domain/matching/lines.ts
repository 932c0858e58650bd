/**
 * The people who wait in front of each post (or group) in the order of its ranking, and who of them
 * holds a place. All lines lie one after the other in typed arrays; a person stands at a rank.
 *
 * The last person admitted to a full line only ever gets better, so it is found by a pointer that
 * walks each line backwards once: the whole matching is linear in the preferences.
 */
export class Lines {
  readonly first: Int32Array
  readonly admitted: Int32Array
  private readonly person: Int32Array
  private readonly holds: Uint8Array
  /** 1: in a tie with the rank before. */
  private readonly tied: Uint8Array
  /** Before the first rank of the line until somebody stands in it. */
  private readonly last: Int32Array
  private readonly end: Int32Array
  private readonly lastEntry: Int32Array

  constructor(
    readonly capacity: Int32Array,
    lengths: Int32Array
  ) {
    const count = lengths.length
    this.first = new Int32Array(count + 1)
    for (let line = 0; line < count; line++) this.first[line + 1] = this.first[line] + lengths[line]
    const total = this.first[count]
    this.end = this.first.slice(0, count)
    this.person = new Int32Array(total)
    this.holds = new Uint8Array(total)
    this.tied = new Uint8Array(total)
    this.last = this.end.map((end) => end - 1)
    this.lastEntry = new Int32Array(count)
    this.admitted = new Int32Array(count)
  }

  /** `entry`: the number of the entry of a ranking; who comes by the same one is in a tie. */
  append(line: number, person: number, entry: number): number {
    const rank = this.end[line]++
    this.person[rank] = person
    if (this.lastEntry[line] === entry) this.tied[rank] = 1
    this.lastEntry[line] = entry
    this.last[line] = rank
    return rank
  }

  /** How many stand in all lines. */
  get length(): number {
    return this.person.length
  }

  admits(line: number, rank: number): boolean {
    return this.admitted[line] < this.capacity[line] || rank < this.lastAdmitted(line)
  }

  hold(line: number, rank: number) {
    this.holds[rank] = 1
    this.admitted[line]++
  }

  release(line: number, rank: number) {
    this.holds[rank] = 0
    this.admitted[line]--
  }

  isOver(line: number): boolean {
    return this.admitted[line] > this.capacity[line]
  }

  isFull(line: number): boolean {
    return this.admitted[line] >= this.capacity[line]
  }

  /** The rank of the last one who holds a place; before the first of the line when nobody does. */
  lastAdmitted(line: number): number {
    const first = this.first[line]
    let rank = this.last[line]
    while (rank >= first && this.holds[rank] === 0) rank--
    this.last[line] = rank
    return rank
  }

  hasAdmitted(line: number): boolean {
    return this.admitted[line] > 0
  }

  personAt(rank: number): number {
    return this.person[rank]
  }

  isHeld(rank: number): boolean {
    return this.holds[rank] === 1
  }

  /** The ranks `[from, to)` of the tie that a rank stands in. */
  tieOf(line: number, rank: number): { from: number; to: number } {
    let from = rank
    while (this.tied[from] === 1) from--
    let to = rank + 1
    while (to < this.end[line] && this.tied[to] === 1) to++
    return { from, to }
  }
}
