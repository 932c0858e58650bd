import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType, PostCategory } from '../../domain/codes.js'
import { applyEntries, type QuotaBalances } from '../../domain/quota_accounts.js'
import { entriesFor, type QuotaMovement } from '../../domain/quota_movements.js'
import { planFill, planReserve, roomOf } from '../../domain/quota_plan.js'
import { assertUnitAlive } from '../../queries/assert_unit_alive.js'
import {
  bookEntries,
  claimMovement,
  postMovement,
  type EntryInput,
  type MovementHead,
} from './post_movement.js'
import { ledgerEntries, lockedBalances, wantedSeats, type SeatsByCategory } from './seats.js'
import { exceptionEntries } from './exception_entries.js'

export interface SeatsInput {
  /** Names the act: the same key again changes nothing. */
  key: string
  unitId: number
  fundingType: FundingType
  wanted: SeatsByCategory
  effectiveOn: string
  documentId: number | null
  subjectType: string
  subjectId: number
  reason: string | null
}

export interface SeatWarning {
  category: PostCategory
  missing: number
  takenFrom: PostCategory
}

export interface FillResult {
  /** Category is a soft limit: seats that were reclassified, each said. */
  warnings: SeatWarning[]
  /** People who came in above the quota, by approved exceptions. */
  over: SeatsByCategory
}

/**
 * People take vacant seats. Unit, funding type and total are hard (`organization.errors.no_room`);
 * a category that has too few gets seats reclassified from the others, with a warning. With
 * `allowOver` those for whom there is no room come in above the quota, as far as approved
 * exceptions reach.
 */
export async function fillQuota(
  trx: Trx,
  actor: Actor,
  input: SeatsInput & { allowOver?: boolean }
): Promise<FillResult> {
  await assertUnitAlive(trx, input.unitId, input.effectiveOn)
  if (wantedSeats(input.wanted).length === 0) return { warnings: [], over: {} }
  const head: MovementHead = { ...input, kind: 'fill' }
  const { movementId, isNew } = await claimMovement(trx, actor, head)
  if (!isNew) return { warnings: [], over: {} }

  const balances = await lockedBalances(trx, input.unitId, input.fundingType)
  const over = input.allowOver ? aboveRoom(balances, input) : {}
  const ordinary = { ...input, wanted: remaining(input.wanted, over) }
  const { shifts, takes, warnings } = await plan(trx, balances, ordinary, planFill)
  await postShifts(trx, actor, input, shifts)
  const aboveQuota = await exceptionEntries(trx, { ...input, wanted: over })
  if (aboveQuota.length) {
    head.kind = 'exception'
    await trx.from('quota_movements').where('id', movementId).update({ kind: head.kind })
  }
  await bookEntries(trx, actor, movementId, head, [...takes, ...aboveQuota])
  return { warnings, over }
}

/** An approval in progress takes seats, at once, whatever its effective date; rules as `fillQuota`. */
export async function reserveQuota(
  trx: Trx,
  actor: Actor,
  input: SeatsInput
): Promise<{ warnings: SeatWarning[] }> {
  await assertUnitAlive(trx, input.unitId, input.effectiveOn)
  const head = { ...input, kind: 'reserve' as const }
  const { movementId, isNew } = await claimMovement(trx, actor, head)
  if (!isNew) return { warnings: [] }
  const balances = await lockedBalances(trx, input.unitId, input.fundingType)
  const { shifts, takes, warnings } = await plan(trx, balances, input, planReserve)
  await postShifts(trx, actor, input, shifts)
  await bookEntries(trx, actor, movementId, head, takes)
  return { warnings }
}

/** Seats that come from another category are a movement of their own, with the same document. */
async function postShifts(trx: Trx, actor: Actor, input: SeatsInput, entries: EntryInput[]) {
  if (entries.length === 0) return
  const key = `${input.key}:reclassification`
  await postMovement(trx, actor, { ...input, key, kind: 'reclassification', entries })
}

async function plan(
  trx: Trx,
  balances: QuotaBalances,
  input: SeatsInput,
  planSeats: typeof planFill
) {
  const place = { unitId: input.unitId, funding: input.fundingType }
  const seats = wantedSeats(input.wanted)
  const total = seats.reduce((sum, { count }) => sum + count, 0)
  const room = roomOf(balances, place)
  if (room < total) throw await noRoom(trx, input, room)
  const movements: QuotaMovement[] = []
  const warnings: SeatWarning[] = []
  let after = balances
  // Categories that have enough of their own come first, so that none loses seats it needs itself.
  for (const { category, count } of enoughFirst(balances, place, seats)) {
    const step = planSeats(after, { ...place, category, count })
    const applied = step.ok ? applyEntries(after, step.movements.flatMap(entriesFor)) : step
    if (!step.ok || !applied.ok) throw await noRoom(trx, input, room)
    after = applied.balances
    movements.push(...step.movements)
    for (const { from, to, seats: missing } of step.warnings) {
      warnings.push({ category: to, missing, takenFrom: from })
    }
  }
  const entriesOf = (isShift: boolean) =>
    movements
      .filter(({ kind }) => (kind === 'reclassification') === isShift)
      .flatMap((movement) => ledgerEntries(entriesFor(movement)))
  return { shifts: entriesOf(true), takes: entriesOf(false), warnings }
}

async function noRoom(trx: Trx, input: SeatsInput, room: number) {
  const seats = wantedSeats(input.wanted)
  const unit = await trx.from('units').where('id', input.unitId).first()
  return new DomainError('organization.errors.no_room', {
    unit: unit?.name ?? '',
    funding: input.fundingType,
    category: seats.length === 1 ? seats[0].category : 'all',
    account: 'vacant',
    wanted: seats.reduce((sum, { count }) => sum + count, 0),
    vacant: room,
  })
}

function enoughFirst(
  balances: QuotaBalances,
  place: { unitId: number; funding: FundingType },
  seats: ReturnType<typeof wantedSeats>
) {
  const short = ({ category, count }: (typeof seats)[number]) =>
    (balances.get(`${place.unitId}/${place.funding}/${category}/vacant`) ?? 0) < count
  return [...seats.filter((seat) => !short(seat)), ...seats.filter(short)]
}

/** Who comes in above the quota: what the room does not hold, category by category. */
function aboveRoom(balances: QuotaBalances, input: SeatsInput): SeatsByCategory {
  const over: SeatsByCategory = {}
  let room = roomOf(balances, { unitId: input.unitId, funding: input.fundingType })
  for (const { category, count } of wantedSeats(input.wanted)) {
    const ordinary = Math.min(count, room)
    room -= ordinary
    if (count > ordinary) over[category] = count - ordinary
  }
  return over
}

function remaining(wanted: SeatsByCategory, over: SeatsByCategory): SeatsByCategory {
  return Object.fromEntries(
    wantedSeats(wanted).map(({ category, count }) => [category, count - (over[category] ?? 0)])
  )
}
