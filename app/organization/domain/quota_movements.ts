import type { PostCategory } from './codes.js'
import type { AccountKind, QuotaCell, QuotaEntry } from './quota_accounts.js'

export const MOVEMENT_KINDS = [
  'opening',
  'issue',
  'transfer',
  'reclassification',
  'reserve',
  'release',
  'fill',
  'vacate',
  'exception',
  'regularise',
] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/**
 * A movement of `count` seats (a whole number above 0). What each does:
 * - opening: seats of a founding document, into `vacant` of the unit, or of 编办 into its `pool`;
 * - issue (核增): from the pool of 编办 (`poolUnitId`) to `vacant` of a unit, same kind of quota;
 * - transfer: a seat moves to another unit, filled with its person, or empty. A seat that was
 *   reserved at the source for the move (空编划转) arrives vacant;
 * - reclassification: a seat changes its category inside one unit and funding type;
 * - reserve / release: an approval in progress takes a vacant seat, or gives it back;
 * - fill: a person takes a seat, vacant or reserved for the purpose; vacate: leaves it. Who leaves
 *   a seat above the quota ends the exception with it;
 * - exception: seats above the quota, granted by an approved document;
 * - regularise: people above the quota take ordinary seats that have become vacant.
 */
export type QuotaMovement = { count: number } & (
  | { kind: 'opening'; cell: QuotaCell; into: 'vacant' | 'pool' }
  | { kind: 'issue'; cell: QuotaCell; poolUnitId: number }
  | { kind: 'transfer'; cell: QuotaCell; toUnitId: number; seat: 'filled' | 'vacant' | 'reserved' }
  | { kind: 'reclassification'; cell: QuotaCell; to: PostCategory; seat: 'filled' | 'vacant' }
  | { kind: 'reserve' | 'release'; cell: QuotaCell }
  | { kind: 'fill'; cell: QuotaCell; from: 'vacant' | 'reserved' }
  | { kind: 'vacate'; cell: QuotaCell; from: 'filled' | 'over' }
  | { kind: 'exception' | 'regularise'; cell: QuotaCell }
)

/**
 * The entries of a movement; they sum to zero. That funding types never mix and that a
 * reclassification stays in its unit follows from the shape: there is one cell and one change.
 * Throws RangeError for a count that is no whole number above 0 or a move to the same place.
 */
export function entriesFor(movement: QuotaMovement): QuotaEntry[] {
  const { count, cell } = movement
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Not a count of seats: ${count}`)
  switch (movement.kind) {
    case 'opening':
      return move(count, [cell, 'issued'], [cell, movement.into])
    case 'issue':
      return move(count, [{ ...cell, unitId: movement.poolUnitId }, 'pool'], [cell, 'vacant'])
    case 'transfer': {
      if (movement.toUnitId === cell.unitId) throw new RangeError('Transfer to the same unit')
      const arrives = movement.seat === 'filled' ? 'filled' : 'vacant'
      return move(count, [cell, movement.seat], [{ ...cell, unitId: movement.toUnitId }, arrives])
    }
    case 'reclassification': {
      if (movement.to === cell.category) throw new RangeError('Reclassification to the same')
      const { seat, to } = movement
      return move(count, [cell, seat], [{ ...cell, category: to }, seat])
    }
    case 'reserve':
      return move(count, [cell, 'vacant'], [cell, 'reserved'])
    case 'release':
      return move(count, [cell, 'reserved'], [cell, 'vacant'])
    case 'fill':
      return move(count, [cell, movement.from], [cell, 'filled'])
    case 'vacate':
      return move(
        count,
        [cell, movement.from],
        [cell, movement.from === 'over' ? 'issued' : 'vacant']
      )
    case 'exception':
      return move(count, [cell, 'issued'], [cell, 'over'])
    case 'regularise':
      return [
        ...move(count, [cell, 'over'], [cell, 'issued']),
        ...move(count, [cell, 'vacant'], [cell, 'filled']),
      ]
  }
}

type Place = [QuotaCell, AccountKind]

function move(count: number, [from, fromKind]: Place, [to, toKind]: Place): QuotaEntry[] {
  return [
    { account: accountIn(from, fromKind), delta: -count },
    { account: accountIn(to, toKind), delta: count },
  ]
}

function accountIn({ unitId, funding, category }: QuotaCell, kind: AccountKind) {
  return { unitId, funding, category, kind }
}
