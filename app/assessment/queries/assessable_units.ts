import db from '@adonisjs/lucid/services/db'

/** Units that can be assessed on a day: of the reform and departments of the city, by name. */
export async function assessableUnits(onDate: string): Promise<{ id: number; name: string }[]> {
  const rows = await db
    .from('units')
    .where((open) => open.whereNull('dissolved_on').orWhere('dissolved_on', '>', onDate))
    .orderBy('kind', 'desc')
    .orderBy('name_pinyin')
    .orderBy('id')
    .select('id', 'name')
  return rows.map((row) => ({ id: Number(row.id), name: row.name }))
}
