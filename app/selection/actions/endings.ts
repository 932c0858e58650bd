import { record, sensitive } from '#audit/actions/record'
import { submitEvent } from '#people/actions/move_event'
import { createEvent } from '#people/actions/save_event'
import { personById } from '#people/queries/person'
import { retirementOf } from '#people/domain/retirement_of_person'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, ForbiddenError, refusing, type Refuse } from '#shared/errors'
import { moveState, type Transitions } from '#shared/transitions'
import { settingOn } from '#transfers/queries/settings'
import {
  compensation,
  hasLongService,
  NOTICE_DAYS,
  type Compensation,
  type Protection,
} from '../domain/compensation.js'
import {
  arrangementById,
  endingById,
  type ArrangementRow,
  type EndingRow,
} from '../queries/arrangements.js'
import { contractOfPerson, type ContractRow } from '../queries/contracts.js'
import { settle } from './arrangements.js'

const refuse: Refuse = refusing('selection')

export const LOCAL_PAY_SETTING = 'selection.local_average_pay_fen'

type State = 'asked' | 'approved' | 'refused' | 'done'
const MOVES: Transitions<State, 'approve' | 'refuse' | 'serve'> = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked'], to: 'refused' },
  serve: { from: ['approved'], to: 'done' },
}

export interface EndingInput {
  arrangementId: number
  endsOn: string
  payForNotice: boolean
  /** What the officer has found of art. 42; anything refuses the proposal. */
  protections: Protection[]
  reason: string
}

export interface EndingOutlook {
  contract: ContractRow
  protections: Protection[]
  compensation: Compensation | null
}

/** Why somebody may not be ended by what is on record, and what it would cost on a day. */
export async function endingOutlook(
  arrangement: ArrangementRow,
  endsOn: string,
  payForNotice: boolean,
  trx: Trx
): Promise<EndingOutlook> {
  const contract = await contractOfPerson(arrangement.personId, trx)
  if (!contract) throw new DomainError('selection.errors.no_contract', { name: arrangement.name })
  const localAverageFen = await settingOn(LOCAL_PAY_SETTING, endsOn, trx)
  return {
    contract,
    protections: await protectionsOf(trx, arrangement.personId, contract, endsOn),
    compensation:
      contract.averagePayFen === null
        ? null
        : compensation({
            hiredOn: contract.hiredOn,
            endsOn,
            averagePayFen: contract.averagePayFen,
            localAverageFen: localAverageFen === null ? null : Number(localAverageFen),
            payForNotice,
          }),
  }
}

async function protectionsOf(
  trx: Trx,
  personId: number,
  contract: ContractRow,
  endsOn: string
): Promise<Protection[]> {
  const found: Protection[] = []
  const leaves = await trx
    .from('personnel_events')
    .where({ person_id: personId, kind: 'long_leave', state: 'done' })
    .where((open) => open.whereNull('until_on').orWhere('until_on', '>', clock.today()))
    .select('details')
  const types = new Set(leaves.map((row) => JSON.parse(row.details).leaveType))
  if (types.has('maternity')) found.push('pregnancy')
  if (types.has('sick')) found.push('medical_period')
  const person = await personById(personId, trx)
  const retirement = person ? retirementOf({ ...person, grade: null }, clock.today()) : null
  const retiresOn = retirement?.ok ? retirement.endsOn : null
  if (hasLongService({ hiredOn: contract.hiredOn, retiresOn }, endsOn)) found.push('long_service')
  return found
}

/** The owner of the case proposes; protected people never, and never before notice could be given. */
export async function proposeEnding(input: EndingInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const arrangement = await arrangementById(input.arrangementId, client)
    if (arrangement.ownerId === null || arrangement.ownerId !== actor.userId) {
      throw new ForbiddenError('selection.arrange')
    }
    if (arrangement.state !== 'open') throw new DomainError('selection.errors.settled')
    const earliest = addDays(clock.today(), input.payForNotice ? 0 : NOTICE_DAYS)
    if (input.endsOn < earliest) refuse('ends_on', 'too_soon', { date: earliest })
    const { endsOn, payForNotice } = input
    const outlook = await endingOutlook(arrangement, endsOn, payForNotice, client)
    const protections = [...new Set([...outlook.protections, ...input.protections])]
    if (protections.length > 0) throw new DomainError('selection.errors.protected')
    if (!outlook.compensation) throw new DomainError('selection.errors.no_average_pay')
    const id = await insertEnding(client, actor, input, outlook)
    await write(client, actor, arrangement.id, 'proposed', {
      ends_on: endsOn,
      compensation: sensitive(outlook.compensation.fen),
    })
    return id
  }, trx)
}

