import { clock } from '#shared/clock'
import { isSqlite, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { LINE_COLUMNS, PERSON_COLUMNS, PLACE_COLUMNS } from './newcomer_line.js'

/**
 * The lines of an import as rows with the columns of a line: people of whom nothing was on record
 * go from where they are kept to where they belong by SQL alone. Takes the id of the import.
 */
function newcomers(columns: string[]): string {
  const paths = columns.map((name) => [name, `'$[${LINE_COLUMNS.indexOf(name)}]'`])
  if (isSqlite()) {
    const values = paths.map(([name, path]) => `json_extract(line.value, ${path}) as ${name}`)
    return `(select piece.row_no, ${values.join(', ')}
      from import_pieces piece cross join jsonb_each(piece.content) line where piece.import_id = ?)`
  }
  const values = paths.map(([name, path]) => `${name} longtext path ${path}`)
  return `(select piece.row_no, line.* from import_pieces piece
    cross join json_table(piece.content, '$[*]' columns (${values.join(', ')})) line
    where piece.import_id = ?)`
}

/** Puts the newcomers on record; one who is known by now refuses it: the dry run no longer holds. */
export async function insertPersons(trx: Trx, importId: number): Promise<void> {
  const columns = PERSON_COLUMNS.join(', ')
  try {
    await trx.rawQuery(
      `insert into persons (${columns}, external, confirmation, version, created_at)
       select ${columns}, 0, 'pending', 1, ? from ${newcomers(PERSON_COLUMNS)} r order by r.row_no`,
      [clock.now(), importId]
    )
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('imports.errors.changed_since_check', {
      name: await known(trx, importId),
    })
  }
}

async function known(trx: Trx, importId: number): Promise<string> {
  const [person] = await rawRows(
    trx,
    `select p.name from ${newcomers(['identity_digest'])} r
     join persons p on p.identity_digest = r.identity_digest limit 1`,
    [importId]
  )
  return person?.name ?? '–'
}

/** Opens their assignments in departments and posts that are there by now. */
export async function insertAssignments(
  trx: Trx,
  input: { importId: number; unitId: number; asOf: string; documentId: number | null }
): Promise<void> {
  const { importId, unitId, asOf, documentId } = input
  await trx.rawQuery(
    `insert into assignments (person_id, kind, unit_id, department_id, post_id, employment_type,
       funding_type, quota_category, grade, over_quota, leader_post, valid_from, source,
       source_type, source_id, document_id, recorded_at)
     select p.id, 'main', d.unit_id, d.id, o.id, o.employment_type, r.funding_type,
       r.quota_category, r.grade, 0, 0, ?, 'roster', 'import', ?, ?, ?
     from ${newcomers(['identity_digest', ...PLACE_COLUMNS])} r
     join persons p on p.identity_digest = r.identity_digest
     join departments d on d.unit_id = ? and d.name = r.department
     join posts o on o.department_id = d.id and o.name = r.post and o.nature = r.post_nature
       and o.employment_type = r.employment_type
     order by r.row_no`,
    [asOf, importId, documentId, clock.now(), importId, unitId] as any[]
  )
}

/** Writes down who was put on record: so far only they have assignments by it. */
export async function recordNewcomers(trx: Trx, importId: number): Promise<void> {
  await trx.rawQuery(
    `insert into import_effects (import_id, subject_type, subject_id, effect)
     select source_id, 'person', person_id, 'created' from assignments
     where source_type = 'import' and source_id = ?`,
    [importId]
  )
}

/** Rows of a raw query, alike on both databases. */
async function rawRows(client: Trx, sql: string, bindings: any[]): Promise<any[]> {
  const result = await client.rawQuery(sql, bindings)
  return isSqlite() ? result : result[0]
}
