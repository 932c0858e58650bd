import { insertRow, isUniqueViolation, type Trx } from '#shared/database'
import type { EntryInput } from './post_movement.js'

export interface LockedAccount extends EntryInput {
  id: number
}

/** The accounts of some entries, made where absent, locked and in ascending order of their ids. */
export async function lockAccounts(trx: Trx, entries: EntryInput[]): Promise<LockedAccount[]> {
  const known = await idsOf(trx, entries)
  const accounts: LockedAccount[] = []
  for (const entry of entries) {
    accounts.push({ ...entry, id: known.get(keyOf(entry)) ?? (await openAccount(trx, entry)) })
  }
  accounts.sort((a, b) => a.id - b.id)
  await trx
    .from('quota_accounts')
    .whereIn(
      'id',
      accounts.map(({ id }) => id)
    )
    .orderBy('id')
    .forUpdate()
    .select('id')
  return accounts
}

async function idsOf(trx: Trx, entries: EntryInput[]): Promise<Map<string, number>> {
  const rows = await trx
    .from('quota_accounts')
    .whereIn('unit_id', [...new Set(entries.map(({ unitId }) => unitId))])
    .select('id', 'unit_id', 'funding_type', 'category', 'kind')
  return new Map(
    rows.map((row) => [
      keyOf({
        unitId: Number(row.unit_id),
        fundingType: row.funding_type,
        category: row.category,
        account: row.kind,
      }),
      Number(row.id),
    ])
  )
}

async function openAccount(trx: Trx, entry: EntryInput): Promise<number> {
  const place = {
    unit_id: entry.unitId,
    funding_type: entry.fundingType,
    category: entry.category,
    kind: entry.account,
  }
  try {
    return await insertRow(trx, 'quota_accounts', { ...place, balance: 0 })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const row = await trx.from('quota_accounts').where(place).forUpdate().firstOrFail()
    return Number(row.id)
  }
}

function keyOf(entry: Omit<EntryInput, 'amount'>): string {
  return `${entry.unitId}/${entry.fundingType}/${entry.category}/${entry.account}`
}
