import db from '@adonisjs/lucid/services/db'
import type { Client } from './client.js'
import { DomainError } from '#shared/errors'
import { clock } from '#shared/clock'
import { decisionById, decisionInForce, findDecision, type DecisionRow } from './decisions.js'

export { decisionInForce, findDecision }

export interface DecidedValue {
  value: any
  documentId: number | null
}

/**
 * The decided value of a code that counts on a date (today). Work that needs it and finds none stops
 * here, with the decision's name (law 14): DomainError `decisions.errors.missing`, or `not_yet` with
 * the day from which it counts. Shapes of values: domain/value_forms.ts.
 */
export async function requireDecision(
  code: string,
  client: Client = db,
  date = clock.today()
): Promise<DecidedValue> {
  const found = await decisionInForce(code, date, client)
  if (found) return { value: found.value, documentId: found.documentId }
  const live = await findDecision(code, client)
  const params = { code, name: nameOf(live, code) }
  if (live?.state !== 'decided') throw new DomainError('decisions.errors.missing', params)
  throw new DomainError('decisions.errors.not_yet', { ...params, date: live.effectiveOn })
}

export interface OpenHold {
  id: number
  code: string
  url: string
}

/** Held rows about these subjects that nobody has decided: what they touch is blocked by name. */
export async function openHoldsAbout(
  subjectType: string,
  subjectIds: number[],
  client: Client = db
): Promise<Map<number, OpenHold[]>> {
  const wanted = new Set(subjectIds)
  const rows = await client
    .from('decisions')
    .where({ kind: 'held', subject_type: subjectType, live: 1 })
    .whereIn('state', ['open', 'proposed'])
    .select('id', 'code', 'subject_id')
    .orderBy('id')
  const holds = new Map<number, OpenHold[]>()
  for (const row of rows) {
    const subjectId = Number(row.subject_id)
    if (!wanted.has(subjectId)) continue
    const hold = { id: Number(row.id), code: row.code, url: `/decisions/${row.id}` }
    holds.set(subjectId, [...(holds.get(subjectId) ?? []), hold])
  }
  return holds
}

/** The decision that a pending replacement would take the place of. */
export async function replacedBy(replacement: DecisionRow): Promise<DecisionRow | null> {
  const id = replacement.evidence.replaces
  return typeof id === 'number' ? decisionById(id) : null
}

function nameOf(decision: DecisionRow | null, code: string): string {
  return decision?.evidence.title ?? code
}
