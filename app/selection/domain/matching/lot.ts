import { hash } from 'node:crypto'
import type { Market } from './market.js'

/** The order inside ties: named ones first, in their order, then the lot; drawn where it is asked. */
export class Lot {
  private readonly place = new Map<number, number>()
  private readonly drawn = new Map<number, string>()

  constructor(private readonly market: Market) {
    for (const name of market.tieBreak?.order ?? []) {
      const person = market.personCalled(name)
      if (person >= 0 && !this.place.has(person)) this.place.set(person, this.place.size)
    }
  }

  /** Whether one of a tie stands behind the other; nobody stands behind himself. */
  isBehind(one: number, other: number): boolean {
    if (one === other) return false
    const difference = this.placeOf(one) - this.placeOf(other)
    return difference === 0 ? this.lotOf(one) > this.lotOf(other) : difference > 0
  }

  isNamed(person: number): boolean {
    return this.place.has(person)
  }

  private placeOf(person: number): number {
    return this.place.get(person) ?? this.place.size
  }

  private lotOf(person: number): string {
    let lot = this.drawn.get(person)
    if (lot === undefined) {
      const { tieBreak, nameOfPerson } = this.market
      lot = hash('sha256', `${tieBreak?.seed ?? ''}\n${nameOfPerson(person)}`)
      this.drawn.set(person, lot)
    }
    return lot
  }
}
