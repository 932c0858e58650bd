import { caseKey, type Case } from '#shared/ports/cases'
import { BATCH_CASE } from '../domain/cases.js'
import { batchQuery, toBatch, type BatchRow } from './batches.js'
import { whereNamed } from './batch_list.js'

/** Batches as cases of grants: number and title, for whoever grants. */
export const batchCases = {
  kind: BATCH_CASE,
  async find(text: string, limit: number): Promise<Case[]> {
    const rows = await whereNamed(batchQuery(), text).orderBy('b.id', 'desc').limit(limit)
    return rows.map((row) => asCase(toBatch(row)))
  },
  async byId(id: number): Promise<Case | null> {
    const row = await batchQuery().where('b.id', id).first()
    return row ? asCase(toBatch(row)) : null
  },
}

function asCase({ id, number, title }: BatchRow): Case {
  return {
    key: caseKey(BATCH_CASE, id),
    title: `${title}（${number}）`,
    url: `/transfers/batches/${id}`,
  }
}
