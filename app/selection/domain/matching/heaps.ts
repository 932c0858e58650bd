import type { Lot } from './lot.js'

/**
 * Those who hold places, the last in rank on top; a heap for each post (or group), all one after the
 * other in typed arrays. Under ten million preferences hold a million places: kept so, they fit
 * the caches.
 */
export class Heaps {
  readonly size: Int32Array
  private readonly first: Int32Array
  private readonly tier: Int32Array
  private readonly person: Int32Array

  /** `rooms`: the most that each heap ever holds. */
  constructor(
    rooms: Int32Array,
    private readonly lot: Lot
  ) {
    this.size = new Int32Array(rooms.length)
    this.first = new Int32Array(rooms.length)
    let total = 0
    rooms.forEach((room, heap) => {
      this.first[heap] = total
      total += room
    })
    this.tier = new Int32Array(total)
    this.person = new Int32Array(total)
  }

  /** Who is on top, with the tier; only where there is somebody. */
  lastPerson(heap: number): number {
    return this.person[this.first[heap]]
  }

  lastTier(heap: number): number {
    return this.tier[this.first[heap]]
  }

  /** Whether somebody of that tier stands before the one on top; nobody does where nobody is. */
  isBeforeLast(heap: number, tier: number, person: number): boolean {
    if (this.size[heap] === 0) return false
    const difference = tier - this.lastTier(heap)
    return difference === 0 ? this.lot.isBehind(this.lastPerson(heap), person) : difference < 0
  }

  add(heap: number, tier: number, person: number) {
    const { first, size } = this
    const top = first[heap]
    let at = size[heap]++
    while (at > 0) {
      const above = (at - 1) >>> 1
      if (!this.isBehind(tier, person, top + above)) break
      this.move(top + above, top + at)
      at = above
    }
    this.put(top + at, tier, person)
  }

  /** Takes the one on top away. */
  drop(heap: number) {
    const top = this.first[heap]
    const size = --this.size[heap]
    const tier = this.tier[top + size]
    const person = this.person[top + size]
    let at = 0
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && this.isBehindAt(top + below + 1, top + below)) below++
      if (this.isBehind(tier, person, top + below)) break
      this.move(top + below, top + at)
      at = below
    }
    this.put(top + at, tier, person)
  }

  /** Whether somebody of that tier stands behind the one at a place of the arrays. */
  private isBehind(tier: number, person: number, other: number): boolean {
    const difference = tier - this.tier[other]
    return difference === 0 ? this.lot.isBehind(person, this.person[other]) : difference > 0
  }

  private isBehindAt(one: number, other: number): boolean {
    return this.isBehind(this.tier[one], this.person[one], other)
  }

  private move(from: number, to: number) {
    this.put(to, this.tier[from], this.person[from])
  }

  private put(at: number, tier: number, person: number) {
    this.tier[at] = tier
    this.person[at] = person
  }
}
