import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import type { Role } from '#shared/actor'
import { withinUnits } from '#shared/lists/reach'

const SCORING: readonly Role[] = [
  ...(['scorer', 'department_manager', 'chief_editor', 'leadership', 'hr_head'] as const),
]
const OFFICERS: readonly Role[] = ['hr_officer', 'hr_head']
const ENTERING: readonly Role[] = ['hr_officer']

/** Accounts that may be named as scorers. */
export const scorerOptions = (client: Client = db) => usersWith(SCORING, client)
/** HR officers, by name: owners of a case. */
export const officerOptions = () => usersWith(OFFICERS, db)
/** Who may be named as the second of the two of a paper form. */
export const secondOptions = () => usersWith(ENTERING, db)

export async function mayScore(userId: number, client: Client): Promise<boolean> {
  return (await scorerOptions(client)).some(({ value }) => value === userId)
}

async function usersWith(roles: readonly Role[], client: Client) {
  const today = clock.today()
  const rows = await client
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

/** What an account may do that is in use; null: there is none. */
export async function activeActor(userId: number) {
  const user = await db.from('users').where({ id: userId, state: 'active' }).select('id').first()
  return user ? buildActor(userId) : null
}

/** Posts of these units, outside the establishment, that are not in the round yet. */
export async function postOptions(roundId: number, units: 'all' | number[]) {
  const query = db
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
    .select('o.id', 'o.code', 'o.name', 'o.headcount', 'u.name as unit_name')
  const rows = await withinUnits(query, 'o.unit_id', units)
  return rows.map((row) => ({
    value: Number(row.id),
    label: [row.code, row.unit_name, row.name, row.headcount ?? ''].filter(Boolean).join(' '),
  }))
}
