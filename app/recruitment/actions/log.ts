import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import type { Row, Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'

export function logPlan(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row = {},
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `recruitment.plan.${done}`,
    subjectType: 'recruitment',
    subjectId: id,
    changes,
    grant,
  })
}

export function logApplication(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row = {},
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `recruitment.application.${done}`,
    subjectType: 'recruitment_application',
    subjectId: id,
    changes,
    grant,
  })
}

/** A refusal at a field of the form. */
export const refuseField: Refuse = refusing('recruitment')

export function refuse(name: string, params: Record<string, string | number> = {}): never {
  throw new DomainError(`recruitment.errors.${name}`, params)
}
