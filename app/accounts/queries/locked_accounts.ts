import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { InboxItem, Translate } from '#shared/ports/inbox'
import { passwordPolicy } from '../policy.js'

/** Accounts with so many failed sign-ins that somebody should ask the owner. */
export async function lockedAccounts(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('accounts.manage')) return []
  const rows = await db
    .from('users')
    .where('state', 'active')
    .where('failed_sign_ins', '>=', passwordPolicy().failuresUntilLock)
    .orderBy('id')
    .limit(20)
    .select('id', 'name', 'failed_sign_ins')
  return rows.map((row) => ({
    id: `user:${row.id}`,
    kind: 'accounts.locked',
    title: t('accounts.inbox.locked', { name: row.name, count: Number(row.failed_sign_ins) }),
    detail: t('accounts.inbox.locked_text'),
    url: `/accounts/users/${row.id}`,
    due: null,
    blocked: false,
  }))
}
