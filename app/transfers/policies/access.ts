import type { Actor, Target } from '#shared/actor'
import { ForbiddenError } from '#shared/errors'
import { caseKey } from '#shared/ports/cases'
import { BATCH_CASE } from '../domain/cases.js'
import { capabilityOf } from '../domain/steps.js'
import { batchById, unitsOfBatch, type BatchRow, type BatchUnits } from '../queries/batches.js'
import type { UnitScope } from '../queries/lines.js'

export interface OpenedBatch {
  batch: BatchRow
  units: BatchUnits
  scope: UnitScope
}

/**
 * Opens a batch for somebody who may view one of its units, who prepared it, or whose grant is for
 * this batch; else ForbiddenError. Only lines of the units in `scope` may be shown.
 */
export async function openBatch(actor: Actor, id: number): Promise<OpenedBatch> {
  const batch = await batchById(id)
  const units = await unitsOfBatch(id)
  const scope = scopeOf(actor, batch, units)
  if (scope === null) throw new ForbiddenError('transfers.view')
  return { batch, units, scope }
}

/** Units whose lines of a batch may be shown; null: the batch may not. */
export function scopeOf(actor: Actor, batch: BatchRow, units: BatchUnits): UnitScope | null {
  const granted = actor.casesFor('transfers.view', BATCH_CASE).includes(batch.id)
  if (granted || isOwn(actor, batch)) return 'all'
  const scope = actor.unitsFor('transfers.view')
  const sees = scope === 'all' || units.all.some((unitId) => scope.includes(unitId))
  return sees ? scope : null
}

/** May change lines and heading: of every unit that gives people or seats, `more` included. */
export function mayPrepare(actor: Actor, { batch, units }: OpenedBatch, more: number[] = []) {
  const from = [...new Set([...units.from, ...more])]
  if (from.length > 0) return actor.may('transfers.prepare', { unitIds: from })
  return isOwn(actor, batch) || actor.unitsFor('transfers.prepare') === 'all'
}

export function authorizePrepare(actor: Actor, opened: OpenedBatch, more: number[] = []) {
  if (!mayPrepare(actor, opened, more)) throw new ForbiddenError('transfers.prepare')
}

/** The grant to sign the step that is due: it must reach the units that take. */
export function signingGrant(actor: Actor, { batch, units }: OpenedBatch) {
  const step = batch.line?.steps[batch.step]
  return step ? actor.grantFor(capabilityOf(step), signingTarget({ batch, units })) : null
}

export function executionGrant(actor: Actor, opened: OpenedBatch) {
  return actor.grantFor('transfers.execute', signingTarget(opened))
}

/** Who signs or executes must reach every unit that takes, or have a grant for the batch. */
export function signingTarget({ batch, units }: Pick<OpenedBatch, 'batch' | 'units'>): Target {
  return { unitIds: units.to, caseKey: caseKey(BATCH_CASE, batch.id) }
}

function isOwn(actor: Actor, batch: BatchRow): boolean {
  return batch.preparedBy === actor.userId && actor.may('transfers.prepare')
}
