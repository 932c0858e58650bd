import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { Treatment } from '../domain/items.js'
import type { PayClass, RunKind, TotalPart } from '../domain/runs.js'
import { lastDayOf } from './run_people.js'

export interface DifferenceRow {
  id: number
  number: string
  personId: number
  personName: string
  unitId: number
  employmentType: PayClass
  slipId: number | null
  runTitle: string | null
  itemName: string
  fact: string
  amountFen: number
  settledFen: number
  instalmentFen: number | null
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  documentNo: string | null
  state: 'submitted' | 'approved' | 'returned'
  preparedBy: number | null
  preparedByName: string | null
  decidedByName: string | null
  version: number
}

interface DifferenceFilter {
  units: 'all' | number[]
  state?: string | null
  /** Recoveries that are not settled to the end. */
  openRecoveries?: boolean
  slipId?: number
}

/** A page of them, newest first. */
export async function differencePage(
  filter: DifferenceFilter,
  cursor: string | null
): Promise<KeysetPage<DifferenceRow>> {
  const page = await keysetPage<any>(matching(filter), {
    column: 'd.id',
    idColumn: 'd.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(differenceOf) }
}

/** All of them, newest first. */
export async function differencesOf(filter: DifferenceFilter): Promise<DifferenceRow[]> {
  const rows = await matching(filter).orderBy('d.id', 'desc')
  return rows.map(differenceOf)
}

function matching(filter: DifferenceFilter) {
  const query = differencesFrom(db)
  withinUnits(query, 'd.unit_id', filter.units)
  if (filter.state) query.where('d.state', filter.state)
  if (filter.openRecoveries) {
    query.where('d.state', 'approved').where('d.amount_fen', '<', 0)
    query.whereColumn('d.settled_fen', '>', 'd.amount_fen')
  }
  if (filter.slipId) query.where('d.slip_id', filter.slipId)
  return query
}

export async function differenceById(id: number, client: Client = db): Promise<DifferenceRow> {
  const row = await differencesFrom(client).where('d.id', id).first()
  if (!row) throw new NotFoundError('pay difference')
  return differenceOf(row)
}

interface RunKey {
  unitId: number
  employmentType: string
  runId: number
  kind: RunKind
  part: TotalPart
  monthTo: string
  personIds?: number[]
}

/**
 * Approved differences that a run of this unit and class still has to settle, by person: those that
 * draw on nothing or on the part of the total that the run draws on. A monthly run also takes back
 * from its people what another unit or class paid them that pays them no more; it was drawn from
 * another total and counts towards none here.
 */
export async function openDifferences(
  key: RunKey,
  client: Client = db
): Promise<Map<number, DifferenceRow[]>> {
  const open = () =>
    differencesFrom(client)
      .where('d.state', 'approved')
      .where((which) => {
        which.where((own) =>
          own
            .where({ 'd.unit_id': key.unitId, 'd.employment_type': key.employmentType })
            .where((part) => part.whereNull('d.draws_on').orWhere('d.draws_on', key.part))
        )
        if (key.kind === 'monthly' && key.personIds) {
          which.orWhere((left) =>
            left.where('d.amount_fen', '<', 0).whereNotExists(placeThere(client, key.monthTo))
          )
        }
      })
      .whereColumn('d.settled_fen', '<>', 'd.amount_fen')
      .whereNotIn('d.id', elsewhere(client, key.runId))
      .orderBy('d.id')
  const rows = key.personIds
    ? await inChunks(key.personIds, 400, (ids) => open().whereIn('d.person_id', ids))
    : await open()
  const byPerson = new Map<number, DifferenceRow[]>()
  for (const row of rows.map(differenceOf)) {
    const own = row.unitId === key.unitId && row.employmentType === key.employmentType
    const due = own ? row : { ...row, drawsOn: null }
    byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), due])
  }
  return byPerson
}

/** A main place of the person in the unit and class of the difference at the end of a month. */
function placeThere(client: Client, month: string) {
  const day = lastDayOf(month)
  return client
    .from('assignments as a')
    .where({ 'a.kind': 'main', 'a.live': 1 })
    .whereColumn('a.person_id', 'd.person_id')
    .whereColumn('a.unit_id', 'd.unit_id')
    .whereColumn('a.employment_type', 'd.employment_type')
    .where('a.valid_from', '<=', day)
    .where((open) => open.whereNull('a.valid_to').orWhere('a.valid_to', '>', day))
    .select('a.id')
}

/** Differences that another run on its way has already taken up. */
function elsewhere(client: Client, runId: number) {
  return client
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .join('pay_runs as r', (join) =>
      join.on('r.id', 's.run_id').andOn('r.computed_no', 's.compute_no')
    )
    .whereNot('r.id', runId)
    .whereIn('r.state', ['computed', 'checked', 'approved'])
    .whereNotNull('l.difference_id')
    .select('l.difference_id')
}

function differencesFrom(client: Client) {
  return client
    .from('pay_differences as d')
    .join('persons as p', 'p.id', 'd.person_id')
    .leftJoin('documents as doc', 'doc.id', 'd.document_id')
    .leftJoin('pay_slips as s', 's.id', 'd.slip_id')
    .leftJoin('pay_runs as r', 'r.id', 's.run_id')
    .leftJoin('users as authors', 'authors.id', 'd.prepared_by')
    .leftJoin('users as deciders', 'deciders.id', 'd.decided_by')
    .select('d.*', 'p.name as person_name', 'doc.document_no', 'r.title as run_title')
    .select('authors.name as author', 'deciders.name as decider')
}

function differenceOf(row: any): DifferenceRow {
  return {
    id: Number(row.id),
    number: row.number,
    personId: Number(row.person_id),
    personName: row.person_name,
    unitId: Number(row.unit_id),
    employmentType: row.employment_type,
    slipId: row.slip_id === null ? null : Number(row.slip_id),
    runTitle: row.run_title,
    itemName: row.item_name,
    fact: row.fact,
    amountFen: toInt(row.amount_fen),
    settledFen: toInt(row.settled_fen),
    instalmentFen: row.instalment_fen === null ? null : toInt(row.instalment_fen),
    tax: row.tax,
    drawsOn: row.draws_on,
    documentNo: row.document_no,
    state: row.state,
    preparedBy: row.prepared_by === null ? null : Number(row.prepared_by),
    preparedByName: row.author,
    decidedByName: row.decider,
    version: Number(row.version),
  }
}
