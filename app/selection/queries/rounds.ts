import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { RoundDates, RoundState, TieKey } from '../domain/rounds.js'
import { withinReach, type RoundReach } from '../reach.js'

export interface RoundRow extends RoundDates {
  id: number
  number: string
  name: string
  unitId: number
  unitName: string
  documentId: number
  documentNo: string
  previousId: number | null
  previousName: string | null
  publicityDays: number
  objectionDays: number
  confirmationDays: number
  maxPreferences: number
  tieKeys: TieKey[]
  saltSealed: string
  listHash: string | null
  seed: string | null
  seedDrawnAt: string | null
  preparedBy: number | null
  preparedByName: string | null
  approvedBy: number | null
  approvedByName: string | null
  matchingId: number | null
  publicityFrom: string | null
  version: number
}

export async function roundById(id: number, client: Client = db): Promise<RoundRow> {
  const row = await roundsFrom(client).where('r.id', id).first()
  if (!row) throw new NotFoundError('selection round')
  return roundOf(row)
}

/** Newest first. */
export async function roundPage(filters: {
  reach: RoundReach
  state: string | null
  cursor: string | null
}): Promise<KeysetPage<RoundRow>> {
  const query = roundsFrom(db)
  withinReach(query, 'r', filters.reach)
  if (filters.state) query.where('r.state', filters.state)
  const page = await keysetPage<any>(query, {
    column: 'r.id',
    idColumn: 'r.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(roundOf) }
}

/** Rounds that are under way, oldest first. */
export async function openRounds(client: Client = db): Promise<RoundRow[]> {
  const rows = await roundsFrom(client).whereNot('r.state', 'closed').orderBy('r.id')
  return rows.map(roundOf)
}

/** Rounds of a reach whom another one may follow, oldest first: they arrange those left over. */
export async function roundsToFollow(reach: RoundReach): Promise<RoundRow[]> {
  const query = roundsFrom(db).where('r.state', 'arrangement').orderBy('r.id')
  return (await withinReach(query, 'r', reach)).map(roundOf)
}

function roundsFrom(client: Client) {
  return client
    .from('selection_rounds as r')
    .join('units as u', 'u.id', 'r.unit_id')
    .join('documents as d', 'd.id', 'r.document_id')
    .leftJoin('selection_rounds as before', 'before.id', 'r.previous_id')
    .leftJoin('users as p', 'p.id', 'r.prepared_by')
    .leftJoin('users as a', 'a.id', 'r.approved_by')
    .select('r.*', 'u.name as unit_name', 'd.document_no', 'before.name as previous_name')
    .select('p.name as preparer', 'a.name as approver')
}

function roundOf(row: any): RoundRow {
  return {
    id: Number(row.id),
    number: row.number,
    name: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    previousId: idOrNull(row.previous_id),
    previousName: row.previous_name,
    state: row.state as RoundState,
    sealed: Boolean(row.sealed),
    approved: row.approved_at !== null,
    preferencesFrom: row.preferences_from,
    preferencesUntil: row.preferences_until,
    rankingUntil: row.ranking_until,
    publicityDays: Number(row.publicity_days),
    objectionDays: Number(row.objection_days),
    confirmationDays: Number(row.confirmation_days),
    maxPreferences: Number(row.max_preferences),
    tieKeys: JSON.parse(row.tie_keys),
    saltSealed: row.salt_sealed,
    listHash: row.list_hash,
    seed: row.seed,
    seedDrawnAt: row.seed_drawn_at,
    preparedBy: idOrNull(row.prepared_by),
    preparedByName: row.preparer,
    approvedBy: idOrNull(row.approved_by),
    approvedByName: row.approver,
    matchingId: idOrNull(row.matching_id),
    publicityFrom: row.publicity_from,
    publicityUntil: row.publicity_until,
    confirmationUntil: row.confirmation_until,
    version: Number(row.version),
  }
}
