import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { randomCode, sha256 } from '#shared/crypto'
import { affected, insertRow, inTransaction, type Trx } from '#shared/database'
import { NotFoundError } from '#shared/errors'

/** 32 signs of 56: more than 180 bits. */
const TOKEN_LENGTH = 32

/** Makes a secret address of a calendar; the secret is given once and only its digest is kept. */
export async function createFeed(
  input: { name: string; unitId: number | null },
  actor: Actor,
  trx?: Trx
): Promise<{ id: number; token: string }> {
  return inTransaction(async (client) => {
    const token = randomCode(TOKEN_LENGTH)
    const id = await insertRow(client, 'calendar_feeds', {
      token_digest: sha256(token),
      name: input.name,
      user_id: actor.userId,
      unit_id: input.unitId,
      created_at: clock.now(),
    })
    await record(client, actor, {
      action: 'programme.feed.created',
      subjectType: 'calendar_feed',
      subjectId: id,
      changes: { name: input.name, unit_id: input.unitId },
    })
    return { id, token }
  }, trx)
}

/** Ends an address of one's own; whoever still has it finds nothing. */
export async function revokeFeed(input: { feedId: number }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const revoked = await client
      .from('calendar_feeds')
      .where({ id: input.feedId, user_id: actor.userId })
      .whereNull('revoked_at')
      .update({ revoked_at: clock.now() })
    if (!affected(revoked)) throw new NotFoundError('calendar feed')
    await record(client, actor, {
      action: 'programme.feed.revoked',
      subjectType: 'calendar_feed',
      subjectId: input.feedId,
      changes: {},
    })
  }, trx)
}
