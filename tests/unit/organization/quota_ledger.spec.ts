import fc from 'fast-check'
import { test } from '@japa/runner'
import { CATEGORY_ORDER, FUNDING_ORDER } from '#organization/domain/codes'
import {
  type ACCOUNT_KINDS,
  accountKey,
  accountOf,
  applyEntries,
  compareCells,
  quotaFigures,
  rebuildBalances,
  seatsIn,
  sumOf,
  type QuotaBalances,
  type QuotaCell,
  type QuotaEntry,
} from '#organization/domain/quota_accounts'
import {
  entriesFor,
  MOVEMENT_KINDS,
  type QuotaMovement,
} from '#organization/domain/quota_movements'
import { planFill, planReserve, roomOf } from '#organization/domain/quota_plan'

const POOL = 9
const cell: QuotaCell = { unitId: 1, funding: 'full', category: 'professional' }
const support: QuotaCell = { ...cell, category: 'support' }

/** `{ vacant: 2 }` of the cell, with further cells in the same way. */
function balancesOf(
  ...parts: [QuotaCell, Partial<Record<(typeof ACCOUNT_KINDS)[number], number>>][]
) {
  const balances = new Map<string, number>()
  for (const [of, kinds] of parts) {
    for (const [kind, seats] of Object.entries(kinds)) {
      balances.set(accountKey({ ...of, kind: kind as (typeof ACCOUNT_KINDS)[number] }), seats)
    }
  }
  return balances
}

function applied(balances: QuotaBalances, ...movements: QuotaMovement[]) {
  const result = applyEntries(balances, movements.flatMap(entriesFor))
  if (!result.ok) throw new Error(result.error)
  return result.balances
}

const EFFECTS: { movement: QuotaMovement; effect: string }[] = [
  {
    movement: { kind: 'opening', cell, into: 'vacant', count: 3 },
    effect: '1 issued -3, 1 vacant +3',
  },
  { movement: { kind: 'opening', cell, into: 'pool', count: 3 }, effect: '1 issued -3, 1 pool +3' },
  {
    movement: { kind: 'issue', cell, poolUnitId: POOL, count: 2 },
    effect: '9 pool -2, 1 vacant +2',
  },
  {
    movement: { kind: 'transfer', cell, toUnitId: 2, seat: 'filled', count: 1 },
    effect: '1 filled -1, 2 filled +1',
  },
  {
    movement: { kind: 'transfer', cell, toUnitId: 2, seat: 'reserved', count: 1 },
    effect: '1 reserved -1, 2 vacant +1',
  },
  {
    movement: { kind: 'transfer', cell, toUnitId: 2, seat: 'vacant', count: 1 },
    effect: '1 vacant -1, 2 vacant +1',
  },
  {
    movement: { kind: 'reclassification', cell, to: 'support', seat: 'vacant', count: 1 },
    effect: '1 vacant -1, 1 vacant(support) +1',
  },
  {
    movement: { kind: 'reclassification', cell, to: 'support', seat: 'filled', count: 1 },
    effect: '1 filled -1, 1 filled(support) +1',
  },
  { movement: { kind: 'reserve', cell, count: 4 }, effect: '1 vacant -4, 1 reserved +4' },
  { movement: { kind: 'release', cell, count: 4 }, effect: '1 reserved -4, 1 vacant +4' },
  {
    movement: { kind: 'fill', cell, from: 'vacant', count: 1 },
    effect: '1 vacant -1, 1 filled +1',
  },
  {
    movement: { kind: 'fill', cell, from: 'reserved', count: 1 },
    effect: '1 reserved -1, 1 filled +1',
  },
  {
    movement: { kind: 'vacate', cell, from: 'filled', count: 1 },
    effect: '1 filled -1, 1 vacant +1',
  },
  { movement: { kind: 'vacate', cell, from: 'over', count: 1 }, effect: '1 over -1, 1 issued +1' },
  { movement: { kind: 'exception', cell, count: 2 }, effect: '1 issued -2, 1 over +2' },
  {
    movement: { kind: 'regularise', cell, count: 2 },
    effect: '1 over -2, 1 issued +2, 1 vacant -2, 1 filled +2',
  },
]

