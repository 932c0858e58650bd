import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import type { RunRow } from './runs.js'

/** Leaders of an incentive run with the amounts that the supervising body set. */
export async function leadersOf(run: RunRow) {
  const set = await db
    .from('pay_leader_amounts as l')
    .join('persons as p', 'p.id', 'l.person_id')
    .join('documents as d', 'd.id', 'l.document_id')
    .where('l.run_id', run.id)
    .orderBy('p.name_pinyin')
    .select('l.person_id', 'p.name', 'l.amount_fen', 'd.document_no')
  const waiting = await db
    .from('pay_slips as s')
    .join('persons as p', 'p.id', 's.person_id')
    .where({ 's.run_id': run.id, 's.compute_no': run.computedNo ?? -1, 's.state': 'missing' })
    .where('s.missing', 'like', '%领导绩效核定%')
    .orderBy('p.name_pinyin')
    .select('s.person_id', 'p.name')
  const known = new Set(set.map((row) => Number(row.person_id)))
  return [
    ...set.map((row) => ({
      personId: Number(row.person_id),
      name: row.name as string,
      amountFen: toInt(row.amount_fen) as number | null,
      documentNo: row.document_no as string | null,
    })),
    ...waiting
      .filter((row) => !known.has(Number(row.person_id)))
      .map((row) => ({
        personId: Number(row.person_id),
        name: row.name as string,
        amountFen: null,
        documentNo: null,
      })),
  ]
}
