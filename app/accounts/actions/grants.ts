import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import type { Case } from '#shared/ports/cases'
import { assignmentBehind, unitOfPlace } from './grant_assignment.js'
import { caseOf, placeOf, type PlaceInput } from './grant_place.js'

export interface GrantInput extends PlaceInput {
  userId: number
  validFrom: string
  validTo: string | null
  reason: string
}

/**
 * One security administrator proposes; a second one makes it count. It is bound to the assignment
 * that its holder has then and ends with it; who is employed nowhere holds it by itself.
 */
export async function proposeGrant(input: GrantInput, actor: Actor): Promise<number> {
  if (input.userId === actor.userId) throw new DomainError('accounts.errors.own_grant')
  const found = await caseOf(input)
  return inTransaction((trx) => insertGrant(trx, input, found, actor)).catch((error) => {
    if (isUniqueViolation(error)) throw new DomainError('accounts.errors.admins_exclude')
    throw error
  })
}

async function insertGrant(trx: Trx, input: GrantInput, found: Case | null, actor: Actor) {
  const place = await placeOf(trx, input, found)
  const id = await insertRow(trx, 'grants', {
    user_id: input.userId,
    role: input.role,
    scope: input.scope,
    ...place,
    valid_from: input.validFrom,
    valid_to: input.validTo,
    state: 'proposed',
    assignment_id: await assignmentBehind(
      trx,
      input.userId,
      await unitOfPlace(trx, input.scope, place.scope_id)
    ),
    reason: input.reason,
    proposed_by: actor.userId,
    version: 1,
    created_at: clock.now(),
  })
  await record(trx, actor, {
    action: 'accounts.grant.proposed',
    subjectType: 'user',
    subjectId: input.userId,
    changes: {
      grantId: id,
      role: input.role,
      scope: input.scope,
      scopeId: place.scope_id,
      caseKey: place.case_key,
    },
  })
  return id
}

/** The second security administrator: approves or refuses; never the proposer, never for oneself. */
export async function decideGrant(
  input: { grantId: number; version: number; approve: boolean },
  actor: Actor
) {
  await inTransaction(async (trx) => {
    const grant = await trx.from('grants').where('id', input.grantId).firstOrFail()
    if (Number(grant.proposed_by) === actor.userId) {
      throw new DomainError('accounts.errors.second_person')
    }
    if (Number(grant.user_id) === actor.userId) throw new DomainError('accounts.errors.own_grant')
    const changed = await trx
      .from('grants')
      .where({ id: input.grantId, version: input.version, state: 'proposed' })
      .update({
        state: input.approve ? 'active' : 'refused',
        approved_by: actor.userId,
        version: input.version + 1,
        updated_at: clock.now(),
      })
    if (!affected(changed)) throw new MoveError({ id: input.grantId })
    await record(trx, actor, {
      action: input.approve ? 'accounts.grant.approved' : 'accounts.grant.refused',
      subjectType: 'user',
      subjectId: Number(grant.user_id),
      changes: { grantId: input.grantId, role: grant.role },
    })
  })
}

/** Taking a grant away needs no second person: it never widens anything. */
export async function endGrant(input: { grantId: number; version: number }, actor: Actor) {
  await inTransaction(async (trx) => {
    const grant = await trx.from('grants').where('id', input.grantId).firstOrFail()
    const changed = await trx
      .from('grants')
      .where({ id: input.grantId, version: input.version })
      .whereIn('state', ['proposed', 'active'])
      .update({ state: 'ended', ended_at: clock.now(), version: input.version + 1 })
    if (!affected(changed)) throw new MoveError({ id: input.grantId })
    await record(trx, actor, {
      action: 'accounts.grant.ended',
      subjectType: 'user',
      subjectId: Number(grant.user_id),
      changes: { grantId: input.grantId, role: grant.role },
    })
  })
}
