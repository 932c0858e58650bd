import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, MoveError, NotFoundError } from '#shared/errors'
import { record } from '#audit/actions/record'

export interface TellApartInput {
  personIds: [number, number]
  reason: string
  grant?: ActiveGrant | null
}

/**
 * Puts down that two records which look alike are two people: the pair is not suggested again.
 * Gives the id. Throws people.errors.merge_same, merge_twice, apart_already.
 */
export async function tellApart(input: TellApartInput, actor: Actor, outer?: Trx): Promise<number> {
  const [first, second] = [...input.personIds].sort((a, b) => a - b)
  if (first === second) throw new DomainError('people.errors.merge_same')
  return inTransaction(async (trx) => {
    const rows = await trx.from('persons').whereIn('id', [first, second]).orderBy('id').forUpdate()
    if (rows.length !== 2) throw new NotFoundError('person')
    const gone = rows.find((row) => row.merged_into !== null)
    if (gone) throw new DomainError('people.errors.merge_twice', { name: gone.name })
    const id = await insertLive(trx, {
      first_id: first,
      second_id: second,
      reason: input.reason,
      created_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const changes = { reason: input.reason }
    await writeDown(trx, actor, 'people.person.told_apart', [first, second], changes, input.grant)
    return id
  }, outer)
}

/** Takes it back: the two records are suggested again. */
export async function undoTellApart(
  input: { distinctionId: number; version: number; grant?: ActiveGrant | null },
  actor: Actor,
  outer?: Trx
): Promise<void> {
  const { distinctionId: id, version } = input
  await inTransaction(async (trx) => {
    const row = await trx.from('person_distinctions').where({ id }).first()
    if (!row) throw new NotFoundError('distinction')
    const now = clock.now()
    const changed = await trx
      .from('person_distinctions')
      .where({ id, version })
      .whereNull('undone_at')
      .update({ undone_at: now, undone_by: actor.userId, version: version + 1, updated_at: now })
    if (!affected(changed)) throw new MoveError({ id, verb: 'undo' })
    const ids = [Number(row.first_id), Number(row.second_id)]
    await writeDown(trx, actor, 'people.person.apart_undone', ids, {}, input.grant)
  }, outer)
}

async function insertLive(trx: Trx, row: object): Promise<number> {
  try {
    return await insertRow(trx, 'person_distinctions', row)
  } catch (error) {
    if (isUniqueViolation(error)) throw new DomainError('people.errors.apart_already')
    throw error
  }
}

async function writeDown(
  trx: Trx,
  actor: Actor,
  action: string,
  ids: number[],
  changes: object,
  grant?: ActiveGrant | null
) {
  for (const subjectId of ids) {
    const other = ids.find((id) => id !== subjectId)
    await record(trx, actor, {
      action,
      subjectType: 'person',
      subjectId,
      grant,
      changes: { ...changes, other },
    })
  }
}
