import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import type { InboxItem, Translate } from '#shared/ports/inbox'

const DAYS = 7
/** Events that somebody who reads the log should look at. */
const ALERTS = ['audit.access.refused', 'accounts.session.locked']

/** Refusals and lock-outs of the last week, for who reads the log. */
export async function auditInbox(actor: Actor, t: Translate): Promise<InboxItem[]> {
  if (!actor.may('audit.read')) return []
  const since = clock.in(-DAYS * 86_400)
  const rows = await db
    .from('audit_events')
    .whereIn('action', ALERTS)
    .where('occurred_at', '>=', since)
    .groupBy('action')
    .orderBy('action')
    .select('action')
    .count('* as total')
  return rows.map((row) => ({
    id: `audit:${row.action}`,
    kind: 'audit.alert',
    title: t(`audit.alerts.${row.action.split('.').at(-1)}`, { count: Number(row.total) }),
    detail: t('audit.alerts.since', { days: DAYS }),
    url: `/audit/events?action=${row.action}&from=${civilDate(since)}`,
    due: null,
    blocked: false,
  }))
}
