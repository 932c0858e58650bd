import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt, type Row } from '#shared/database'
import { keptCounts } from '#shared/kept_counts'

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
  const batches = await client
    .from('transfer_batches as b')
    .leftJoin('transfer_batches as r', (join) =>
      join.on('r.reverses_id', 'b.id').andOnVal('r.state', 'executed')
    )
    .whereNot('b.state', 'withdrawn')
    .whereNull('b.reverses_id')
    .whereNull('r.id')
    .select('b.id', 'b.state', 'b.certificate_id')
  const counting = ['transfer lines by batch', units]
  const lines = Map.groupBy(
    // a transaction counts what it has written itself
    await (client === db
      ? keptCounts(counting, () => countLines(units, db))
      : countLines(units, client)),
    ({ batch_id: id }) => Number(id)
  )
  const rows = batches.flatMap((batch) =>
    (lines.get(Number(batch.id)) ?? []).map((line) => ({ ...batch, ...line }))
  )
  const executed = rows.filter(({ state }) => state === 'executed')
  const underWay = rows.filter(({ state }) => state !== 'executed')
  const people = (of: any[]) => linesIn(of.filter(({ kind }) => kind !== 'quota_only'))
  const uncertified = executed.filter((row) => row.certificate_id === null)
  return {
    done: people(executed),
    planned: people(rows),
    blocked: linesIn(underWay.filter(({ verdict }) => verdict === 'blocked')),
    underWay: batchesIn(underWay),
    executed: batchesIn(executed),
    unbalanced: batchesIn(uncertified) + (await ledgerGaps(client)),
  }
}

async function countLines(units: 'all' | number[], client: Client): Promise<Row[]> {
  const lines = client
    .from('transfer_lines')
    .groupBy('batch_id', 'verdict', 'kind')
    .select('batch_id', 'verdict', 'kind')
    .count('* as total')
  if (units !== 'all') {
    const ids = units.length ? units : [-1]
    lines.where((side) => side.whereIn('from_unit_id', ids).orWhereIn('to_unit_id', ids))
  }
  return lines
}

const linesIn = (rows: any[]) => rows.reduce((sum, row) => sum + toInt(row.total), 0)
const batchesIn = (rows: any[]) => new Set(rows.map(({ id }) => Number(id))).size

/** Every movement of the quota ledger sums to zero, so each funding type does (law 4). */
async function ledgerGaps(client: Client): Promise<number> {
  const rows = await client
    .from('quota_accounts')
    .groupBy('funding_type')
    .havingRaw('sum(balance) <> 0')
    .select('funding_type')
  return rows.length
}
