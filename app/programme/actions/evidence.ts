import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { EVIDENCE_MOVES, type EvidenceSource } from '../domain/evidence.js'
import { evidenceById, type EvidenceRow } from '../queries/evidence.js'
import { belongsTo } from '../queries/outside.js'
import { thePlan } from '../queries/plan.js'
import { itemIn } from './save_item.js'

const refuse: Refuse = refusing('programme')

export interface EvidenceInput {
  itemId: number
  /** Civil date on which the item was finished. */
  happenedOn: string
  text: string
  documentId: number | null
}

/** Hands in that an item is finished; somebody outside the lead unit accepts it. Returns its id. */
export async function submitEvidence(
  input: EvidenceInput,
  actor: Actor,
  trx?: Trx,
  source: EvidenceSource = 'report'
): Promise<number> {
  return inTransaction(async (client) => {
    const item = itemIn(await thePlan(client), input.itemId)
    if (item.finishedOn) throw new DomainError('programme.errors.finished', { item: item.name })
    if (input.happenedOn > clock.today()) refuse('happened_on', 'date_ahead')
    if (item.startedOn && input.happenedOn < item.startedOn) refuse('happened_on', 'before_start')
    const id = await insertEvidence(client, actor, input, source)
    await write(client, actor, 'submitted', item.id, { text: input.text, on: input.happenedOn })
    return id
  }, trx)
}

export interface EvidenceMove {
  evidenceId: number
  version: number
  comment?: string | null
  grant?: ActiveGrant | null
}

/** Accepts it: the item is finished on that day. Never by who handed it in or by the lead unit. */
export async function acceptEvidence(input: EvidenceMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const evidence = await evidenceById(input.evidenceId, client)
    await refuseInsiders(client, evidence, actor, input.grant)
    await move(client, input, 'accept', { decided_by: actor.userId })
    await finishItem(client, evidence.itemId, evidence.happenedOn)
    await write(client, actor, 'accepted', evidence.itemId, {
      finished_on: evidence.happenedOn,
      comment: input.comment ?? null,
    })
  }, trx)
}

export async function returnEvidence(input: EvidenceMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const evidence = await evidenceById(input.evidenceId, client)
    await refuseInsiders(client, evidence, actor, input.grant)
    if (!input.comment) refuse('comment', 'comment_needed')
    await move(client, input, 'return', { decided_by: actor.userId, comment: input.comment })
    await write(client, actor, 'returned', evidence.itemId, { comment: input.comment })
  }, trx)
}

/** Who handed it in takes it back before it is judged. */
export async function withdrawEvidence(input: EvidenceMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const evidence = await evidenceById(input.evidenceId, client)
    if (evidence.submittedBy !== actor.userId)
      throw new DomainError('programme.errors.other_author')
    await move(client, input, 'withdraw', {})
    await write(client, actor, 'withdrawn', evidence.itemId, {})
  }, trx)
}

export async function insertEvidence(
  trx: Trx,
  actor: Actor,
  input: EvidenceInput,
  source: EvidenceSource,
  state: 'submitted' | 'accepted' = 'submitted'
): Promise<number> {
  try {
    return await insertRow(trx, 'work_evidence', {
      item_id: input.itemId,
      source,
      happened_on: input.happenedOn,
      text: input.text,
      document_id: input.documentId,
      state,
      submitted_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('programme.errors.evidence_waits')
    throw error
  }
}

export async function finishItem(trx: Trx, itemId: number, finishedOn: string | null) {
  await trx
    .from('work_items')
    .where('id', itemId)
    .update({ finished_on: finishedOn, version: trx.raw('version + 1'), updated_at: clock.now() })
}

function move(
  trx: Trx,
  { evidenceId: id, version }: EvidenceMove,
  verb: 'accept' | 'return' | 'withdraw',
  values: object
) {
  return moveState(trx, 'work_evidence', { id, version }, EVIDENCE_MOVES, verb, {
    ...values,
    decided_at: verb === 'withdraw' ? null : clock.now(),
  })
}

async function refuseInsiders(
  trx: Trx,
  evidence: EvidenceRow,
  actor: Actor,
  grant?: ActiveGrant | null
) {
  if (actor.actsAs(evidence.submittedBy, grant)) {
    throw new DomainError('programme.errors.same_person')
  }
  if (await belongsTo(trx, actor, evidence.leadUnitId, grant)) {
    throw new DomainError('programme.errors.lead_unit', { unit: evidence.leadUnitName })
  }
}

function write(trx: Trx, actor: Actor, done: string, itemId: number, changes: object) {
  return record(trx, actor, {
    action: `programme.evidence.${done}`,
    subjectType: 'work_item',
    subjectId: itemId,
    changes: { ...changes },
  })
}
