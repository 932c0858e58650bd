import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import type { ImportEffectRow } from '#imports/actions/effects'
import type { RosterPlan } from './roster_plan.js'

/** An alias has no known beginning: older documents may use it too. */
const SINCE_EVER = '1949-10-01'

/** Remembers the name by which the sheet called the unit, once the user has said whose it is. */
export async function learnAlias(
  trx: Trx,
  { unit, alias }: Pick<RosterPlan, 'unit' | 'alias'>
): Promise<ImportEffectRow[]> {
  if (!alias) return []
  const subjectId = await insertRow(trx, 'unit_names', {
    unit_id: unit.id,
    name: alias,
    kind: 'alias',
    valid_from: SINCE_EVER,
    recorded_at: clock.now(),
  })
  return [{ subjectType: 'unit_name', subjectId, effect: 'created' }]
}
