import { clock } from '#shared/clock'
import { isUniqueViolation, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import db from '@adonisjs/lucid/services/db'

const BOUND = '#'

/** A form's key with the digest of what the form says. */
export function boundKey(key: string, content: string): string {
  return `${key.replaceAll(BOUND, '')}${BOUND}${content}`
}

/**
 * Has the effect of once however often the same form, job or retry arrives (law 6): the key is
 * written in the action's own transaction, so a second one fails on it and gets the first result.
 * The same key with another content (`boundKey`) is no repetition: shared.errors.sent_before.
 * `key` null (no form key) runs the body plainly.
 */
export async function once<T>(
  key: string | null | undefined,
  action: string,
  actorId: number | null,
  body: (trx: Trx) => Promise<T>
): Promise<T> {
  if (!key) return inTransaction(body)
  const [name, content = null] = key.split(BOUND)
  const id = `${action}:${actorId ?? 0}:${name}`
  const before = await find<T>(id, content)
  if (before) return before.result
  try {
    return await inTransaction(async (trx) => {
      const row = { id, content, result: 'null', created_at: clock.now() }
      await trx.table('idempotency_keys').insert(row)
      const result = await body(trx)
      await trx
        .from('idempotency_keys')
        .where({ id })
        .update({ result: JSON.stringify(result ?? null) })
      return result
    })
  } catch (error) {
    const first = isUniqueViolation(error) ? await find<T>(id, content) : null
    if (first) return first.result
    throw error
  }
}

async function find<T>(id: string, content: string | null): Promise<{ result: T } | null> {
  const row = await db.from('idempotency_keys').where({ id }).first()
  if (!row) return null
  if (row.content !== content) throw new SentBefore()
  return { result: JSON.parse(row.result) as T }
}

class SentBefore extends DomainError {
  constructor() {
    super('shared.errors.sent_before')
    this.status = 409
    this.code = 'E_SENT_BEFORE'
  }
}
