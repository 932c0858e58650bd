import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { toInt } from '#shared/database'
import { restOf, type InboxItem, type Translate } from '#shared/ports/inbox'
import { passwordPolicy } from '../policy.js'

/** Somebody who tries many names locks many accounts: so many are named one by one. */
const NAMED = 20

/** Accounts with so many failed sign-ins that somebody should ask the owner. */
export async function lockedAccounts(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('accounts.manage')) return []
  const locked = () =>
    db
      .from('users')
      .where('state', 'active')
      .where('failed_sign_ins', '>=', passwordPolicy().failuresUntilLock)
  const rows = await locked().orderBy('id').limit(NAMED).select('id', 'name', 'failed_sign_ins')
  const count = toInt((await locked().count('* as total').first()).total) - rows.length
  const items = rows.map((row) => ({
    id: `user:${row.id}`,
    kind: 'accounts.locked',
    title: t('accounts.inbox.locked', { name: row.name, count: Number(row.failed_sign_ins) }),
    detail: t('accounts.inbox.locked_text'),
    url: `/accounts/users/${row.id}`,
    due: null,
    blocked: false,
  }))
  const rest = t('accounts.inbox.locked_rest', { count })
  return [...items, ...restOf('accounts.locked', count, rest, '/accounts/users')]
}
