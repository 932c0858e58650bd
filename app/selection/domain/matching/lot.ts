import { hash } from 'node:crypto'
import type { TieBreak } from './types.js'

/** The order inside ties: named ones first, in their order, then the lot; each lot is drawn once. */
export class Lot {
  private readonly place: Map<string, number>
  private readonly seed: string
  private readonly drawn: (string | undefined)[] = []

  constructor(
    private readonly ids: readonly { id: string }[],
    { order = [], seed = '' }: TieBreak = {}
  ) {
    this.place = new Map()
    for (const id of order) if (!this.place.has(id)) this.place.set(id, this.place.size)
    this.seed = seed
  }

  readonly compare = (one: number, other: number): number => {
    if (this.place.size > 0) {
      const difference = this.placeOf(one) - this.placeOf(other)
      if (difference !== 0) return difference
    }
    return this.lotOf(one) < this.lotOf(other) ? -1 : 1
  }

  isNamed(person: number): boolean {
    return this.place.has(this.ids[person].id)
  }

  private placeOf(person: number): number {
    return this.place.get(this.ids[person].id) ?? this.place.size
  }

  private lotOf(person: number): string {
    return (this.drawn[person] ??= hash('sha256', `${this.seed}\n${this.ids[person].id}`))
  }
}
