import type { Lot } from './lot.js'

/**
 * Those who hold places, the last in rank on top; a heap for each post (or group), all one after the
 * other in a typed array. Ten million preferences may lead to a million places: who holds none is
 * not kept, and what is kept fits the caches.
 */
export class Heaps {
  readonly size: Int32Array
  /** The tier of the one on top; only where there is somebody. */
  readonly lastTier: Int32Array
  private readonly first: Int32Array
  /** The tier of each, and behind it the person. */
  private readonly held: Int32Array

  /** `rooms`: the most that each heap ever holds. */
  constructor(
    rooms: Int32Array,
    private readonly lot: Lot
  ) {
    this.size = new Int32Array(rooms.length)
    this.lastTier = new Int32Array(rooms.length)
    this.first = new Int32Array(rooms.length)
    let total = 0
    rooms.forEach((room, heap) => {
      this.first[heap] = total
      total += room
    })
    this.held = new Int32Array(2 * total)
  }

  /** Who is on top; only where there is somebody. */
  lastPerson(heap: number): number {
    return this.held[2 * this.first[heap] + 1]
  }

  /** Whether somebody of that tier stands before the one on top; nobody does where nobody is. */
  isBeforeLast(heap: number, tier: number, person: number): boolean {
    if (this.size[heap] === 0) return false
    const difference = tier - this.lastTier[heap]
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
    this.lastTier[heap] = this.held[2 * top]
  }

  /** Takes the one on top away. */
  drop(heap: number) {
    const top = this.first[heap]
    const size = --this.size[heap]
    const tier = this.held[2 * (top + size)]
    const person = this.held[2 * (top + size) + 1]
    let at = 0
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && this.isBehindAt(top + below + 1, top + below)) below++
      if (this.isBehind(tier, person, top + below)) break
      this.move(top + below, top + at)
      at = below
    }
    this.put(top + at, tier, person)
    this.lastTier[heap] = this.held[2 * top]
  }

  /** Whether somebody of that tier stands behind the one at a place of the arrays. */
  private isBehind(tier: number, person: number, other: number): boolean {
    const difference = tier - this.held[2 * other]
    return difference === 0 ? this.lot.isBehind(person, this.held[2 * other + 1]) : difference > 0
  }

  private isBehindAt(one: number, other: number): boolean {
    return this.isBehind(this.held[2 * one], this.held[2 * one + 1], other)
  }

  private move(from: number, to: number) {
    this.put(to, this.held[2 * from], this.held[2 * from + 1])
  }

  private put(at: number, tier: number, person: number) {
    this.held[2 * at] = tier
    this.held[2 * at + 1] = person
  }
}
