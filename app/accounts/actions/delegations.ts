import { record } from '#audit/actions/record'
import type { Actor, Role } from '#shared/actor'
import { addDays } from '#shared/dates'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { ADMIN_ROLES } from '../domain/capabilities.js'

export interface DelegationInput {
  toUserId: number
  role: Role
  /** First and last day of the absence, both inclusive. */
  from: string
  through: string
  reason: string
}

const LONGEST_DAYS = 92

/**
 * During an absence the actor's own role is held by a colleague (代签), with dates, on record. The
 * three administrators stay three people: their roles are not handed on.
 */
export async function delegate(input: DelegationInput, actor: Actor): Promise<number> {
  if (ADMIN_ROLES.includes(input.role)) throw new DomainError('accounts.errors.admin_delegates')
  const own = actor.grants.some((grant) => grant.role === input.role && !grant.onBehalfOf)
  if (!own) throw new DomainError('accounts.errors.not_yours_to_delegate')
  if (input.toUserId === actor.userId) throw new DomainError('accounts.errors.delegate_to_self')
  if (input.from < clock.today()) {
    throw new DomainError('accounts.errors.delegation_past', {}, [
      { field: 'from', code: 'accounts.errors.delegation_past' },
    ])
  }
  const until = addDays(input.through, 1)
  if (until <= input.from || until > addDays(input.from, LONGEST_DAYS)) {
    throw new DomainError('accounts.errors.delegation_dates', { days: LONGEST_DAYS }, [
      {
        field: 'through',
        code: 'accounts.errors.delegation_dates',
        params: { days: LONGEST_DAYS },
      },
    ])
  }
  return inTransaction(async (trx) => {
    const to = await trx.from('users').where({ id: input.toUserId, state: 'active' }).first()
    if (!to) throw new DomainError('accounts.errors.no_such_account')
    const id = await insertRow(trx, 'delegations', {
      from_user_id: actor.userId,
      to_user_id: input.toUserId,
      role: input.role,
      valid_from: input.from,
      valid_to: until,
      reason: input.reason,
      state: 'active',
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await record(trx, actor, {
      action: 'accounts.delegation.made',
      subjectType: 'user',
      subjectId: actor.userId,
      changes: { to: to.name, role: input.role, from: input.from, through: input.through },
    })
    return id
  })
}

export async function endDelegation(id: number, actor: Actor) {
  await inTransaction(async (trx) => {
    const changed = await trx
      .from('delegations')
      .where({ id, from_user_id: actor.userId!, state: 'active' })
      .update({ state: 'ended', updated_at: clock.now() })
    if (!affected(changed)) throw new MoveError({ id })
    await record(trx, actor, {
      action: 'accounts.delegation.ended',
      subjectType: 'user',
      subjectId: actor.userId,
    })
  })
}
