import db from '@adonisjs/lucid/services/db'
import type { FundingType, PostCategory } from '../domain/codes.js'
import type { AccountKind } from '../domain/quota_accounts.js'
import type { MovementKind } from '../domain/quota_movements.js'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'

export interface LedgerRow {
  movementId: number
  kind: MovementKind
  effectiveOn: string
  recordedAt: string
  documentId: number | null
  documentNo: string | null
  reason: string | null
  subjectType: string | null
  subjectId: number | null
  /** Change of each account of the cell. */
  account: AccountKind
  amount: number
}

export interface LedgerFilter {
  unitId: number
  fundingType?: FundingType | null
  category?: PostCategory | null
  asOf?: string | null
  cursor: string | null
}

/** The entries behind a figure, newest first; of one unit, and as narrow as the figure was. */
export async function ledgerPage(filter: LedgerFilter): Promise<KeysetPage<LedgerRow>> {
  const query = db
    .from('quota_entries')
    .join('quota_accounts', 'quota_accounts.id', 'quota_entries.account_id')
    .join('quota_movements', 'quota_movements.id', 'quota_entries.movement_id')
    .leftJoin('documents', 'documents.id', 'quota_movements.document_id')
    .where('quota_accounts.unit_id', filter.unitId)
    .whereNot('quota_accounts.kind', 'issued')
    .select('quota_movements.id as movement_id', 'quota_movements.kind as movement_kind')
    .select('quota_movements.effective_on', 'quota_movements.recorded_at')
    .select('quota_movements.document_id', 'quota_movements.reason', 'documents.document_no')
    .select('quota_movements.subject_type', 'quota_movements.subject_id')
    .select('quota_accounts.kind as account', 'quota_accounts.funding_type')
    .select('quota_accounts.category', 'quota_entries.amount')
  if (filter.fundingType) query.where('quota_accounts.funding_type', filter.fundingType)
  if (filter.category) query.where('quota_accounts.category', filter.category)
  if (filter.asOf) query.where('quota_movements.effective_on', '<=', filter.asOf)
  const page = await keysetPage<any>(query, {
    column: 'quota_movements.recorded_at',
    idColumn: 'quota_entries.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor: filter.cursor,
  })
  return { ...page, rows: page.rows.map((row) => ({ ...movementOf(row), ...legOf(row) })) }
}

export interface MovementDetail extends Omit<LedgerRow, 'account' | 'amount'> {
  actorName: string | null
  legs: Array<{
    unitId: number
    unitName: string | null
    fundingType: FundingType
    category: PostCategory
    account: AccountKind
    amount: number
  }>
}

/** One movement with all its entries, or 404. */
export async function movementById(id: number): Promise<MovementDetail> {
  const row = await db
    .from('quota_movements')
    .leftJoin('documents', 'documents.id', 'quota_movements.document_id')
    .leftJoin('users', 'users.id', 'quota_movements.actor_id')
    .where('quota_movements.id', id)
    .select('quota_movements.*', 'quota_movements.id as movement_id')
    .select('quota_movements.kind as movement_kind', 'documents.document_no')
    .select('users.name as actor_name')
    .first()
  if (!row) throw new NotFoundError('quota movement')
  const legs = await db
    .from('quota_entries')
    .join('quota_accounts', 'quota_accounts.id', 'quota_entries.account_id')
    .leftJoin('units', 'units.id', 'quota_accounts.unit_id')
    .where('quota_entries.movement_id', id)
    .orderBy('quota_entries.amount')
    .orderBy('quota_accounts.id')
    .select('quota_accounts.unit_id', 'units.name as unit_name', 'quota_accounts.funding_type')
    .select('quota_accounts.category', 'quota_accounts.kind as account', 'quota_entries.amount')
  return {
    ...movementOf(row),
    actorName: row.actor_name,
    legs: legs.map((leg) => ({
      unitId: Number(leg.unit_id),
      unitName: leg.unit_name,
      fundingType: leg.funding_type,
      category: leg.category,
      ...legOf(leg),
    })),
  }
}

function movementOf(row: any) {
  return {
    movementId: Number(row.movement_id),
    kind: row.movement_kind as MovementKind,
    effectiveOn: row.effective_on as string,
    recordedAt: row.recorded_at as string,
    documentId: row.document_id === null ? null : Number(row.document_id),
    documentNo: row.document_no as string | null,
    reason: row.reason as string | null,
    subjectType: row.subject_type as string | null,
    subjectId: row.subject_id === null ? null : Number(row.subject_id),
    fundingType: row.funding_type as FundingType,
    category: row.category as PostCategory,
  }
}

function legOf(row: any) {
  return { account: row.account as AccountKind, amount: Number(row.amount) }
}
