import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { assertUnitAlive } from '../queries/assert_unit_alive.js'
import { assertUnitsFormed } from '../queries/assert_unit_formed.js'
import { changeLinks, type UnitChangeKind } from '../domain/unit_changes.js'

export interface UnitChangeInput {
  kind: UnitChangeKind
  effectiveOn: string
  documentId: number
  reason: string | null
  predecessorIds: number[]
  successorIds: number[]
}

/** Writes a change of units down; it takes effect when a second person executes it. Returns its id. */
export async function proposeUnitChange(
  input: UnitChangeInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const planned = changeLinks(input.kind, input.predecessorIds, input.successorIds)
  if (!planned.ok) {
    const code = `organization.errors.change_${planned.error}`
    const field = planned.error === 'predecessors' ? 'predecessor_ids' : 'successor_ids'
    throw new DomainError(code, {}, [{ field, code }])
  }
  return inTransaction(async (client) => {
    const involved = [...new Set([...input.predecessorIds, ...input.successorIds])]
    for (const unitId of involved) await assertUnitAlive(client, unitId, input.effectiveOn)
    await assertUnitsFormed(client, input)
    const id = await insertRow(client, 'unit_changes', {
      kind: input.kind,
      effective_on: input.effectiveOn,
      document_id: input.documentId,
      reason: input.reason,
      state: 'proposed',
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    for (const { predecessorId, successorId } of planned.links) {
      await insertRow(client, 'unit_change_links', {
        change_id: id,
        predecessor_id: predecessorId,
        successor_id: successorId,
      })
    }
    await record(client, actor, {
      action: 'organization.change.proposed',
      subjectType: 'unit_change',
      subjectId: id,
      changes: { change_kind: input.kind, effective_on: input.effectiveOn, units: involved },
    })
    return id
  }, trx)
}