function written({ account, delta }: QuotaEntry): string {
  const other = account.category === 'professional' ? '' : `(${account.category})`
  return `${account.unitId} ${account.kind}${other} ${delta > 0 ? '+' : ''}${delta}`
}

test.group('movement of quota', () => {
  test('{movement.kind}: {effect}')
    .with(EFFECTS)
    .run(({ assert }, { movement, effect }) => {
      const entries = entriesFor(movement)
      assert.equal(entries.map(written).join(', '), effect)
      assert.equal(sumOf(entries), 0)
    })

  test('of every kind is in the table', ({ assert }) => {
    assert.sameMembers(
      [...new Set(EFFECTS.map(({ movement }) => movement.kind))],
      [...MOVEMENT_KINDS]
    )
  })

  test('of no seats, part of one, or to the same place is a fault', ({ assert }) => {
    const refuse = (movement: QuotaMovement, words: string) =>
      assert.throws(() => entriesFor(movement), RangeError, words)
    refuse({ kind: 'reserve', cell, count: 0 }, 'Not a count of seats: 0')
    refuse({ kind: 'reserve', cell, count: -1 }, 'Not a count of seats: -1')
    refuse({ kind: 'reserve', cell, count: 1.5 }, 'Not a count of seats: 1.5')
    refuse(
      { kind: 'transfer', cell, toUnitId: 1, seat: 'filled', count: 1 },
      'Transfer to the same unit'
    )
    refuse(
      { kind: 'reclassification', cell, to: cell.category, seat: 'vacant', count: 1 },
      'Reclassification to the same'
    )
  })
})

test.group('balances', () => {
  test('refuse what is not there and stay as they were', ({ assert }) => {
    const balances = balancesOf([cell, { vacant: 1 }])
    const result = applyEntries(balances, entriesFor({ kind: 'reserve', cell, count: 2 }))
    assert.deepEqual(result, {
      ok: false,
      error: 'quota_exhausted',
      account: { ...cell, kind: 'vacant' },
      balance: 1,
      delta: -2,
    })
    assert.equal(seatsIn(balances, cell, 'vacant'), 1)
    assert.equal(seatsIn(balances, cell, 'reserved'), 0)
  })

  test('refuse what several movements of one step take together', ({ assert }) => {
    const balances = balancesOf([cell, { vacant: 3 }])
    const twice = entriesFor({ kind: 'reserve', cell, count: 2 })
    const result = applyEntries(balances, [...twice, ...twice])
    assert.deepInclude(result, { ok: false, balance: 3, delta: -4 })
    assert.deepInclude(applyEntries(balancesOf([cell, { vacant: 4 }]), [...twice, ...twice]), {
      ok: true,
    })
    assert.deepInclude(applyEntries(new Map(), twice), { ok: false, balance: 0, delta: -2 })
  })

  test('come from an approval, whose account alone stands below zero', ({ assert }) => {
    const opened = applied(new Map(), { kind: 'opening', cell, into: 'vacant', count: 3 })
    assert.equal(seatsIn(opened, cell, 'issued'), -3)
    const over = applied(opened, { kind: 'exception', cell, count: 1 })
    assert.equal(seatsIn(over, cell, 'issued'), -4)
    assert.equal(quotaFigures(over, () => true).over, 1)
  })

  test('take several movements as one step', ({ assert }) => {
    const after = applied(
      balancesOf([support, { vacant: 1 }]),
      { kind: 'fill', cell, from: 'vacant', count: 1 },
      { kind: 'reclassification', cell: support, to: 'professional', seat: 'vacant', count: 1 }
    )
    assert.equal(seatsIn(after, cell, 'filled'), 1)
    assert.equal(seatsIn(after, support, 'vacant'), 0)
  })

  test('refuse entries that do not sum to zero', ({ assert }) => {
    const half = entriesFor({ kind: 'reserve', cell, count: 1 }).slice(1)
    assert.equal(sumOf(half), 1)
    const words = 'Entries of the quota ledger must sum to zero'
    assert.throws(() => applyEntries(new Map(), half), RangeError, words)
  })

  test('show an excess beside the authorised figure, not in it', ({ assert }) => {
    const balances = balancesOf(
      [cell, { issued: -12, pool: 5, vacant: 2, reserved: 1, filled: 3, over: 1 }],
      [{ ...support, unitId: 2 }, { vacant: 7 }]
    )
    assert.deepEqual(
      quotaFigures(balances, ({ unitId }) => unitId === 1),
      { authorised: 6, filled: 3, reserved: 1, vacant: 2, over: 1 }
    )
    assert.equal(quotaFigures(balances, () => true).authorised, 13)
  })

  test('have keys that read back, and one order of locking', ({ assert }) => {
    const account = { ...cell, kind: 'reserved' } as const
    assert.deepEqual(accountOf(accountKey(account)), account)
    const cells: QuotaCell[] = [
      { unitId: 1, funding: 'full', category: 'professional' },
      { unitId: 1, funding: 'full', category: 'support' },
      { unitId: 1, funding: 'partial', category: 'management' },
      { unitId: 2, funding: 'full', category: 'management' },
      { unitId: 10, funding: 'full', category: 'management' },
    ]
    assert.deepEqual([...cells].reverse().sort(compareCells), cells)
  })
})

