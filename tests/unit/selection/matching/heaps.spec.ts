import { test } from '@japa/runner'
import fc from 'fast-check'
import { Heaps } from '#selection/domain/matching/heaps'
import type { Lot } from '#selection/domain/matching/lot'

interface Held {
  tier: number
  person: number
}

/** The lot by number: who has the greater one stands behind. */
const lot = { isBehind: (one: number, other: number) => one > other } as Lot
const isBehind = (one: Held, other: Held) =>
  one.tier === other.tier ? one.person > other.person : one.tier > other.tier
const lastOf = (all: Held[]) => all.reduce((last, one) => (isBehind(one, last) ? one : last))

test.group('Matching, who holds places', () => {
  test('the last one is on top, whoever comes and goes, in each heap for itself', ({ assert }) => {
    const ROOM = 30
    const steps = fc.array(fc.record({ heap: fc.nat(2), tier: fc.nat(9), drops: fc.nat(2) }), {
      minLength: 60,
      maxLength: 120,
    })
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(999)), (taken, people) => {
        const heaps = new Heaps(Int32Array.of(ROOM, ROOM, ROOM), lot)
        const plain: Held[][] = [[], [], []]
        for (const { heap, tier, drops } of taken) {
          const person = people.next().value
          const held = plain[heap]
          const isBefore = held.length > 0 && isBehind(lastOf(held), { tier, person })
          assert.equal(heaps.isBeforeLast(heap, tier, person), isBefore)
          if (drops === 0 && held.length > 0) {
            held.splice(held.indexOf(lastOf(held)), 1)
            heaps.drop(heap)
          } else if (held.length < ROOM) {
            held.push({ tier, person })
            heaps.add(heap, tier, person)
          }
          assert.deepEqual(
            [...heaps.size],
            plain.map(({ length }) => length)
          )
          for (const [at, there] of plain.entries()) {
            if (there.length === 0) continue
            const on = { tier: heaps.lastTier[at], person: heaps.lastPerson(at) }
            assert.deepEqual(on, lastOf(there))
          }
        }
      }),
      { numRuns: 50 }
    )
  })
})
