import db from '@adonisjs/lucid/services/db'
import { digest } from '#shared/crypto'
import { inChunks, type Row } from '#shared/database'
import type { Education, PoliticalStatus, Sex } from '../domain/codes.js'
import type { RetirementKind } from '../domain/retirement_of_person.js'
import { idOrNull, type Client } from './assignment_rows.js'

/** A person without sealed values: what every page may show to who may see the person. */
export interface PersonRow {
  id: number
  name: string
  namePinyin: string
  sex: Sex | null
  birthOn: string | null
  identityMasked: string | null
  phoneMasked: string | null
  education: Education | null
  politicalStatus: PoliticalStatus | null
  workStartedOn: string | null
  remark: string | null
  retirementKind: RetirementKind | null
  external: boolean
  mergedInto: number | null
  confirmation: 'pending' | 'confirmed' | 'objected'
  objection: string | null
  confirmedAt: string | null
  version: number
  createdAt: string
  updatedAt: string | null
}

const COLUMNS = [
  'id',
  'name',
  'name_pinyin',
  'sex',
  'birth_on',
  'identity_masked',
  'phone_masked',
  'education',
  'political_status',
  'work_started_on',
  'remark',
  'retirement_kind',
  'external',
  'merged_into',
  'confirmation',
  'objection',
  'confirmed_at',
  'version',
  'created_at',
  'updated_at',
]

/** A person by id, null when there is none. Sealed values are not read. */
export async function personById(
  id: number,
  client: Client = db.connection()
): Promise<PersonRow | null> {
  const row = await client.from('persons').where('id', id).select(COLUMNS).first()
  return row ? toPerson(row) : null
}

/** Persons by their ids, in the order of ids. */
export async function personsByIds(
  ids: number[],
  client: Client = db.connection()
): Promise<PersonRow[]> {
  const rows = await inChunks(ids, 400, (piece) =>
    client.from('persons').whereIn('id', piece).select(COLUMNS).orderBy('id')
  )
  return rows.map(toPerson)
}

/** Finds the person with an identity number by its keyed digest; who was merged answers as who was kept. */
export async function personByIdentity(
  identityNo: string,
  client: Client = db.connection()
): Promise<PersonRow | null> {
  const row = await client
    .from('persons')
    .where('identity_digest', digest(identityNo, 'identity'))
    .select(COLUMNS)
    .first()
  if (!row) return null
  return row.merged_into === null ? toPerson(row) : personById(Number(row.merged_into), client)
}

function toPerson(row: Row): PersonRow {
  return {
    id: Number(row.id),
    name: row.name,
    namePinyin: row.name_pinyin,
    sex: row.sex,
    birthOn: row.birth_on,
    identityMasked: row.identity_masked,
    phoneMasked: row.phone_masked,
    education: row.education,
    politicalStatus: row.political_status,
    workStartedOn: row.work_started_on,
    remark: row.remark,
    retirementKind: row.retirement_kind,
    external: Boolean(row.external),
    mergedInto: idOrNull(row.merged_into),
    confirmation: row.confirmation,
    objection: row.objection,
    confirmedAt: row.confirmed_at,
    version: Number(row.version),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
