import db from '@adonisjs/lucid/services/db'
import { inboxPort } from '#shared/ports/inbox'
import { personReferencesPort } from '#shared/ports/person_references'
import { unitDissolvedPort } from '#shared/ports/unit_dissolved'
import { grantHoldings } from './dissolution.js'
import { lockedAccounts } from './queries/locked_accounts.js'

export function registerAccounts() {
  personReferencesPort.register({ table: 'users', column: 'person_id' })

  inboxPort.register(async (actor, t) => {
    if (!actor.may('grants.manage')) return []
    const rows = await db
      .from('grants')
      .join('users', 'users.id', 'grants.user_id')
      .where('grants.state', 'proposed')
      .whereNot('grants.proposed_by', actor.userId!)
      .whereNot('grants.user_id', actor.userId!)
      .select('grants.id', 'grants.role', 'users.name')
    return rows.map((row) => ({
      id: `grant:${row.id}`,
      kind: 'grant',
      title: t('accounts.inbox.grant', { name: row.name, role: t(`accounts.roles.${row.role}`) }),
      detail: t('accounts.inbox.second_person'),
      url: '/accounts/grants?state=proposed',
      due: null,
      blocked: false,
    }))
  })

  inboxPort.register(lockedAccounts)

  unitDissolvedPort.register(grantHoldings)
}
