import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'

/** A paper of a meeting or an order leaves the house: who took which. */
export function noteExport(
  actor: Actor,
  of: { type: 'meeting' | 'order'; id: number },
  paper: 'notice' | 'minutes' | 'order'
) {
  return inTransaction((trx) =>
    record(trx, actor, {
      action: `governance.${of.type}.exported`,
      subjectType: of.type === 'order' ? 'supervision_order' : 'meeting',
      subjectId: of.id,
      changes: { paper, format: 'pdf' },
    })
  )
}
