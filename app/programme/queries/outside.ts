import type { Client } from '#decisions/queries/client'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'

/**
 * True when somebody speaks for a unit: the grant that is used reaches only it (or what it grew
 * from), or the own main assignment is there.
 */
export async function belongsTo(
  client: Client,
  actor: Actor,
  unitId: number,
  grant?: ActiveGrant | null
): Promise<boolean> {
  if (grant && grant.scope !== 'all' && grant.unitIds.includes(unitId)) return true
  if (actor.personId === null) return false
  const today = clock.today()
  const assignment = await client
    .from('assignments')
    .where({ person_id: actor.personId, unit_id: unitId, live: 1, kind: 'main' })
    .where('valid_from', '<=', today)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', today))
    .first()
  return Boolean(assignment)
}
