import db from '@adonisjs/lucid/services/db'

/** Accounts for a picker: by name or user name, at most 20. */
export async function usersForChoice(text: string) {
  const rows = await db
    .from('users')
    .leftJoin('assignments', (join) =>
      join.on('assignments.person_id', 'users.person_id').andOnVal('assignments.open_main', 1)
    )
    .leftJoin('units', 'units.id', 'assignments.unit_id')
    .where('users.state', 'active')
    .where((where) =>
      where.where('users.name', 'like', `%${text}%`).orWhere('users.username', 'like', `${text}%`)
    )
    .orderBy('users.username')
    .limit(20)
    .select('users.id', 'users.name', 'units.name as unit')
  return rows.map((row) => ({ value: Number(row.id), text: row.name, detail: row.unit ?? '' }))
}
