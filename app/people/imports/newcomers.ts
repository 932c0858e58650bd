import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { isSqlite, isUniqueViolation, toInt, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { RosterPost } from './roster_plan.js'
import type { Seat } from './seat_changes.js'

/**
 * Rows about people of whom nothing was on record: they are most of a first roster, so they go from
 * where they are staged to where they belong by SQL alone. `r` is the staged row.
 */
const NEWCOMERS = `r.import_id = ? and r.subject_id is null and r.effect = 'create'
  and r.level in ('ok', 'note', 'warning')`

const PERSON = [
  ...['name', 'name_pinyin', 'name_initials', 'sex', 'birth_on'],
  ...['identity_sealed', 'identity_digest', 'identity_masked', 'phone_sealed', 'phone_masked'],
  ...['education', 'political_status', 'work_started_on', 'remark'],
]

/** A value of a staged row as text. MariaDB up to 10.11 gives the word for a JSON null. */
function value(path: string): string {
  return isSqlite()
    ? `json_extract(r.parsed, '$.${path}')`
    : `nullif(json_value(r.parsed, '$.${path}'), 'null')`
}

export type NewcomerGroup = RosterPost & Seat & { people: number }

/** How many newcomers there are for each post and kind of seat. */
export async function newcomerGroups(importId: number): Promise<NewcomerGroup[]> {
  const names = [
    'department',
    'post',
    'postNature',
    'employmentType',
    'fundingType',
    'quotaCategory',
  ]
  const paths = names.map((name) => `'$.${name}'`).join(', ')
  const rows = await rawRows(
    db,
    `select cast(json_extract(r.parsed, ${paths}) as char) as place, count(*) as people
     from import_rows r where ${NEWCOMERS} group by 1`,
    [importId]
  )
  return rows.map(({ place, people }) => {
    const values: unknown[] = JSON.parse(place)
    const group = Object.fromEntries(names.map((name, at) => [name, values[at]]))
    return { ...group, people: toInt(people) } as NewcomerGroup
  })
}

/** Puts the newcomers on record; one who is known by now refuses it: the dry run no longer holds. */
export async function insertPersons(trx: Trx, importId: number): Promise<void> {
  const columns = [...PERSON, 'external', 'confirmation', 'version', 'created_at'].join(', ')
  const values = PERSON.map((name) => value(`person.${name}`)).join(', ')
  try {
    await trx.rawQuery(
      `insert into persons (${columns})
       select ${values}, 0, 'pending', 1, ? from import_rows r where ${NEWCOMERS} order by r.row_no`,
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
    `select p.name from import_rows r
     join persons p on p.identity_digest = ${value('person.identity_digest')}
     where ${NEWCOMERS} limit 1`,
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
     select p.id, 'main', d.unit_id, d.id, o.id, ${value('employmentType')},
       ${value('fundingType')}, ${value('quotaCategory')}, ${value('grade')}, 0, 0, ?, 'roster',
       'import', ?, ?, ?
     from import_rows r
     join persons p on p.identity_digest = ${value('person.identity_digest')}
     join departments d on d.unit_id = ? and d.name = ${value('department')}
     join posts o on o.department_id = d.id and o.name = ${value('post')}
       and o.nature = ${value('postNature')} and o.employment_type = ${value('employmentType')}
     where ${NEWCOMERS} order by r.row_no`,
    [asOf, importId, documentId, clock.now(), unitId, importId] as any[]
  )
}

/** Writes down who was put on record: so far only they have assignments by it. Returns how many. */
export async function recordNewcomers(trx: Trx, importId: number): Promise<number> {
  await trx.rawQuery(
    `insert into import_effects (import_id, subject_type, subject_id, effect)
     select source_id, 'person', person_id, 'created' from assignments
     where source_type = 'import' and source_id = ?`,
    [importId]
  )
  const row = await trx
    .from('import_rows as r')
    .whereRaw(NEWCOMERS, [importId])
    .count('* as people')
    .first()
  return toInt(row.people)
}

/** Rows of a raw query, alike on both databases. */
async function rawRows(client: typeof db | Trx, sql: string, bindings: any[]): Promise<any[]> {
  const result = await client.rawQuery(sql, bindings)
  return isSqlite() ? result : result[0]
}
