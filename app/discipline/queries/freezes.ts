import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { withSuccessors } from '#organization/queries/unit_successors'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import type { Period, StandingFreeze } from '../domain/judge.js'
import { RULES, type Rule } from '../domain/rules.js'
import type { WatchSettings } from '../domain/watch.js'

export interface FreezeRow extends WatchSettings {
  id: number
  decisionId: number
  documentId: number | null
  documentNo: string | null
  from: string
  to: string
  state: 'declared' | 'ended'
  endedOn: string | null
  declaredByName: string | null
  version: number
}

export interface RuleRow extends Period {
  id: number
  rule: Rule
  documentNo: string | null
  reason: string | null
}

/** The freeze that stands; null: none is declared. It may lie ahead or be over by its date. */
export async function standingFreeze(client: Client = db): Promise<FreezeRow | null> {
  const row = await freezesFrom(client).where('freezes.live', 1).first()
  return row ? freezeOf(row) : null
}

export async function freezeById(id: number, client: Client = db): Promise<FreezeRow> {
  const row = await freezesFrom(client).where('freezes.id', id).first()
  if (!row) throw new NotFoundError('freeze')
  return freezeOf(row)
}

/** Newest first. */
export async function freezeList(): Promise<FreezeRow[]> {
  return (await freezesFrom(db).orderBy('freezes.id', 'desc')).map(freezeOf)
}

/** What `judge` needs to know of a freeze: rules in force, units with their successors, documents. */
export async function freezeFacts(freeze: FreezeRow, client: Client = db): Promise<StandingFreeze> {
  const rules = await rulesOf(freeze.id, client)
  const units = await client.from('freeze_units').where('freeze_id', freeze.id).select('unit_id')
  const documents = await programmeDocuments(freeze.id, client)
  return {
    id: freeze.id,
    rules: Object.fromEntries(rules.map(({ rule, from, to }) => [rule, { from, to }])),
    unitIds: await withSuccessors(
      units.map((row) => Number(row.unit_id)),
      client
    ),
    programmeDocumentIds: documents.map(({ id }) => id),
  }
}

/** Live rules in their order. */
export async function rulesOf(freezeId: number, client: Client = db): Promise<RuleRow[]> {
  const rows = await client
    .from('freeze_rules')
    .leftJoin('documents', 'documents.id', 'freeze_rules.document_id')
    .where({ freeze_id: freezeId, live: 1 })
    .select('freeze_rules.*', 'documents.document_no')
  return rows
    .map((row) => ({
      id: Number(row.id),
      rule: row.rule as Rule,
      from: row.from_on,
      to: row.to_on,
      documentNo: row.document_no,
      reason: row.reason,
    }))
    .sort((a, b) => RULES.indexOf(a.rule) - RULES.indexOf(b.rule))
}

/** Frozen units by name, successors marked. */
export async function unitsOfFreeze(freezeId: number, client: Client = db) {
  const rows = await client.from('freeze_units').where('freeze_id', freezeId).select('unit_id')
  const named = rows.map((row) => Number(row.unit_id))
  const all = await withSuccessors(named, client)
  const units = await client
    .from('units')
    .whereIn('id', all)
    .orderBy('name_pinyin')
    .orderBy('id')
    .select('id', 'name')
  return units.map((row) => ({
    id: Number(row.id),
    name: row.name as string,
    isSuccessor: !named.includes(Number(row.id)),
  }))
}

export async function programmeDocuments(freezeId: number, client: Client = db) {
  const rows = await client
    .from('freeze_documents')
    .join('documents', 'documents.id', 'freeze_documents.document_id')
    .where('freeze_id', freezeId)
    .orderBy('freeze_documents.id')
    .select('documents.id', 'documents.document_no', 'documents.title')
  return rows.map((row) => ({
    id: Number(row.id),
    documentNo: row.document_no as string,
    title: row.title as string,
  }))
}

function freezesFrom(client: Client) {
  return client
    .from('freezes')
    .leftJoin('documents', 'documents.id', 'freezes.document_id')
    .leftJoin('users', 'users.id', 'freezes.declared_by')
    .select('freezes.*', 'documents.document_no', 'users.name as declarer')
}

function freezeOf(row: any): FreezeRow {
  return {
    id: Number(row.id),
    decisionId: Number(row.decision_id),
    documentId: row.document_id === null ? null : Number(row.document_id),
    documentNo: row.document_no,
    from: row.from_on,
    to: row.to_on,
    state: row.state,
    endedOn: row.ended_on,
    declaredByName: row.declarer,
    version: Number(row.version),
    nearPercent: toInt(row.near_percent),
    nearDays: toInt(row.near_days),
    nearCount: toInt(row.near_count),
    burstDays: toInt(row.burst_days),
    burstPercent: toInt(row.burst_percent),
  }
}
