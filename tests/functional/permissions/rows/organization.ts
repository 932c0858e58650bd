import { insert } from '../world.js'
import { anywhere, inUnit, overAll, type Rows } from '../rows.js'

const OVERSEERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership discipline_inspector auditor'
const OBSERVERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office discipline_inspector auditor'
const READERS =
  'hr_officer hr_head establishment_approver personnel_approver leadership leading_group_office department_manager pay_officer finance_officer finance_head discipline_inspector auditor'

export const organization: Rows = {
  at: {
    'organization': { id: 'unit' },
    'organization.unit_names': { nameId: 'name' },
    'organization.departments.edit': { id: 'department' },
    'organization.departments.update': { id: 'department' },
    'organization.posts.edit': { id: 'post' },
    'organization.posts.update': { id: 'post' },
    'organization.unit_changes': { id: 'change' },
    'organization.quota_entries.show': { id: 'movement' },
    'organization.quota_exceptions': { id: 'exception' },
    'organization.quota_requests': { id: 'request' },
    'organization.request_moves': { id: 'request' },
  },
  async build({ unitId, departmentId, postId, documentId }) {
    const cell = { unit_id: unitId, funding_type: 'full', category: 'professional', quantity: 1 }
    const name = await insert(
      'unit_names',
      {
        unit_id: unitId,
        name: '又名',
        kind: 'alias',
        valid_from: '2020-01-01',
        recorded_at: '2020-01-01',
      },
      true
    )
    const change = await insert('unit_changes', {
      kind: 'dissolve',
      effective_on: '2099-01-01',
      state: 'proposed',
    })
    await insert(
      'unit_change_links',
      {
        change_id: change,
        predecessor_id: unitId,
        successor_id: null,
      },
      true
    )
    const movement = await insert(
      'quota_movements',
      {
        movement_key: 'matrix',
        kind: 'opening',
        effective_on: '2020-01-01',
        recorded_at: '2020-01-01',
      },
      true
    )
    const account = await insert(
      'quota_accounts',
      {
        kind: 'vacant',
        unit_id: unitId,
        funding_type: 'full',
        category: 'professional',
        balance: 0,
      },
      true
    )
    await insert(
      'quota_entries',
      {
        movement_id: movement,
        account_id: account,
        amount: 0,
      },
      true
    )
    return {
      unit: unitId,
      department: departmentId,
      post: postId,
      name,
      change,
      movement,
      exception: await insert('quota_exceptions', {
        ...cell,
        reason: '军转安置',
        state: 'proposed',
        document_id: documentId,
      }),
      request: await insert('quota_requests', {
        ...cell,
        number: 'YB-1',
        reason: '补充',
        state: 'draft',
        expires_on: '2099-01-01',
      }),
    }
  },
  rows: {
    'organization.tree.show': anywhere(READERS),
    'organization.units.index': anywhere(READERS),
    'organization.units.pick': anywhere(READERS),
    'organization.units.create': overAll('hr_officer'),
    'organization.units.store': overAll('hr_officer'),
    'organization.units.show': anywhere(READERS),
    'organization.unit_facts.create': inUnit('hr_officer'),
    'organization.unit_facts.store': inUnit('hr_officer'),
    'organization.unit_names.create': inUnit('hr_officer'),
    'organization.unit_names.store': inUnit('hr_officer'),
    'organization.unit_names.end': inUnit('hr_officer'),
    'organization.departments.pick': anywhere(READERS),
    'organization.departments.create': inUnit('hr_officer'),
    'organization.departments.store': inUnit('hr_officer'),
    'organization.departments.edit': inUnit('hr_officer'),
    'organization.departments.update': inUnit('hr_officer'),
    'organization.posts.pick': anywhere(READERS),
    'organization.posts.create': inUnit('hr_officer'),
    'organization.posts.store': inUnit('hr_officer'),
    'organization.posts.edit': inUnit('hr_officer'),
    'organization.posts.update': inUnit('hr_officer'),
    'organization.unit_changes.index': anywhere(READERS),
    'organization.unit_changes.create': overAll('hr_officer'),
    'organization.unit_changes.store': overAll('hr_officer'),
    'organization.unit_changes.show': anywhere(READERS),
    'organization.unit_changes.execute': overAll('hr_head'),
    'organization.unit_changes.withdraw': overAll('hr_head'),
    'organization.quota.index': anywhere(OBSERVERS),
    'organization.quota.export': anywhere(OVERSEERS),
    'organization.quota_entries.index': inUnit(OBSERVERS),
    'organization.quota_entries.show': inUnit(OBSERVERS),
    'organization.quota_movements.create': overAll('establishment_approver'),
    'organization.quota_movements.store': overAll('establishment_approver'),
    'organization.quota_exceptions.index': anywhere(OBSERVERS),
    'organization.quota_exceptions.create': anywhere('hr_officer'),
    'organization.quota_exceptions.store': anywhere('hr_officer'),
    'organization.quota_exceptions.show': inUnit(OBSERVERS),
    'organization.quota_exceptions.approve': inUnit('establishment_approver'),
    'organization.quota_exceptions.refuse': inUnit('establishment_approver'),
    'organization.quota_exceptions.end': inUnit('establishment_approver'),
    'organization.quota_requests.index': anywhere(OBSERVERS),
    'organization.quota_requests.create': anywhere('hr_officer'),
    'organization.quota_requests.store': anywhere('hr_officer'),
    'organization.quota_requests.show': inUnit(OBSERVERS),
    'organization.quota_requests.edit': inUnit('hr_officer'),
    'organization.quota_requests.update': inUnit('hr_officer'),
    'organization.request_moves.submit': inUnit('hr_officer'),
    'organization.request_moves.approve': inUnit('establishment_approver'),
    'organization.request_moves.return': inUnit('establishment_approver'),
    'organization.request_moves.withdraw': inUnit('hr_officer'),
    'organization.request_moves.release': inUnit('hr_officer'),
  },
}
