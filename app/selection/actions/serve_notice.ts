import { submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { inTransaction, updateVersioned, type Trx } from '#shared/database'
import { ForbiddenError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { NOTICE_DAYS } from '../domain/compensation.js'
import { ENDING_MOVES } from '../domain/endings.js'
import { arrangementById, endingById, type EndingRow } from '../queries/arrangements.js'
import { contractById } from '../queries/contracts.js'
import { settle } from './arrangements.js'
import { refuseProtected, writeEnding } from './endings.js'

const refuse: Refuse = refusing('selection')

/**
 * The notice was served (送达): only then does the ending count, and only from the day it leaves time
 * for. With it the contract runs to that day, the person is settled on the list, and the personnel
 * event of the day after is submitted; once approved there, its job ends the assignment.
 */
export async function serveNotice(
  input: { id: number; version: number; servedOn: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const { id, version, servedOn } = input
    const ending = await endingById(id, client)
    const arrangement = await arrangementById(ending.arrangementId, client)
    if (arrangement.ownerId !== actor.userId) throw new ForbiddenError('selection.arrange')
    if (servedOn > clock.today()) refuse('served_on', 'date_ahead')
    const earliest = addDays(servedOn, ending.payForNotice ? 0 : NOTICE_DAYS)
    if (ending.endsOn < earliest) refuse('served_on', 'served_too_late', { date: ending.endsOn })
    await moveState(client, 'selection_endings', { id, version }, ENDING_MOVES, 'serve', {
      served_on: servedOn,
    })
    await refuseProtected(client, ending)
    await settle(client, arrangement.id, arrangement.version, 'ended')
    const contractEnd = await endContract(client, ending)
    const eventId = await submitLeaving(client, ending, arrangement.personId, actor)
    await writeEnding(client, actor, arrangement.id, 'notice_served', {
      served_on: servedOn,
      contract_end: contractEnd,
      event: eventId,
    })
  }, trx)
}

/** The contract's last day, before and after. */
async function endContract(trx: Trx, { contractId, endsOn }: EndingRow) {
  const contract = await contractById(contractId, trx)
  await updateVersioned(trx, 'contracts', contractId, contract.version, { ends_on: endsOn })
  return [contract.endsOn, endsOn]
}

/** The day after the last one under the contract is the first without it. */
async function submitLeaving(trx: Trx, ending: EndingRow, personId: number, actor: Actor) {
  const eventId = await createEvent(
    {
      kind: 'dismiss',
      personId,
      unitId: null,
      effectiveOn: addDays(ending.endsOn, 1),
      untilOn: null,
      documentNo: ending.documentNo,
      reason: ending.reason,
      details: { basis: 'contract' },
    },
    actor,
    trx
  )
  await submitEvent({ eventId, version: 1 }, actor, trx)
  return eventId
}
