import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'

/** People in transfers, by where they are; what was reversed and what was withdrawn counts nowhere. */
export interface TransferProgress {
  /** In executed batches. */
  done: number
  planned: number
  /** On lines that are blocked: a decision or a mend is missing. */
  blocked: number
  /** Batches under way. */
  underWay: number
  executed: number
  /** Executed batches without a certificate, and funding types whose ledger does not sum to zero. */
  unbalanced: number
}

export async function transferProgress(
  units: 'all' | number[],
  client: Client = db
): Promise<TransferProgress> {
  const query = client
    .from('transfer_batches as b')
    .join('transfer_lines as l', 'l.batch_id', 'b.id')
    .leftJoin('transfer_batches as r', (join) =>
      join.on('r.reverses_id', 'b.id').andOnVal('r.state', 'executed')
    )
    .whereNot('b.state', 'withdrawn')
    .whereNull('b.reverses_id')
    .whereNull('r.id')
    .groupBy('b.id', 'b.state', 'b.certificate_id')
    .select('b.id', 'b.state', 'b.certificate_id')
    .select(client.raw("sum(case when l.kind <> 'quota_only' then 1 else 0 end) as people"))
    .select(client.raw("sum(case when l.verdict = 'blocked' then 1 else 0 end) as blocked"))
  if (units !== 'all') {
    const ids = units.length ? units : [-1]
    query.where((side) => side.whereIn('l.from_unit_id', ids).orWhereIn('l.to_unit_id', ids))
  }
  const batches = await query
  const executed = batches.filter(({ state }) => state === 'executed')
  const underWay = batches.filter(({ state }) => state !== 'executed')
  const sum = (rows: any[], name: string) =>
    rows.reduce((total, row) => total + toInt(row[name]), 0)
  return {
    done: sum(executed, 'people'),
    planned: sum(batches, 'people'),
    blocked: sum(underWay, 'blocked'),
    underWay: underWay.length,
    executed: executed.length,
    unbalanced:
      executed.filter((row) => row.certificate_id === null).length + (await ledgerGaps(client)),
  }
}

/** Every movement of the quota ledger sums to zero, so each funding type does (law 4). */
async function ledgerGaps(client: Client): Promise<number> {
  const rows = await client
    .from('quota_accounts')
    .groupBy('funding_type')
    .havingRaw('sum(balance) <> 0')
    .select('funding_type')
  return rows.length
}
