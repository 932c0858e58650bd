import type { Role } from '#shared/actor'

/**
 * What each role may do: the one table of the house. A capability is `<module>.<act>`; where it
 * reaches (own unit, all, the own record) is the scope of the grant. Modules of later issues add
 * their lines here.
 */
const PEOPLE_READ = ['people.view', 'organization.view', 'quota.view', 'decisions.view']
const OVERSIGHT = [
  ...PEOPLE_READ,
  'transfers.view',
  'imports.view',
  'people.export',
  'quota.export',
  'certificates.view',
  'selection.view',
  'programme.view',
  'programme.export',
]
const ASSESSMENT_READ = ['assessment.view', 'assessment.export']
/** Leading group, meetings, tasks and supervision, to read and to take along. */
const GOVERNANCE_READ = ['governance.view', 'governance.export', 'organization.view']
const SELECTION_INSPECT = ['selection.people', 'selection.inspect']
const FUNDS_READ = ['funds.view', 'funds.export', 'projects.view', 'organization.view']

export const CAPABILITIES: Record<Role, readonly string[]> = {
  system_admin: ['accounts.manage', 'operations.view', 'calendar.edit', 'settings.edit'],
  security_admin: ['grants.manage', 'accounts.view'],
  audit_admin: ['audit.read', 'audit.export'],
  hr_officer: [
    ...OVERSIGHT,
    'people.edit',
    'people.unmask',
    'people.events',
    'programme.report',
    'imports.run',
    'organization.edit',
    'quota.request',
    'quota.edit',
    'transfers.prepare',
    'transfers.papers',
    'accounts.issue',
    'decisions.propose',
    'documents.edit',
    'selection.people',
    'selection.prepare',
    'selection.enter',
    'selection.arrange',
    'selection.contracts',
  ],
  hr_head: [
    ...OVERSIGHT,
    'people.unmask',
    'people.approve_events',
    'people.merge',
    'transfers.approve_unit',
    'transfers.papers',
    'transfers.execute',
    'decisions.propose',
    'decisions.decide',
    'organization.approve',
    'documents.edit',
    'selection.people',
    'selection.approve',
    'selection.inspect',
    'selection.contracts',
  ],
  establishment_approver: [
    ...OVERSIGHT,
    'quota.approve',
    'transfers.approve_establishment',
    'decisions.decide',
    'documents.edit',
  ],
  personnel_approver: [...OVERSIGHT, 'transfers.approve_personnel', 'decisions.decide'],
  leadership: [
    ...OVERSIGHT,
    ...FUNDS_READ,
    ...ASSESSMENT_READ,
    'assessment.confirm',
    ...GOVERNANCE_READ,
    'governance.decide',
    'decisions.decide',
    'programme.decide',
    'programme.accept',
  ],
  leading_group_office: [
    ...FUNDS_READ,
    ...GOVERNANCE_READ,
    'governance.prepare',
    'projects.edit',
    'organization.view',
    'quota.view',
    'decisions.view',
    'decisions.propose',
    'transfers.view',
    'certificates.view',
    'imports.run',
    'imports.view',
    'programme.view',
    'programme.edit',
    'programme.report',
    'programme.accept',
    'programme.export',
    'documents.edit',
    ...ASSESSMENT_READ,
    'assessment.prepare',
    'selection.view',
  ],
  liaison: [
    'assessment.view',
    'governance.report',
    'programme.view',
    'programme.report',
    'programme.export',
  ],
  department_manager: ['people.view_department', 'organization.view'],
  scorer: [],
  pay_officer: [],
  finance_officer: [...FUNDS_READ, 'funds.prepare', 'projects.edit', 'decisions.view'],
  finance_head: [...FUNDS_READ, 'funds.post', 'decisions.view'],
  discipline_inspector: [
    ...OVERSIGHT,
    ...FUNDS_READ,
    ...GOVERNANCE_READ,
    ...ASSESSMENT_READ,
    ...SELECTION_INSPECT,
    'people.unmask',
  ],
  auditor: [
    ...OVERSIGHT,
    ...FUNDS_READ,
    ...GOVERNANCE_READ,
    ...ASSESSMENT_READ,
    'selection.inspect',
    'audit.read',
    'audit.export',
  ],
  editor: [],
  chief_editor: [],
  staff: ['people.view_self'],
}

export const ADMIN_ROLES: readonly Role[] = ['system_admin', 'security_admin', 'audit_admin']
