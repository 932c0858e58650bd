import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'

interface Choice {
  value: number
  label: string
}

/** Units of the reform for a select, of those that the actor reaches. */
export async function listUnits(reach: 'all' | number[] = 'all'): Promise<Choice[]> {
  const query = db.from('units').where('kind', 'reform')
  if (reach !== 'all') query.whereIn('id', reach)
  return choices(query.orderBy('name_pinyin'))
}

/** Units over which a grant may be: those of the reform first, then the departments of liaisons. */
export async function unitsForGrants(): Promise<Choice[]> {
  const query = db
    .from('units')
    .where((open) => open.whereNull('dissolved_on').orWhere('dissolved_on', '>', clock.today()))
    .orderByRaw("case when kind = 'reform' then 0 else 1 end")
    .orderBy('name_pinyin')
  return choices(query)
}

async function choices(query: ReturnType<typeof db.from>): Promise<Choice[]> {
  const rows = await query.select('id', 'name')
  return rows.map((row) => ({ value: Number(row.id), label: row.name }))
}
