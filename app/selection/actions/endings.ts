import { record, sensitive } from '#audit/actions/record'
import { personById } from '#people/queries/person'
import { retirementOf } from '#people/domain/retirement_of_person'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, ForbiddenError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { settingOn } from '#transfers/queries/settings'
import {
  compensation,
  hasLongService,
  NOTICE_DAYS,
  type Compensation,
  type Protection,
} from '../domain/compensation.js'
import { ENDING_MOVES } from '../domain/endings.js'
import {
  arrangementById,
  endingById,
  type ArrangementRow,
  type EndingRow,
} from '../queries/arrangements.js'
import { contractById, contractOfPerson, type ContractRow } from '../queries/contracts.js'

const refuse: Refuse = refusing('selection')

export const LOCAL_PAY_SETTING = 'selection.local_average_pay_fen'

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
    await writeEnding(client, actor, arrangement.id, 'proposed', {
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
    if (actor.actsAs(ending.askedBy, input.grant)) {
      throw new DomainError('selection.errors.same_person')
    }
    if (input.verb === 'approve' && input.documentId === null) {
      refuse('document_id', 'document_needed')
    }
    if (input.verb === 'approve') await refuseProtected(client, ending)
    const { id, version } = input
    await moveState(client, 'selection_endings', { id, version }, ENDING_MOVES, input.verb, {
      decided_by: actor.userId,
      document_id: input.documentId,
    })
    const done = `ending_${input.verb}`
    await writeEnding(client, actor, ending.arrangementId, done, {}, input.grant)
  }, trx)
}

/** Weeks lie between a proposal and its notice: what has come on record since protects as well. */
export async function refuseProtected(trx: Trx, ending: EndingRow) {
  const { personId } = await arrangementById(ending.arrangementId, trx)
  const contract = await contractById(ending.contractId, trx)
  const found = await protectionsOf(trx, personId, contract, ending.endsOn)
  if (found.length > 0) throw new DomainError('selection.errors.protected')
}

export function writeEnding(
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