test.group('plan of a seat', () => {
  test('takes the own category first, without a word', ({ assert }) => {
    assert.deepEqual(planFill(balancesOf([cell, { vacant: 1 }], [support, { vacant: 9 }]), cell), {
      ok: true,
      movements: [{ kind: 'fill', cell, from: 'vacant', count: 1 }],
      warnings: [],
    })
  })

  test('takes from the category with most vacancies, with a warning', ({ assert }) => {
    const management: QuotaCell = { ...cell, category: 'management' }
    const balances = balancesOf([management, { vacant: 2 }], [support, { vacant: 3 }])
    const plan = planFill(balances, cell)
    assert.isTrue(plan.ok)
    if (!plan.ok) return
    assert.deepEqual(plan.warnings, [
      { code: 'category_exceeded', from: 'support', to: 'professional', seats: 1 },
    ])
    const after = applied(balances, ...plan.movements)
    assert.equal(seatsIn(after, support, 'vacant'), 2)
    assert.equal(seatsIn(after, cell, 'filled'), 1)
  })

  test('takes the first category when two have as many', ({ assert }) => {
    const management: QuotaCell = { ...cell, category: 'management' }
    const plan = planReserve(
      balancesOf([support, { vacant: 2 }], [management, { vacant: 2 }]),
      cell
    )
    assert.isTrue(plan.ok)
    if (plan.ok) assert.equal(plan.warnings[0].from, 'management')
  })

  test('gathers several seats from several categories', ({ assert }) => {
    const management: QuotaCell = { ...cell, category: 'management' }
    const balances = balancesOf(
      [cell, { vacant: 1 }],
      [management, { vacant: 1 }],
      [support, { vacant: 2 }]
    )
    const plan = planReserve(balances, { ...cell, count: 4 })
    assert.isTrue(plan.ok)
    if (!plan.ok) return
    assert.deepEqual(
      plan.warnings.map(({ from, seats }) => [from, seats]),
      [
        ['support', 2],
        ['management', 1],
      ]
    )
    assert.equal(seatsIn(applied(balances, ...plan.movements), cell, 'reserved'), 4)
  })

  test('never takes from another unit or funding type', ({ assert }) => {
    const elsewhere = balancesOf(
      [{ ...cell, unitId: 2 }, { vacant: 5 }],
      [{ ...cell, funding: 'partial' }, { vacant: 5 }],
      [cell, { filled: 5, reserved: 5, over: 5, pool: 5 }]
    )
    assert.deepEqual(planFill(elsewhere, cell), { ok: false, error: 'no_vacancy', room: 0 })
  })
})

