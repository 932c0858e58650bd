import i18nManager from '@adonisjs/i18n/services/main'
import mail from '@adonisjs/mail/services/main'
import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { buildActor } from '#accounts/queries/build_actor'
import { clock } from '#shared/clock'
import { isUniqueViolation } from '#shared/database'
import { inboxPort, waitingIn } from '#shared/ports/inbox'

/**
 * One mail a day to everybody who gave an address and has something waiting; off unless
 * MAIL_ENABLED. Titles only: what is behind them is read after signing in. Returns how many went.
 */
export async function sendReminders(): Promise<number> {
  if (!env.get('MAIL_ENABLED', false)) return 0
  const users = await db
    .from('users')
    .where('state', 'active')
    .whereNotNull('email')
    .orderBy('id')
    .select('id', 'email', 'locale')
  let sent = 0
  for (const user of users) {
    const i18n = i18nManager.locale(user.locale)
    const actor = await buildActor(Number(user.id))
    const items = await inboxPort.items(actor, (key, params) => i18n.t(key, params))
    if (items.length === 0 || !(await claim(Number(user.id)))) continue
    await mail.send((message) => {
      message
        .to(user.email)
        .subject(i18n.t('dashboard.reminder.subject', { count: waitingIn(items) }))
        .text(
          [
            i18n.t('dashboard.reminder.hello', { name: actor.name }),
            ...items.map(({ title, due }) => (due ? `· ${title} (${due})` : `· ${title}`)),
            `${env.get('APP_URL')}/inbox`,
          ].join('\n')
        )
    })
    sent += 1
  }
  return sent
}

/** The day's mail is claimed before it is sent: a job that runs twice sends once. */
async function claim(userId: number): Promise<boolean> {
  try {
    const id = `dashboard.reminder:${userId}:${clock.today()}`
    await db.table('idempotency_keys').insert({ id, result: 'null', created_at: clock.now() })
    return true
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}
