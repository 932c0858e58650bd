import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { CheckFinding } from '#shared/ports/db_checks'
import { FIGURE_OF, MOVEMENT_KINDS } from '../domain/movements.js'

/** Every figure of a budget line is the sum of its posted movements. */
export async function checkLines(): Promise<CheckFinding[]> {
  const lines = await db.from('fund_lines').orderBy('id')
  const sums = await postedSums('line_id')
  return lines.flatMap((line) =>
    MOVEMENT_KINDS.flatMap((kind) => {
      const kept = toInt(line[FIGURE_OF[kind]])
      const rebuilt = sums.get(`${line.id}/${kind}`) ?? 0
      return kept === rebuilt
        ? []
        : [finding(`fund_lines ${line.id}: ${FIGURE_OF[kind]} ${kept}, movements ${rebuilt}`)]
    })
  )
}

/** What a contract is worth and what is paid of it are the sums of its posted movements. */
export async function checkContracts(): Promise<CheckFinding[]> {
  const contracts = await db.from('fund_commitments').orderBy('id')
  const sums = await postedSums('commitment_id')
  return contracts.flatMap((contract) =>
    (['commitment', 'payment'] as const).flatMap((kind) => {
      const column = kind === 'payment' ? 'paid_fen' : 'amount_fen'
      const kept = toInt(contract[column])
      const rebuilt = sums.get(`${contract.id}/${kind}`) ?? 0
      return kept === rebuilt
        ? []
        : [finding(`fund_commitments ${contract.id}: ${column} ${kept}, movements ${rebuilt}`)]
    })
  )
}

async function postedSums(column: 'line_id' | 'commitment_id'): Promise<Map<string, number>> {
  const rows = await db
    .from('fund_movements')
    .where('state', 'posted')
    .whereNotNull(column)
    .groupBy(column, 'kind')
    .select(column, 'kind')
    .sum('amount_fen as total')
  return new Map(rows.map((row) => [`${row[column]}/${row.kind}`, toInt(row.total)]))
}

const finding = (detail: string) => ({ check: 'funds.figures', detail })