test.group('random sequences of movements', () => {
  const anyCell = fc.record({
    unitId: fc.constantFrom(1, 2, POOL),
    funding: fc.constantFrom(...FUNDING_ORDER.slice(0, 2)),
    category: fc.constantFrom(...CATEGORY_ORDER),
  })
  const count = fc.integer({ min: 1, max: 6 })
  const movement: fc.Arbitrary<QuotaMovement> = fc.oneof(
    fc.record({
      kind: fc.constant('opening' as const),
      cell: anyCell,
      into: fc.constantFrom('vacant' as const, 'pool' as const),
      count,
    }),
    fc.record({
      kind: fc.constant('issue' as const),
      cell: anyCell,
      poolUnitId: fc.constant(POOL),
      count,
    }),
    fc.record({
      kind: fc.constant('transfer' as const),
      cell: anyCell,
      toUnitId: fc.constantFrom(3, 4),
      seat: fc.constantFrom('filled' as const, 'vacant' as const, 'reserved' as const),
      count,
    }),
    fc
      .record({
        kind: fc.constant('reclassification' as const),
        cell: anyCell,
        to: fc.constantFrom(...CATEGORY_ORDER),
        seat: fc.constantFrom('filled' as const, 'vacant' as const),
        count,
      })
      .filter(({ cell: from, to }) => from.category !== to),
    fc.record({
      kind: fc.constantFrom('reserve' as const, 'release' as const),
      cell: anyCell,
      count,
    }),
    fc.record({
      kind: fc.constant('fill' as const),
      cell: anyCell,
      from: fc.constantFrom('vacant' as const, 'reserved' as const),
      count,
    }),
    fc.record({
      kind: fc.constant('vacate' as const),
      cell: anyCell,
      from: fc.constantFrom('filled' as const, 'over' as const),
      count,
    }),
    fc.record({
      kind: fc.constantFrom('exception' as const, 'regularise' as const),
      cell: anyCell,
      count,
    })
  )

  /** Seats of a funding type in all units, without the counter-account. */
  const held = (balances: QuotaBalances, funding: string) =>
    [...balances].reduce((sum, [key, seats]) => {
      const account = accountOf(key)
      return account.funding === funding && account.kind !== 'issued' ? sum + seats : sum
    }, 0)

  test('sum to zero, never go below it, keep what is there, and rebuild', ({ assert }) => {
    const keeps = new Set(['issue', 'transfer', 'reclassification', 'reserve', 'release', 'fill'])
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 80 }), (movements) => {
        let balances: QuotaBalances = new Map()
        const booked: QuotaEntry[] = []
        for (const one of movements) {
          const entries = entriesFor(one)
          const result = applyEntries(balances, entries)
          if (!result.ok) continue
          if (keeps.has(one.kind)) {
            for (const funding of FUNDING_ORDER) {
              assert.equal(held(result.balances, funding), held(balances, funding))
            }
          }
          balances = result.balances
          booked.push(...entries)
        }
        assert.equal(
          [...balances.values()].reduce((sum, seats) => sum + seats, 0),
          0
        )
        for (const [key, seats] of balances) {
          if (accountOf(key).kind !== 'issued') assert.isAtLeast(seats, 0)
        }
        const rest = new Map([...balances].filter(([, seats]) => seats !== 0))
        assert.deepEqual(rebuildBalances(booked), rest)
        assert.deepEqual(rebuildBalances([...booked].reverse()), rest)
      }),
      { numRuns: 300 }
    )
  })

  test('a plan can be booked exactly when there is room, and takes no more', ({ assert }) => {
    const vacancies = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4))
    fc.assert(
      fc.property(
        vacancies,
        fc.constantFrom(...CATEGORY_ORDER),
        count,
        (vacant, category, seats) => {
          const balances = balancesOf(
            ...CATEGORY_ORDER.map((of, index): [QuotaCell, { vacant: number }] => [
              { ...cell, category: of },
              { vacant: vacant[index] },
            ])
          )
          const room = roomOf(balances, cell)
          const plan = planFill(balances, { ...cell, category, count: seats })
          assert.equal(plan.ok, room >= seats)
          if (!plan.ok) return
          const after = applied(balances, ...plan.movements)
          assert.equal(seatsIn(after, { ...cell, category }, 'filled'), seats)
          assert.equal(roomOf(after, cell), room - seats)
          assert.equal(plan.warnings.length > 0, vacant[CATEGORY_ORDER.indexOf(category)] < seats)
        }
      ),
      { numRuns: 300 }
    )
  })
})
