import db from '@adonisjs/lucid/services/db'
import type { Client } from './client.js'
import { DomainError } from '#shared/errors'
import { decisionById, findDecision, type DecisionRow } from './decisions.js'

export { findDecision }

export interface DecidedValue {
  value: any
  documentId: number | null
}

/**
 * The decided value of a code. Work that needs it and finds none stops here, with the decision's
 * name (law 14): DomainError `decisions.errors.missing`. Shapes of values: domain/value_forms.ts.
 */
export async function requireDecision(code: string, client: Client = db): Promise<DecidedValue> {
  const found = await findDecision(code, client)
  if (found?.state !== 'decided') {
    throw new DomainError('decisions.errors.missing', { code, name: nameOf(found, code) })
  }
  return { value: found.value, documentId: found.documentId }
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
