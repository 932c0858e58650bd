import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { idOrNull, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { withinUnits } from '#shared/lists/reach'
import type { ExemptionState } from '../domain/exemptions.js'
import type { StandingExemption } from '../domain/judge.js'
import type { Rule } from '../domain/rules.js'

export interface ExemptionRow {
  id: number
  number: string
  freezeId: number
  rule: Rule
  unitId: number
  unitName: string
  personId: number | null
  personName: string | null
  what: string
  why: string
  documentId: number
  documentNo: string
  untilOn: string
  amountFen: number | null
  usedFen: number
  state: ExemptionState
  askedBy: number | null
  askedByName: string | null
  decidedByName: string | null
  decidedAt: string | null
  comment: string | null
  version: number
}

export interface ExemptionFilters {
  state?: string | null
  rule?: string | null
  units: 'all' | number[]
}

/** Newest first. */
export async function exemptionPage(
  filters: ExemptionFilters & { cursor: string | null }
): Promise<KeysetPage<ExemptionRow>> {
  const page = await keysetPage<any>(matching(filters), {
    column: 'exemptions.id',
    idColumn: 'exemptions.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filters.cursor,
  })
  return { ...page, rows: page.rows.map(exemptionOf) }
}

export async function exemptionList(filters: ExemptionFilters) {
  return (await matching(filters).orderBy('exemptions.id')).map(exemptionOf)
}

export async function countExemptions(filters: ExemptionFilters): Promise<number> {
  const query = narrowed(db.from('exemptions'), filters)
  return toInt((await query.count('* as total').first()).total)
}

export async function exemptionById(id: number, client: Client = db): Promise<ExemptionRow> {
  const row = await exemptionsFrom(client).where('exemptions.id', id).first()
  if (!row) throw new NotFoundError('exemption')
  return exemptionOf(row)
}

/** Exemptions of a freeze that hold today. */
export async function standingExemptions(
  freezeId: number,
  client: Client = db
): Promise<StandingExemption[]> {
  const rows = await client
    .from('exemptions')
    .where({ freeze_id: freezeId, state: 'approved' })
    .where('until_on', '>=', clock.today())
    .orderBy('id')
  return rows.map((row) => ({
    id: Number(row.id),
    rule: row.rule,
    unitId: Number(row.unit_id),
    personId: row.person_id === null ? null : Number(row.person_id),
    untilOn: row.until_on,
    leftFen: row.amount_fen === null ? null : toInt(row.amount_fen) - toInt(row.used_fen),
  }))
}

function matching(filters: ExemptionFilters) {
  return narrowed(exemptionsFrom(db), filters)
}

function narrowed(query: ReturnType<typeof db.from>, filters: ExemptionFilters) {
  if (filters.state) query.where('exemptions.state', filters.state)
  if (filters.rule) query.where('exemptions.rule', filters.rule)
  return withinUnits(query, 'exemptions.unit_id', filters.units)
}

function exemptionsFrom(client: Client) {
  return client
    .from('exemptions')
    .join('units', 'units.id', 'exemptions.unit_id')
    .join('documents', 'documents.id', 'exemptions.document_id')
    .leftJoin('persons', 'persons.id', 'exemptions.person_id')
    .leftJoin('users as askers', 'askers.id', 'exemptions.asked_by')
    .leftJoin('users as deciders', 'deciders.id', 'exemptions.decided_by')
    .select('exemptions.*', 'units.name as unit_name', 'documents.document_no')
    .select('persons.name as person_name')
    .select('askers.name as asker', 'deciders.name as decider')
}

function exemptionOf(row: any): ExemptionRow {
  return {
    id: Number(row.id),
    number: row.number,
    freezeId: Number(row.freeze_id),
    rule: row.rule,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    personId: idOrNull(row.person_id),
    personName: row.person_name,
    what: row.what,
    why: row.why,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
    untilOn: row.until_on,
    amountFen: row.amount_fen === null ? null : toInt(row.amount_fen),
    usedFen: toInt(row.used_fen),
    state: row.state,
    askedBy: idOrNull(row.asked_by),
    askedByName: row.asker,
    decidedByName: row.decider,
    decidedAt: row.decided_at,
    comment: row.comment,
    version: Number(row.version),
  }
}