async function insertEnding(trx: Trx, actor: Actor, input: EndingInput, outlook: EndingOutlook) {
  const { contract } = outlook
  try {
    return await insertRow(trx, 'selection_endings', {
      arrangement_id: input.arrangementId,
      contract_id: contract.id,
      ends_on: input.endsOn,
      pay_for_notice: input.payForNotice,
      basis: JSON.stringify({
        ...outlook.compensation,
        hiredOn: contract.hiredOn,
        averagePayFen: contract.averagePayFen,
      }),
      compensation_fen: outlook.compensation!.fen,
      reason: input.reason,
      state: 'asked',
      asked_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('selection.errors.ending_known')
    throw error
  }
}

export async function decideEnding(
  input: {
    id: number
    version: number
    verb: 'approve' | 'refuse'
    documentId: number | null
    grant?: ActiveGrant | null
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const ending = await endingById(input.id, client)
    if ([actor.userId, input.grant?.onBehalfOf?.userId].includes(ending.askedBy)) {
      throw new DomainError('selection.errors.same_person')
    }
    if (input.verb === 'approve' && input.documentId === null) {
      refuse('document_id', 'document_needed')
    }
    await moveState(client, 'selection_endings', at(input), MOVES, input.verb, {
      ...{ decided_by: actor.userId, document_id: input.documentId },
    })
    await write(client, actor, ending.arrangementId, `ending_${input.verb}`, {}, input.grant)
  }, trx)
}

/**
 * The notice was served (送达): only then does the ending count, and only from the day it leaves time
 * for. The personnel event of that day is written and submitted with it; the head approves it there
 * and its job ends the assignment.
 */
export async function serveNotice(
  input: { id: number; version: number; servedOn: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const ending = await endingById(input.id, client)
    const arrangement = await arrangementById(ending.arrangementId, client)
    if (arrangement.ownerId !== actor.userId) throw new ForbiddenError('selection.arrange')
    if (input.servedOn > clock.today()) refuse('served_on', 'date_ahead')
    const days = ending.payForNotice ? 0 : NOTICE_DAYS
    const earliest = addDays(input.servedOn, days)
    if (ending.endsOn < earliest) refuse('served_on', 'served_too_late', { date: ending.endsOn })
    await moveState(client, 'selection_endings', at(input), MOVES, 'serve', {
      served_on: input.servedOn,
    })
    await settle(client, arrangement.id, arrangement.version, 'ended')
    const eventId = await submitEndingEvent(client, ending, arrangement.personId, actor)
    await write(client, actor, arrangement.id, 'notice_served', {
      served_on: input.servedOn,
      event: eventId,
    })
  }, trx)
}

/** The day after the last one under the contract is the first without it. */
async function submitEndingEvent(trx: Trx, ending: EndingRow, personId: number, actor: Actor) {
  const eventId = await createEvent(
    {
      ...{ kind: 'dismiss', personId, unitId: null, effectiveOn: addDays(ending.endsOn, 1) },
      ...{ untilOn: null, documentNo: ending.documentNo, reason: ending.reason },
      details: { basis: 'contract' },
    },
    actor,
    trx
  )
  await submitEvent({ eventId, version: 1 }, actor, trx)
  return eventId
}

const at = ({ id, version }: { id: number; version: number }) => ({ id, version })

function write(
  trx: Trx,
  actor: Actor,
  arrangementId: number,
  done: string,
  changes: Record<string, unknown>,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    action: `selection.ending.${done}`,
    subjectType: 'selection_ending_case',
    subjectId: arrangementId,
    changes,
    grant,
  })
}
