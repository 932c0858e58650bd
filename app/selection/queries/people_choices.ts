import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import type { Role } from '#shared/actor'

const SCORING: readonly Role[] = [
  ...(['scorer', 'department_manager', 'chief_editor', 'leadership', 'hr_head'] as const),
]
const OFFICERS: readonly Role[] = ['hr_officer', 'hr_head']

/** Accounts that may be named as scorers. */
export const scorerOptions = () => usersWith(SCORING)
/** HR officers, by name: owners of a case, and the second of the two of a paper form. */
export const officerOptions = () => usersWith(OFFICERS)

async function usersWith(roles: readonly Role[]) {
  const today = clock.today()
  const rows = await db
    .from('users as u')
    .join('grants as g', 'g.user_id', 'u.id')
    .where({ 'u.state': 'active', 'g.state': 'active' })
    .whereIn('g.role', roles as string[])
    .where('g.valid_from', '<=', today)
    .where((open) => open.whereNull('g.valid_to').orWhere('g.valid_to', '>', today))
    .orderBy('u.name')
    .orderBy('u.id')
    .distinct('u.id', 'u.name', 'u.username')
  return rows.map((row) => ({ value: Number(row.id), label: `${row.name}（${row.username}）` }))
}

/** Posts outside the establishment that are not in the round yet. */
export async function postOptions(roundId: number) {
  const rows = await db
    .from('posts as o')
    .join('units as u', 'u.id', 'o.unit_id')
    .whereIn('o.employment_type', ['contract', 'enterprise'])
    .where((open) => open.whereNull('o.valid_to').orWhere('o.valid_to', '>', clock.today()))
    .whereNotExists((inRound) =>
      inRound
        .from('selection_posts')
        .whereColumn('selection_posts.post_id', 'o.id')
        .where('selection_posts.round_id', roundId)
    )
    .orderBy('o.code')
    .orderBy('o.id')
    .limit(500)
    .select('o.id', 'o.code', 'o.name', 'o.headcount', 'u.name as unit_name')
  return rows.map((row) => ({
    value: Number(row.id),
    label: [row.code, row.unit_name, row.name, row.headcount ?? ''].filter(Boolean).join(' '),
  }))
}
