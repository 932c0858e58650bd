import db from '@adonisjs/lucid/services/db'
import { keysetPage, PAGE_SIZE } from '#shared/lists/keyset'

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
    .leftJoin('wage_bases as w', (join) => join.on('w.id', newestBase()))
    .where('a.open_main', 1)
    .whereNot('a.employment_type', 'enterprise')
    .select('p.id', 'p.name', 'u.name as unit_name', 'a.employment_type')
    .select('w.step', 'w.valid_from', 'w.account_masked')
  if (filter.units !== 'all') {
    query.whereIn('a.unit_id', filter.units.length ? filter.units : [-1])
  }
  if (filter.text) {
    const like = `%${filter.text.replace(/[\\%_]/g, '')}%`
    query.where((any) => any.where('p.name', 'like', like).orWhere('p.name_pinyin', 'like', like))
  }
  if (filter.lacking) {
    query.where((any) => any.whereNull('w.id').orWhereNull('w.account_masked'))
  }
  const page = await keysetPage<any>(query, {
    ...{ column: 'p.name_pinyin', idColumn: 'p.id', direction: 'asc' as const, size: PAGE_SIZE },
    cursor: filter.cursor,
  })
  return {
    ...page,
    rows: page.rows.map((row) => ({
      personId: Number(row.id),
      name: row.name as string,
      unitName: row.unit_name as string,
      employmentType: row.employment_type as string,
      step: row.step === null ? null : Number(row.step),
      validFrom: row.valid_from as string | null,
      accountMasked: row.account_masked as string | null,
    })),
  }
}

function newestBase() {
  return db.raw(
    '(select max(b.id) from wage_bases b where b.person_id = a.person_id and b.superseded_by is null)'
  ) as any
}
