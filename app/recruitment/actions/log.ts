import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import type { Row, Trx } from '#shared/database'
import { DomainError } from '#shared/errors'

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
export function refuseField(
  field: string,
  name: string,
  params: Record<string, string | number> = {}
): never {
  const code = `recruitment.errors.${name}`
  throw new DomainError(code, params, [{ field, code, params }])
}

export function refuse(name: string, params: Record<string, string | number> = {}): never {
  throw new DomainError(`recruitment.errors.${name}`, params)
}
