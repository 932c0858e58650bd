import { clock } from '#shared/clock'
import { affected, insertRow, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'

/** The stored columns of an assignment that a row which replaces it takes over. */
export const COPIED = [
  'person_id',
  'kind',
  'unit_id',
  'department_id',
  'post_id',
  'employment_type',
  'funding_type',
  'quota_category',
  'over_quota',
  'grade',
  'leader_post',
  'valid_from',
  'valid_to',
  'paid_from',
  'paid_through',
  'source',
  'source_type',
  'source_id',
  'document_id',
]

/**
 * Replaces one live assignment by a copy with other values; the old row stays as it was known.
 * Gives the new row's id. Throws people.errors.assignment_changed when it is no longer live.
 */
export async function supersedeAssignment(trx: Trx, id: number, values: Row): Promise<number> {
  const now = clock.now()
  const taken = await trx
    .from('assignments')
    .where({ id })
    .whereNull('superseded_by')
    .update({ superseded_by: id, superseded_at: now })
  const old = await trx.from('assignments').where({ id }).first()
  if (!affected(taken)) await refuse(trx, old)
  const copy = Object.fromEntries(COPIED.map((name) => [name, old[name]]))
  const newId = await insertRow(trx, 'assignments', {
    ...copy,
    ...values,
    recorded_at: now,
    supersedes: id,
  })
  await trx.from('assignments').where({ id }).update({ superseded_by: newId })
  return newId
}

async function refuse(trx: Trx, old: Row | null): Promise<never> {
  const person = old && (await trx.from('persons').where('id', old.person_id).first())
  throw new DomainError('people.errors.assignment_changed', { names: person?.name ?? '–' })
}
