import db from '@adonisjs/lucid/services/db'

/** Units of the reform for a select, of those that the actor reaches: value and label. */
export async function listUnits(
  reach: 'all' | number[] = 'all'
): Promise<Array<{ value: number; label: string }>> {
  const query = db.from('units').where('kind', 'reform')
  if (reach !== 'all') query.whereIn('id', reach)
  const rows = await query.orderBy('name_pinyin').select('id', 'name')
  return rows.map((row) => ({ value: Number(row.id), label: row.name }))
}
