import type { ActiveGrant, Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'

/** Who prepared it does not decide on it, for oneself or for another (law 11). */
export function refusePreparer(
  { preparedBy }: { preparedBy: number | null },
  actor: Actor,
  grant?: ActiveGrant | null
) {
  if (actor.actsAs(preparedBy, grant)) throw new DomainError('discipline.errors.same_person')
}
