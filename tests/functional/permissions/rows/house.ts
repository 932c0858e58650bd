import db from '@adonisjs/lucid/services/db'
import { givenUser } from '#tests/support/givens'
import { insert } from '../world.js'
import { anywhere, everyone, inUnit, open, type Rows } from '../rows.js'

const OVERSEERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership discipline_inspector auditor'
const SEE_THE_PLAN = `${OVERSEERS} leading_group_office liaison`
const IMPORTERS = 'leading_group_office pay_officer finance_officer'
const DECIDERS = 'hr_head establishment_approver personnel_approver leadership'
const DOCUMENTS = 'hr_officer hr_head establishment_approver leading_group_office pay_officer'
const ALL_BUT_MANAGERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office pay_officer finance_officer finance_head discipline_inspector auditor'

/** A checked import of the unit, as the check leaves it. */
const contextOf = (unitId: number) =>
  JSON.stringify({
    found: { title: '', dates: [], unitTexts: [] },
    answers: {},
    encoding: null,
    partial: false,
    rows: 0,
    unitId,
  })

/** Accounts, audit, calendar, decisions, imports and the shell. */
export const house: Rows = {
  at: {
    'accounts.users': { id: 'user' },
    'accounts.grants': { id: 'grant' },
    'accounts.delegations': { id: 'delegation' },
    'calendar.years': { year: '=2026' },
    'calendar.days': { day: '=2026-03-02' },
    'decisions': { id: 'decision' },
    'decisions.documents': { id: 'document' },
    'imports': { id: 'import' },
    'dashboard.units': { id: 'unit' },
  },
  async build({ unitId, personId, documentId }) {
    const user = await givenUser()
    const grant = await insert('grants', {
      user_id: user.id,
      role: 'auditor',
      scope: 'all',
      valid_from: '2020-01-01',
      state: 'proposed',
    })
    const delegation = await insert('delegations', {
      from_user_id: user.id,
      to_user_id: (await givenUser()).id,
      role: 'auditor',
      valid_from: '2020-01-01',
      valid_to: '2099-01-01',
      reason: '出差',
      state: 'active',
    })
    await db.table('calendar_years').insert({
      year: 2026,
      confirmed: false,
      source: '国办',
      version: 1,
      created_at: '2026-01-01',
    })
    const { id: decision } = await db.from('decisions').where('kind', 'missing').firstOrFail()
    return {
      user: user.id,
      grant,
      delegation,
      decision,
      document: documentId,
      person: personId,
      import: await insert('imports', {
        definition: 'roster',
        state: 'checked',
        file_name: '名册.xlsx',
        context: contextOf(unitId),
      }),
    }
  },
  rows: {
    'dashboard.locale.update': open,
    'home': everyone,
    'dashboard.cockpit.show': anywhere(SEE_THE_PLAN),
    'dashboard.units.show': inUnit(`${SEE_THE_PLAN} finance_officer finance_head`),
    'dashboard.inbox.index': everyone,
    'dashboard.inbox.count': everyone,
    'dashboard.search.index': everyone,
    'dashboard.styleguide.show': everyone,
    'dashboard.styleguide.store': everyone,
    'dashboard.styleguide.people': everyone,
    'accounts.session.create': open,
    'accounts.session.store': open,
    'accounts.session.code': everyone,
    'accounts.session.store_code': everyone,
    'accounts.password.edit': everyone,
    'accounts.password.update': everyone,
    'accounts.security.show': everyone,
    'accounts.totp.enable': everyone,
    'accounts.totp.disable': everyone,
    'accounts.email.update': everyone,
    'accounts.colleagues': everyone,
    'accounts.delegations.store': everyone,
    'accounts.delegations.end': everyone,
    'accounts.users.index': anywhere('system_admin security_admin'),
    'accounts.users.create': anywhere('hr_officer'),
    'accounts.users.store': anywhere('hr_officer'),
    'accounts.users.show': anywhere('system_admin security_admin'),
    'accounts.users.reset': anywhere('system_admin'),
    'accounts.users.state': anywhere('system_admin'),
    'accounts.grants.index': anywhere('security_admin'),
    'accounts.grants.create': anywhere('security_admin'),
    'accounts.grants.departments': anywhere('security_admin'),
    'accounts.grants.cases': anywhere('security_admin'),
    'accounts.grants.store': anywhere('security_admin'),
    'accounts.grants.decide': anywhere('security_admin'),
    'accounts.grants.end': anywhere('security_admin'),
    'audit.events.index': anywhere('audit_admin auditor'),
    'audit.events.export': anywhere('audit_admin auditor'),
    'calendar.years.index': everyone,
    'calendar.years.show': everyone,
    'calendar.years.confirm': anywhere('system_admin'),
    'calendar.days.edit': anywhere('system_admin'),
    'calendar.days.update': anywhere('system_admin'),
    'decisions.decisions.index': anywhere(ALL_BUT_MANAGERS),
    'decisions.decisions.show': anywhere(ALL_BUT_MANAGERS),
    'decisions.proposals.store': anywhere('hr_officer hr_head leading_group_office'),
    'decisions.approvals.store': anywhere(DECIDERS),
    'decisions.returns.store': anywhere(DECIDERS),
    'decisions.replacements.create': anywhere('hr_officer hr_head leading_group_office'),
    'decisions.replacements.store': anywhere('hr_officer hr_head leading_group_office'),
    'decisions.documents.index': anywhere(ALL_BUT_MANAGERS),
    'decisions.documents.pick': anywhere(ALL_BUT_MANAGERS),
    'decisions.documents.create': anywhere(DOCUMENTS),
    'decisions.documents.store': anywhere(DOCUMENTS),
    'decisions.documents.edit': anywhere(DOCUMENTS),
    'decisions.documents.update': anywhere(DOCUMENTS),
    'imports.imports.index': anywhere(`${OVERSEERS} ${IMPORTERS}`),
    'imports.imports.create': anywhere(`hr_officer ${IMPORTERS}`),
    'imports.imports.store': anywhere(`hr_officer ${IMPORTERS}`),
    'imports.imports.show': inUnit(OVERSEERS),
    'imports.mappings.edit': inUnit('hr_officer'),
    'imports.mappings.update': inUnit('hr_officer'),
    'imports.commits.store': inUnit('hr_officer'),
    'imports.undos.store': inUnit('hr_officer'),
    'imports.discards.store': inUnit('hr_officer'),
    'imports.retries.store': inUnit('hr_officer'),
    'imports.rejected.show': inUnit('hr_officer'),
    'accounts.session.destroy': everyone,
    'accounts.session.destroy_all': everyone,
  },
}
