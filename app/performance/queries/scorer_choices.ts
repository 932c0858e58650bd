import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'

/** Accounts that hold a grant to score today. */
export async function usersForScoring(): Promise<Array<{ value: number; label: string }>> {
  const today = clock.today()
  const rows = await db
    .from('grants')
    .join('users', 'users.id', 'grants.user_id')
    .whereIn('grants.role', ['department_manager', 'scorer'])
    .where('grants.state', 'active')
    .where('grants.valid_from', '<=', today)
    .where((open) => open.whereNull('grants.valid_to').orWhere('grants.valid_to', '>', today))
    .distinct('users.id', 'users.name')
    .orderBy('users.name')
  return rows.map((row) => ({ value: Number(row.id), label: row.name }))
}
