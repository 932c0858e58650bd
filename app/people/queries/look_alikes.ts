import db from '@adonisjs/lucid/services/db'
import { civilTime } from '#shared/clock'

export interface LookAlikes {
  name: string
  birthOn: string
  ids: [number, number]
  /** Masked identity numbers, `—` where none is known. */
  numbers: string[]
}

/** Pairs of records with the same name and day of birth of which nobody has said that they are two people. */
export async function suspectedDuplicates(): Promise<LookAlikes[]> {
  const alike = db
    .from('persons')
    .whereNull('merged_into')
    .whereNotNull('birth_on')
    .groupBy('name', 'birth_on')
    .havingRaw('count(*) > 1')
    .select('name', 'birth_on')
  const rows = await db
    .from(alike.as('alike'))
    .join('persons as p', (join) =>
      join.on('p.name', 'alike.name').andOn('p.birth_on', 'alike.birth_on')
    )
    .join('persons as q', (join) =>
      join.on('q.name', 'p.name').andOn('q.birth_on', 'p.birth_on').andOn('q.id', '>', 'p.id')
    )
    .leftJoin('person_distinctions as d', (join) =>
      join.on('d.first_id', 'p.id').andOn('d.second_id', 'q.id').andOnVal('d.live', 1)
    )
    .whereNull('d.id')
    .whereNull('p.merged_into')
    .whereNull('q.merged_into')
    .orderBy('p.name')
    .orderBy('p.birth_on')
    .orderBy('p.id')
    .orderBy('q.id')
    .select('p.name', 'p.birth_on', 'p.id as first_id', 'q.id as second_id')
    .select('p.identity_masked as first_number', 'q.identity_masked as second_number')
  return rows.map((row) => ({
    name: row.name,
    birthOn: row.birth_on,
    ids: [Number(row.first_id), Number(row.second_id)],
    numbers: [row.first_number ?? '—', row.second_number ?? '—'],
  }))
}

export interface DistinctionRow {
  id: number
  people: Array<{ id: number; name: string }>
  reason: string
  createdAt: string
  createdByName: string | null
  version: number
}

/** Pairs that somebody has told apart, newest first. */
export async function distinctions(): Promise<DistinctionRow[]> {
  const rows = await db
    .from('person_distinctions as d')
    .join('persons as p', 'p.id', 'd.first_id')
    .join('persons as q', 'q.id', 'd.second_id')
    .leftJoin('users', 'users.id', 'd.created_by')
    .where('d.live', 1)
    .orderBy('d.id', 'desc')
    .select('d.*', 'p.name as first_name', 'q.name as second_name', 'users.name as user_name')
  return rows.map((row) => ({
    id: Number(row.id),
    people: [
      { id: Number(row.first_id), name: row.first_name },
      { id: Number(row.second_id), name: row.second_name },
    ],
    reason: row.reason,
    createdAt: civilTime(row.created_at),
    createdByName: row.user_name,
    version: Number(row.version),
  }))
}

/** The two records that a distinction is about; null when there is none. */
export async function distinctionById(id: number) {
  const row = await db.from('person_distinctions').where('id', id).first()
  return row ? { id, personIds: [Number(row.first_id), Number(row.second_id)] } : null
}
