import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'

/** Who commits what others prepared takes over no row of pay or rating about the own person. */
export function refuseOwnRows(
  rows: ReadonlyArray<{ personId: number; personName: string }>,
  actor: Actor
) {
  const own = rows.find(({ personId }) => actor.isSelf(personId))
  if (own) throw new DomainError('imports.errors.own_row', { name: own.personName })
}
