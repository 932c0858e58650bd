import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { idOrNull, insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { participantById } from '../queries/participants.js'
import { roundById } from '../queries/rounds.js'

const MOVES: Transitions<'asked' | 'approved' | 'refused' | 'used', 'approve' | 'refuse'> = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked'], to: 'refused' },
}

/** Asks that somebody may still enter a choice after the deadline, with the reason. */
export async function askPermit(
  input: { participantId: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const person = await participantById(input.participantId, client)
    const round = await roundById(person.roundId, client)
    if (round.state !== 'ranking') throw new DomainError('selection.errors.no_late_entry')
    try {
      const id = await insertRow(client, 'selection_permits', {
        participant_id: person.id,
        reason: input.reason,
        state: 'asked',
        asked_by: actor.userId,
        version: 1,
        created_at: clock.now(),
      })
      await write(client, actor, person.id, 'asked', { reason: input.reason })
      return id
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('selection.errors.permit_known')
      throw error
    }
  }, trx)
}

export async function decidePermit(
  input: { id: number; version: number; verb: 'approve' | 'refuse'; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const row = await client.from('selection_permits').where('id', input.id).first()
    if (!row) throw new NotFoundError('permit')
    if (actor.actsAs(idOrNull(row.asked_by), input.grant)) {
      throw new DomainError('selection.errors.same_person')
    }
    const at = { id: input.id, version: input.version }
    await moveState(client, 'selection_permits', at, MOVES, input.verb, {
      decided_by: actor.userId,
    })
    const participantId = Number(row.participant_id)
    await write(client, actor, participantId, input.verb, { reason: row.reason }, input.grant)
  }, trx)
}

function write(
  trx: Trx,
  actor: Actor,
  participantId: number,
  done: string,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `selection.permit.${done}`,
    subjectType: 'selection_participant',
    subjectId: participantId,
    changes,
    grant,
  })
}
