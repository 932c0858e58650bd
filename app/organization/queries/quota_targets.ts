import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { FundingType } from '../domain/codes.js'

/** An approved number: what the unit is to have, not an entry of the ledger. */
export interface TargetRow {
  id: number
  unitId: number
  fundingType: FundingType
  total: number
  management: number
  professional: number
  support: number
  leaderPosts: number
  validFrom: string
  documentId: number
  documentNo: string
}

/** The target in force on a day, per unit and funding type. */
export async function quotaTargets(
  filter: { asOf: string; unitIds?: number[] },
  client: Client = db
): Promise<TargetRow[]> {
  const query = client
    .from('quota_targets')
    .join('documents', 'documents.id', 'quota_targets.document_id')
    .where('quota_targets.live', 1)
    .where('quota_targets.valid_from', '<=', filter.asOf)
    .select('quota_targets.*', 'documents.document_no')
    .orderBy('quota_targets.valid_from')
    .orderBy('quota_targets.id')
  if (filter.unitIds) query.whereIn('quota_targets.unit_id', filter.unitIds)
  const latest = new Map<string, TargetRow>()
  for (const row of await query) {
    latest.set(`${row.unit_id}/${row.funding_type}`, targetOf(row))
  }
  return [...latest.values()]
}

function targetOf(row: any): TargetRow {
  return {
    id: Number(row.id),
    unitId: Number(row.unit_id),
    fundingType: row.funding_type,
    total: Number(row.total),
    management: Number(row.management),
    professional: Number(row.professional),
    support: Number(row.support),
    leaderPosts: Number(row.leader_posts),
    validFrom: row.valid_from,
    documentId: Number(row.document_id),
    documentNo: row.document_no,
  }
}
