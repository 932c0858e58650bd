import db from '@adonisjs/lucid/services/db'

/** Living units of the reform for a select: value and label. */
export async function listUnits(): Promise<Array<{ value: number; label: string }>> {
  const rows = await db
    .from('units')
    .where('kind', 'reform')
    .orderBy('name_pinyin')
    .select('id', 'name')
  return rows.map((row) => ({ value: Number(row.id), label: row.name }))
}
