import db from '@adonisjs/lucid/services/db'
import { keysetPage, PAGE_SIZE } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import { wageBasesOn } from './wage_bases.js'

/** People in force with what their pay is computed from; `lacking`: those without base or account. */
export async function basePage(filter: {
  units: 'all' | number[]
  text: string | null
  lacking: boolean
  cursor: string | null
}) {
  const query = db
    .from('assignments as a')
    .join('persons as p', 'p.id', 'a.person_id')
    .join('units as u', 'u.id', 'a.unit_id')
    .where('a.open_main', 1)
    .whereNot('a.employment_type', 'enterprise')
    .select('p.id', 'p.name', 'u.name as unit_name', 'a.employment_type')
  withinUnits(query, 'a.unit_id', filter.units)
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, '')}%`
    query.where((any) => any.where('p.name', 'like', like).orWhere('p.name_pinyin', 'like', like))
  }
  if (filter.lacking) query.whereNotIn('a.person_id', peopleWithAccount())
  const page = await keysetPage<any>(query, {
    column: 'p.name_pinyin',
    idColumn: 'p.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filter.cursor,
  })
  const ids = page.rows.map((row) => Number(row.id))
  const bases = await wageBasesOn(ids, '9999-12-31')
  return {
    ...page,
    rows: page.rows.map((row) => {
      const base = bases.get(Number(row.id))
      return {
        personId: Number(row.id),
        name: row.name as string,
        unitName: row.unit_name as string,
        employmentType: row.employment_type as string,
        step: base?.step ?? null,
        validFrom: base?.validFrom ?? null,
        accountMasked: base?.accountMasked ?? null,
      }
    }),
  }
}

function peopleWithAccount() {
  return db.from('wage_bases').where('live', 1).whereNotNull('account_masked').select('person_id')
}
