import { test } from '@japa/runner'
import { ROLES } from '#shared/actor'
import { ADMIN_ROLES, CAPABILITIES } from '#accounts/domain/capabilities'
import { capabilitiesIn, scopesOf } from '#accounts/domain/scopes'

test.group('Scopes of roles', () => {
  test('administrators reach all, staff themselves, and each role has a scope', ({ assert }) => {
    for (const role of ADMIN_ROLES) assert.deepEqual(scopesOf(role), ['all'])
    assert.deepEqual(scopesOf('staff'), ['self'])
    for (const role of ROLES) assert.isNotEmpty(scopesOf(role))
    assert.include(scopesOf('department_manager'), 'department')
    assert.notInclude(scopesOf('hr_officer'), 'department')
    assert.include(scopesOf('auditor'), 'case')
    assert.notInclude(scopesOf('pay_officer'), 'case')
  })

  test('a narrow scope gives no more than its role, and something', ({ assert }) => {
    for (const role of ROLES) {
      assert.deepEqual(capabilitiesIn(role, 'unit', null), CAPABILITIES[role])
      for (const [scope, key] of [
        ['department', null],
        ['case', 'transfer_batch:1'],
        ['case', 'selection_round:1'],
      ] as const) {
        const given = capabilitiesIn(role, scope, key)
        assert.includeMembers([...CAPABILITIES[role]], [...given])
        if (scopesOf(role).includes(scope)) assert.isNotEmpty(given)
      }
    }
  })

  test('a case of no known kind, or none at all, gives nothing', ({ assert }) => {
    assert.isEmpty(capabilitiesIn('hr_head', 'case', 'story:1'))
    assert.isEmpty(capabilitiesIn('hr_head', 'case', null))
  })

  test('a round gives what is asked about it: neither preparing one nor the contracts', ({
    assert,
  }) => {
    assert.sameMembers(
      [...capabilitiesIn('hr_officer', 'case', 'selection_round:1')],
      ['selection.view', 'selection.people', 'selection.enter', 'selection.arrange']
    )
    assert.sameMembers(
      [...capabilitiesIn('hr_head', 'case', 'selection_round:1')],
      ['selection.view', 'selection.people', 'selection.approve', 'selection.inspect']
    )
  })
})
