import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'

export interface ContractRow {
  id: number
  personId: number
  name: string
  identityMasked: string | null
  unitId: number | null
  unitName: string | null
  form: 'direct' | 'agency'
  employer: string
  hiredOn: string
  startsOn: string
  endsOn: string | null
  averagePayFen: number | null
  continuesId: number | null
  batchId: number | null
  batchState: string | null
  version: number
}

export interface ContractFilters {
  units: 'all' | number[]
  form: string | null
  text: string | null
}

export async function contractPage(filters: ContractFilters & { cursor: string | null }) {
  const page = await keysetPage<any>(matching(filters), {
    column: 'p.name_pinyin',
    idColumn: 'k.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(contractOf) }
}

export async function contractList(filters: ContractFilters): Promise<ContractRow[]> {
  const rows = await matching(filters).orderBy('p.name_pinyin').orderBy('k.id')
  return rows.map(contractOf)
}

/** People in service by form of employment, for the share of 劳务派遣. */
export async function contractShares(units: 'all' | number[]) {
  const row = await matching({ units, form: null, text: null })
    .whereNotNull('a.unit_id')
    .clearSelect()
    .countDistinct('k.person_id as people')
    .select(db.raw("count(distinct case when k.form = 'agency' then k.person_id end) as agency"))
    .first()
  return { people: toInt(row.people), agency: toInt(row.agency) }
}

/** The contract that holds for a person: the last that began and is not only planned. */
export async function contractOfPerson(
  personId: number,
  client: Client = db
): Promise<ContractRow | null> {
  const row = await contractsFrom(client)
    .where('k.person_id', personId)
    .where((query) => query.whereNull('k.batch_id').orWhere('b.state', 'executed'))
    .orderBy('k.starts_on', 'desc')
    .orderBy('k.id', 'desc')
    .first()
  return row ? contractOf(row) : null
}

export async function contractById(id: number, client: Client = db): Promise<ContractRow> {
  const row = await contractsFrom(client).where('k.id', id).first()
  if (!row) throw new NotFoundError('contract')
  return contractOf(row)
}

function matching({ units, form, text }: ContractFilters) {
  const query = contractsFrom(db)
  withinUnits(query, 'a.unit_id', units)
  if (form) query.where('k.form', form)
  if (text) query.where('p.name', 'like', `%${text.replace(/[\\%_]/g, '')}%`)
  return query
}

function contractsFrom(client: Client) {
  return client
    .from('contracts as k')
    .join('persons as p', 'p.id', 'k.person_id')
    .leftJoin('assignments as a', (join) =>
      join.on('a.person_id', 'k.person_id').andOnVal('a.open_main', 1)
    )
    .leftJoin('units as u', 'u.id', 'a.unit_id')
    .leftJoin('transfer_batches as b', 'b.id', 'k.batch_id')
    .select('k.*', 'p.name', 'p.name_pinyin', 'p.identity_masked', 'a.unit_id')
    .select('u.name as unit_name', 'b.state as batch_state')
}

function contractOf(row: any): ContractRow {
  return {
    id: Number(row.id),
    personId: Number(row.person_id),
    name: row.name,
    identityMasked: row.identity_masked,
    unitId: idOrNull(row.unit_id),
    unitName: row.unit_name,
    form: row.form,
    employer: row.employer,
    hiredOn: row.hired_on,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    averagePayFen: idOrNull(row.average_pay_fen),
    continuesId: idOrNull(row.continues_id),
    batchId: idOrNull(row.batch_id),
    batchState: row.batch_state,
    version: Number(row.version),
  }
}
