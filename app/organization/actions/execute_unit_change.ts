import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { freezePort } from '#shared/ports/freeze'
import { moveState } from '#shared/transitions'
import { dissolves, UNIT_CHANGE_MOVES } from '../domain/unit_changes.js'
import { assertUnitAlive } from '../queries/assert_unit_alive.js'
import { assertUnitsFormed } from '../queries/assert_unit_formed.js'
import { unitChangeById, type UnitChangeRow } from '../queries/unit_changes.js'
import { dissolveUnit, type Settlements } from './dissolve_unit.js'

export interface ExecuteChangeInput {
  changeId: number
  version: number
  /** What becomes of everything open: `<kind>:<id>` → the successor's id, or null for an end. */
  settlements: Settlements
  grant?: ActiveGrant | null
}

/**
 * Makes a change of units take effect: by another person than the one who wrote it down, not
 * before its date, and not while reform discipline forbids it. Merged and dissolved units end;
 * what they hold goes to successors that the change names, never to a unit that is gone.
 */
export async function executeUnitChange(input: ExecuteChangeInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockUnits(client, input.changeId)
    const change = await unitChangeById(input.changeId, client)
    refuseAuthor(change, actor, input.grant)
    for (const { id } of [...change.predecessors, ...change.successors]) {
      await assertUnitAlive(client, id, change.effectiveOn)
    }
    await assertUnitsFormed(client, {
      kind: change.kind,
      effectiveOn: change.effectiveOn,
      predecessorIds: change.predecessors.map(({ id }) => id),
      successorIds: change.successors.map(({ id }) => id),
    })
    await askFreeze(client, change, actor)
    const versioned = { id: change.id, version: input.version }
    await moveState(client, 'unit_changes', versioned, UNIT_CHANGE_MOVES, 'execute')
    if (dissolves(change.kind)) {
      if (change.effectiveOn > clock.today()) {
        throw new DomainError('organization.errors.change_not_yet', { date: change.effectiveOn })
      }
      refuseOtherSuccessors(change, input.settlements)
      for (const { id } of change.predecessors) {
        await dissolveUnit(client, actor, id, change.effectiveOn, input.settlements)
      }
    }
    await record(client, actor, {
      action: 'organization.change.executed',
      subjectType: 'unit_change',
      subjectId: change.id,
      changes: { change_kind: change.kind, effective_on: change.effectiveOn },
      grant: input.grant,
    })
  }, trx)
}

/**
 * Whoever opens something in these units, or has just done so, comes before or after. Nothing is
 * read before, and this only behind the lock: MySQL shows a transaction the others' work as it was
 * at its first plain read.
 */
async function lockUnits(trx: Trx, changeId: number) {
  await trx
    .from('units as u')
    .join('unit_change_links as l', (join) =>
      join.on('l.predecessor_id', 'u.id').orOn('l.successor_id', 'u.id')
    )
    .where('l.change_id', changeId)
    .orderBy('u.id')
    .forUpdate()
    .select('u.id')
}

/** Its author takes a change back that has not taken effect. */
export async function withdrawUnitChange(
  input: { changeId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const version = input.version
    await moveState(
      client,
      'unit_changes',
      { id: input.changeId, version },
      UNIT_CHANGE_MOVES,
      'withdraw'
    )
    await record(client, actor, {
      action: 'organization.change.withdrawn',
      subjectType: 'unit_change',
      subjectId: input.changeId,
    })
  }, trx)
}

function refuseAuthor(change: UnitChangeRow, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(change.createdBy, grant)) {
    throw new DomainError('organization.errors.same_person')
  }
}

/** Its document says who takes over: nobody else does. */
function refuseOtherSuccessors(change: UnitChangeRow, settlements: Settlements) {
  const named = new Set(change.successors.map(({ id }) => id))
  const others = Object.entries(settlements).filter(([, id]) => id !== null && !named.has(id))
  if (others.length === 0) return
  const code = 'organization.errors.settle_elsewhere'
  const fields = others.map(([holding]) => ({ field: `settle.${holding}`, code }))
  throw new DomainError(code, {}, fields)
}

async function askFreeze(trx: Trx, change: UnitChangeRow, actor: Actor) {
  const unitIds = [...change.predecessors, ...change.successors].map(({ id }) => id)
  await freezePort.pass(
    {
      act: `unit_change.${change.kind}`,
      unitIds,
      date: change.effectiveOn,
      reformDocumentId: change.documentId,
      actor,
      subject: { type: 'unit_change', id: change.id },
    },
    trx
  )
}
