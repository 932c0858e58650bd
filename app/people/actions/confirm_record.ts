import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, updateVersioned, type Row, type Trx } from '#shared/database'
import { DomainError, MoveError } from '#shared/errors'
import { record } from '#audit/actions/record'
import { CONFIRMATION_MOVES, mayMove, type ConfirmationMove } from '../domain/confirmation.js'
import { keepRevision } from './keep_revision.js'

interface Input {
  personId: number
  version: number
}

/** The person says that the own record is right. */
export function confirmRecord(input: Input, actor: Actor, outer?: Trx) {
  return move(input, actor, 'confirm', { objection: null, confirmed_at: clock.now() }, {}, outer)
}

/** The person objects to the own record, with what is wrong; HR finds it in its inbox. */
export function objectToRecord(input: Input & { objection: string }, actor: Actor, outer?: Trx) {
  const values = { objection: input.objection, confirmed_at: null }
  return move(input, actor, 'object', values, {}, outer)
}

/** HR has looked and the record is right as it is: the person is asked again, with the answer. */
export async function answerObjection(
  input: Input & { reason: string },
  actor: Actor,
  outer?: Trx
) {
  if (actor.isSelf(input.personId)) throw new DomainError('people.errors.own_objection')
  const { reason } = input
  return move(input, actor, 'answer', { objection: null }, { reason }, outer)
}

async function move(
  input: Input,
  actor: Actor,
  verb: ConfirmationMove,
  values: Row,
  changes: Row,
  outer?: Trx
) {
  return inTransaction(async (trx) => {
    const person = await trx.from('persons').where('id', input.personId).firstOrFail()
    if (!mayMove(person.confirmation, verb)) throw new MoveError({ id: input.personId, verb })
    const confirmation = CONFIRMATION_MOVES[verb].to
    await updateVersioned(trx, 'persons', input.personId, input.version, {
      ...values,
      confirmation,
    })
    // What was objected stays on record after it was answered or taken back.
    if (person.objection !== null) {
      await keepRevision(trx, actor, person, { reason: changes.reason ?? verb, documentId: null })
    }
    await record(trx, actor, {
      action: `people.record.${verb}`,
      subjectType: 'person',
      subjectId: input.personId,
      changes: { confirmation: [person.confirmation, confirmation], ...changes },
    })
  }, outer)
}
