import { clock } from '#shared/clock'
import { isUniqueViolation, inTransaction, type Trx } from '#shared/database'
import db from '@adonisjs/lucid/services/db'

/**
 * Has the effect of once however often the same form, job or retry arrives (law 6): the key is
 * written in the action's own transaction, so a second one fails on it and gets the first result.
 * `key` null (no form key) runs the body plainly.
 */
export async function once<T>(
  key: string | null | undefined,
  action: string,
  actorId: number | null,
  body: (trx: Trx) => Promise<T>
): Promise<T> {
  if (!key) return inTransaction(body)
  const id = `${action}:${actorId ?? 0}:${key}`
  const before = await find<T>(id)
  if (before) return before.result
  try {
    return await inTransaction(async (trx) => {
      await trx.table('idempotency_keys').insert({ id, result: 'null', created_at: clock.now() })
      const result = await body(trx)
      await trx
        .from('idempotency_keys')
        .where({ id })
        .update({ result: JSON.stringify(result ?? null) })
      return result
    })
  } catch (error) {
    const first = isUniqueViolation(error) ? await find<T>(id) : null
    if (first) return first.result
    throw error
  }
}

async function find<T>(id: string): Promise<{ result: T } | null> {
  const row = await db.from('idempotency_keys').where({ id }).first()
  return row ? { result: JSON.parse(row.result) as T } : null
}
