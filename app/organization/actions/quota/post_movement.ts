import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, bulkInsert, insertRow, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { FundingType, PostCategory } from '../../domain/codes.js'
import type { AccountKind } from '../../domain/quota_accounts.js'
import type { MovementKind } from '../../domain/quota_movements.js'
import { lockAccounts, type LockedAccount } from './lock_accounts.js'

/** What 编办 holds and has not given out belongs to no unit. */
export const POOL_UNIT_ID = 0

export interface EntryInput {
  unitId: number
  fundingType: FundingType
  category: PostCategory
  account: AccountKind
  /** Seats, positive into the account, negative out of it. */
  amount: number
}

export interface MovementInput {
  /** Names the act: posted twice it counts once. */
  key: string
  kind: MovementKind
  /** Civil date. Reservations count at once: reserve and release are always dated today. */
  effectiveOn: string
  documentId: number | null
  reason?: string | null
  subjectType?: string | null
  subjectId?: number | null
  entries: EntryInput[]
}

export type MovementHead = Omit<MovementInput, 'entries'>

/**
 * Posts one movement of the quota ledger (law 4): entries sum to zero, accounts are locked in
 * ascending order, each balance is changed by a guarded UPDATE. Not enough seats:
 * DomainError `organization.errors.no_room`. The same key again posts nothing.
 */
export async function postMovement(
  trx: Trx,
  actor: Actor,
  input: MovementInput
): Promise<{ movementId: number; isNew: boolean }> {
  const claimed = await claimMovement(trx, actor, input)
  if (claimed.isNew) await bookEntries(trx, actor, claimed.movementId, input, input.entries)
  return claimed
}

/** Takes the key; who finds it taken does nothing more. Entries follow in the same transaction. */
export async function claimMovement(trx: Trx, actor: Actor, head: MovementHead) {
  const atOnce = head.kind === 'reserve' || head.kind === 'release'
  try {
    const movementId = await insertRow(trx, 'quota_movements', {
      movement_key: head.key,
      kind: head.kind,
      effective_on: atOnce ? clock.today() : head.effectiveOn,
      document_id: head.documentId,
      reason: head.reason ?? null,
      subject_type: head.subjectType ?? null,
      subject_id: head.subjectId ?? null,
      actor_id: actor.userId,
      recorded_at: clock.now(),
    })
    return { movementId, isNew: true }
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    // A locking read sees the movement that another transaction has just committed.
    const row = await trx
      .from('quota_movements')
      .where('movement_key', head.key)
      .forUpdate()
      .firstOrFail()
    return { movementId: Number(row.id), isNew: false }
  }
}

/** Changes the balances, writes the entries of a claimed movement and its audit row. */
export async function bookEntries(
  trx: Trx,
  actor: Actor,
  movementId: number,
  head: MovementHead,
  list: EntryInput[]
) {
  const entries = mergeEntries(list)
  const sum = entries.reduce((total, { amount }) => total + amount, 0)
  if (sum !== 0) throw new RangeError(`Movement ${head.key} sums to ${sum}, not to zero`)
  if (entries.length === 0) throw new RangeError(`Movement ${head.key} moves nothing`)
  const accounts = await lockAccounts(trx, entries)
  for (const account of accounts) await change(trx, account)
  await bulkInsert(
    trx,
    'quota_entries',
    accounts.map(({ id, amount }) => ({ movement_id: movementId, account_id: id, amount }))
  )
  await record(trx, actor, {
    action: `organization.quota.${head.kind}`,
    subjectType: 'quota_movement',
    subjectId: movementId,
    changes: {
      key: head.key,
      effective_on: head.effectiveOn,
      document_id: head.documentId,
      entries: entries.map((entry) => Object.values(entry).join(' ')),
    },
  })
}

/** One entry an account; those that cancel out are left away. */
function mergeEntries(entries: EntryInput[]): EntryInput[] {
  const merged = new Map<string, EntryInput>()
  for (const { unitId, fundingType, category, account, amount } of entries) {
    if (!Number.isSafeInteger(amount)) throw new RangeError(`Not a number of seats: ${amount}`)
    const key = `${unitId}/${fundingType}/${category}/${account}`
    const before = merged.get(key)?.amount ?? 0
    merged.set(key, { unitId, fundingType, category, account, amount: before + amount })
  }
  return [...merged.values()].filter(({ amount }) => amount !== 0)
}

async function change(trx: Trx, account: LockedAccount) {
  const { id, amount } = account
  const changed = await trx
    .from('quota_accounts')
    .where('id', id)
    .where((room) => room.where('kind', 'issued').orWhereRaw('balance + ? >= 0', [amount]))
    .update({ balance: trx.raw('balance + ?', [amount]) })
  if (!affected(changed)) throw await noRoom(trx, account)
}

/** Names unit, kind of quota, what was wanted and what is there. */
async function noRoom(
  trx: Trx,
  { id, unitId, fundingType, category, account, amount }: LockedAccount
) {
  const row = await trx.from('quota_accounts').where('id', id).first()
  const unit = await trx.from('units').where('id', unitId).first()
  return new DomainError('organization.errors.no_room', {
    unit: unit?.name ?? '',
    funding: fundingType,
    category,
    account,
    wanted: -amount,
    vacant: Number(row?.balance ?? 0),
  })
}
