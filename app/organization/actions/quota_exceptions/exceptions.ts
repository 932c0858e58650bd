import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { assertUnitAlive } from '../../queries/assert_unit_alive.js'
import { exceptionById } from '../../queries/quota_exceptions.js'
import type { FundingType, PostCategory } from '../../domain/codes.js'
import { EXCEPTION_MOVES, type ExceptionVerb } from '../../domain/exception_states.js'

export interface ExceptionInput {
  unitId: number
  fundingType: FundingType
  category: PostCategory
  quantity: number
  reason: string
  documentId: number
}

/** Asks for seats above the quota with the document that allows them; returns the id. */
export async function proposeException(
  input: ExceptionInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, clock.today())
    const id = await insertRow(client, 'quota_exceptions', {
      unit_id: input.unitId,
      funding_type: input.fundingType,
      category: input.category,
      quantity: input.quantity,
      reason: input.reason,
      document_id: input.documentId,
      state: 'proposed',
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    await record(client, actor, {
      action: 'organization.exception.proposed',
      subjectType: 'quota_exception',
      subjectId: id,
      changes: { unit_id: input.unitId, quantity: input.quantity, document_id: input.documentId },
    })
    return id
  }, trx)
}

const DONE = { approve: 'approved', refuse: 'refused', end: 'ended' } as const

/** A second person approves or refuses; an approved one may be ended before it is used up. */
export async function moveException(
  verb: ExceptionVerb,
  input: { exceptionId: number; version: number; comment?: string; grant?: ActiveGrant | null },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const exception = await exceptionById(input.exceptionId, client)
    if (verb !== 'end') refuseAuthor(exception.createdBy, actor, input.grant)
    await moveState(
      client,
      'quota_exceptions',
      { id: exception.id, version: input.version },
      EXCEPTION_MOVES,
      verb,
      verb === 'approve' ? { approved_by: actor.userId } : {}
    )
    await record(client, actor, {
      action: `organization.exception.${DONE[verb]}`,
      subjectType: 'quota_exception',
      subjectId: exception.id,
      changes: { comment: input.comment ?? null },
      grant: input.grant,
    })
  }, trx)
}

function refuseAuthor(author: number | null, actor: Actor, grant?: ActiveGrant | null) {
  if (actor.actsAs(author, grant)) throw new DomainError('organization.errors.same_person')
}
