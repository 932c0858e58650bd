import { hash } from 'node:crypto'
import { test } from '@japa/runner'
import { Lot } from '#selection/domain/matching/lot'
import type { Market } from '#selection/domain/matching/market'

const NAMES = Array.from({ length: 12 }, (_, index) => `p${index}`)
const drawn = (name: string, seed = '') => hash('sha256', `${seed}\n${name}`)

/** The people alone: all that the lot asks of a market. */
function lotOver(tieBreak: { order?: string[]; seed?: string } | null): Lot {
  const people = {
    tieBreak,
    personCalled: (name: string) => NAMES.indexOf(name),
    nameOfPerson: (person: number) => NAMES[person],
  }
  return new Lot(people as unknown as Market)
}

test.group('Matching, the order inside ties', () => {
  for (const seed of [undefined, '20220301']) {
    test(`without an order: by the lot alone, ${seed ? 'with' : 'without'} a seed`, ({
      assert,
    }) => {
      const lot = lotOver(seed === undefined ? null : { seed })
      for (const [one, name] of NAMES.entries()) {
        for (const [other, against] of NAMES.entries()) {
          assert.equal(lot.isBehind(one, other), drawn(name, seed) > drawn(against, seed))
        }
        assert.isFalse(lot.isNamed(one))
      }
    })
  }

  test('named ones go before the others in their order; a name counts where it stands first', ({
    assert,
  }) => {
    // Against the lot: who is named first would stand last by it.
    const byLot = [...NAMES].sort((one, other) => (drawn(one) < drawn(other) ? 1 : -1))
    const [first, second, third] = byLot
    const lot = lotOver({ order: [first, 'nobody', second, first, third, second] })
    const places = [first, second, third].map((name) => NAMES.indexOf(name))
    for (const [index, one] of places.entries()) {
      assert.isTrue(lot.isNamed(one))
      assert.isFalse(lot.isBehind(one, one))
      for (const other of places.slice(index + 1)) {
        assert.isTrue(lot.isBehind(other, one))
        assert.isFalse(lot.isBehind(one, other))
      }
      for (const name of byLot.slice(3)) {
        const unnamed = NAMES.indexOf(name)
        assert.isTrue(lot.isBehind(unnamed, one))
        assert.isFalse(lot.isBehind(one, unnamed))
        assert.isFalse(lot.isNamed(unnamed))
      }
    }
  })
})
