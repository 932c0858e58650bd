import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { workPointById } from '../queries/work_points.js'
import { bookPoints, reversePoints, type PointsInput } from './book_points.js'

/** Work points entered by hand, by the number of a paper; nobody enters the own ones. */
export async function enterPoints(input: PointsInput, actor: Actor, trx?: Trx): Promise<number> {
  refuseOwn(input.personId, actor)
  return bookPoints({ ...input, key: `manual:${input.key}` }, actor, trx)
}

/** Takes an entry back by hand, whoever booked it; nobody takes back the own ones. */
export async function takeBackPoints(
  input: { entryId: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    refuseOwn((await workPointById(input.entryId, client)).personId, actor)
    return reversePoints(input, actor, client)
  }, trx)
}

function refuseOwn(personId: number, actor: Actor) {
  if (actor.isSelf(personId)) throw new DomainError('performance.errors.own_points')
}
