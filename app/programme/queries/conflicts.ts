import db from '@adonisjs/lucid/services/db'
import { NotFoundError } from '#shared/errors'
import { same, yearSlip, type DateChange } from '../domain/conflicts.js'
import { outlook, type ForecastRow, type Outlook } from './forecast.js'

export interface OpenConflict {
  from: ForecastRow
  to: ForecastRow
  /** The likely slip of the year; null when that would not make it go. */
  suggestion: { item: ForecastRow; before: string; after: string }[] | null
}

/** Contradictions that nobody has decided yet. */
export function conflictEnds(view: Outlook): { from: ForecastRow; to: ForecastRow }[] {
  const item = (id: number) => view.rows.find((row) => row.id === id)!
  return view.conflicts.map(({ fromId, toId }) => ({ from: item(fromId), to: item(toId) }))
}

/** The same with what is likely meant, for which the plan is computed again and again. */
export function openConflicts(view: Outlook): OpenConflict[] {
  const item = (id: number) => view.rows.find((row) => row.id === id)!
  return conflictEnds(view).map(({ from, to }) => {
    const slip = yearSlip(view.plan, view.calendar, { fromId: from.id, toId: to.id })
    const suggestion = slip?.map((change) => ({ ...change, item: item(change.itemId) })) ?? null
    return { from, to, suggestion }
  })
}

/** One of them by its ends, or 404. */
export async function openConflict(ends: { fromId: number; toId: number }): Promise<OpenConflict> {
  const view = await outlook()
  const found = view
    ? openConflicts(view).find(({ from, to }) => same({ fromId: from.id, toId: to.id }, ends))
    : null
  if (!found) throw new NotFoundError('conflict')
  return found
}

export interface DecidedConflict {
  id: number
  fromName: string
  toName: string
  fromOn: string
  toOn: string
  choice: string
  reason: string
  documentNo: string | null
  changes: (DateChange & { name: string })[]
  decidedByName: string | null
  decidedAt: string
}

/** What was decided, newest first. */
export async function decidedConflicts(): Promise<DecidedConflict[]> {
  const rows = await db
    .from('conflict_decisions')
    .join('work_items as f', 'f.id', 'conflict_decisions.from_id')
    .join('work_items as t', 't.id', 'conflict_decisions.to_id')
    .leftJoin('documents', 'documents.id', 'conflict_decisions.document_id')
    .leftJoin('users', 'users.id', 'conflict_decisions.decided_by')
    .orderBy('conflict_decisions.id', 'desc')
    .select('conflict_decisions.*', 'documents.document_no', 'users.name as decider')
    .select('f.number as from_number', 'f.name as from_name')
    .select('t.number as to_number', 't.name as to_name')
  const items = await db.from('work_items').select('id', 'number', 'name')
  const names = new Map(items.map((row) => [Number(row.id), `${row.number} ${row.name}`]))
  return rows.map((row) => ({
    id: Number(row.id),
    fromName: `${row.from_number} ${row.from_name}`,
    toName: `${row.to_number} ${row.to_name}`,
    fromOn: row.from_on,
    toOn: row.to_on,
    choice: row.choice,
    reason: row.reason,
    documentNo: row.document_no,
    changes: (JSON.parse(row.changes) as DateChange[]).map((change) => ({
      ...change,
      name: names.get(change.itemId) ?? '',
    })),
    decidedByName: row.decider,
    decidedAt: row.decided_at,
  }))
}
