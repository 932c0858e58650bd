import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { record, sensitive } from '#audit/actions/record'
import { personColumns, type PersonInput } from './person_columns.js'

/**
 * Puts a person on record and gives the id. Nobody is on record twice:
 * people.errors.identity_taken when the identity number is known.
 */
export async function createPerson(input: PersonInput, actor: Actor, outer?: Trx): Promise<number> {
  return inTransaction(async (trx) => {
    const id = await insert(trx, input)
    await record(trx, actor, {
      action: 'people.person.created',
      subjectType: 'person',
      subjectId: id,
      changes: { name: input.name, identity: sensitive(input.identityNo ?? null) },
    })
    return id
  }, outer)
}

async function insert(trx: Trx, input: PersonInput): Promise<number> {
  try {
    return await insertRow(trx, 'persons', {
      ...personColumns(input),
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('people.errors.identity_taken', {}, [
      { field: 'identity_no', code: 'people.errors.identity_taken' },
    ])
  }
}
