import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'

/** Departments for a picker, by their own name or their unit's, at most 20. */
export async function departmentsForChoice(text: string) {
  const today = clock.today()
  const rows = await db
    .from('departments as d')
    .join('units as u', 'u.id', 'd.unit_id')
    .where((open) => open.whereNull('d.valid_to').orWhere('d.valid_to', '>', today))
    .where((where) =>
      where.where('d.name', 'like', `%${text}%`).orWhere('u.name', 'like', `%${text}%`)
    )
    .orderBy('u.name_pinyin')
    .orderBy('d.id')
    .limit(20)
    .select('d.id', 'd.name', 'u.name as unit')
  return rows.map((row) => ({ value: Number(row.id), text: `${row.unit} · ${row.name}` }))
}
