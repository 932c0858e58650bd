import type { Trx } from '#shared/database'
import { SEEKING } from '../domain/states.js'

/** Numbers of the plans under way that look for somebody for the seats of a 用编申请. */
export async function plansOfRequest(requestId: number, trx: Trx): Promise<string[]> {
  const rows = await trx
    .from('recruitments as r')
    .join('recruitment_posts as p', 'p.recruitment_id', 'r.id')
    .where('p.quota_request_id', requestId)
    .whereIn('r.state', [...SEEKING])
    .orderBy('r.id')
    .forShare()
    .select('r.number')
  return rows.map((row) => row.number)
}
