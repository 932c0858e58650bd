import { test } from '@japa/runner'
import { approvalSteps, refusalOf } from '#transfers/domain/steps'
import { STATES, TRANSITIONS, type BatchVerb } from '#transfers/domain/states'
import { verbsFrom } from '#shared/transitions'

test.group('Approval steps', () => {
  test('default to unit, personnel, establishment and follow the configuration', ({ assert }) => {
    assert.deepEqual(approvalSteps(null), ['unit', 'personnel', 'establishment'])
    assert.deepEqual(approvalSteps(['establishment', 'unit']), ['establishment', 'unit'])
    assert.deepEqual(approvalSteps(['nobody']), ['unit', 'personnel', 'establishment'])
  })

  const preparers = new Set([1, 2])
  const cases: [string, Parameters<typeof refusalOf>, ReturnType<typeof refusalOf>][] = [
    ['somebody else signs', [{ userId: 3, onBehalfOfId: null }, preparers, []], null],
    ['the preparer', [{ userId: 1, onBehalfOfId: null }, preparers, []], 'own_batch'],
    ['who changed lines', [{ userId: 2, onBehalfOfId: null }, preparers, []], 'own_batch'],
    ['a delegate who prepared', [{ userId: 2, onBehalfOfId: 9 }, preparers, []], 'own_batch'],
    ['for the preparer', [{ userId: 3, onBehalfOfId: 1 }, preparers, []], 'own_batch'],
    [
      'who signed before',
      [{ userId: 3, onBehalfOfId: null }, preparers, [{ step: 0, userId: 3, onBehalfOfId: null }]],
      'signed_before',
    ],
    [
      'the absent person after the delegate',
      [{ userId: 9, onBehalfOfId: null }, preparers, [{ step: 0, userId: 3, onBehalfOfId: 9 }]],
      'signed_before',
    ],
    [
      'another person after them',
      [{ userId: 4, onBehalfOfId: null }, preparers, [{ step: 0, userId: 3, onBehalfOfId: 9 }]],
      null,
    ],
  ]
  for (const [title, args, expected] of cases) {
    test(`${title}: ${expected ?? 'may sign'}`, ({ assert }) => {
      assert.equal(refusalOf(...args), expected)
    })
  }
})

test.group('States of a batch', () => {
  test('each state allows exactly its verbs', ({ assert }) => {
    const allowed = Object.fromEntries(
      STATES.map((state) => [state, verbsFrom(TRANSITIONS, state).sort()])
    )
    const editable: BatchVerb[] = ['check', 'edit', 'withdraw']
    assert.deepEqual(allowed, {
      draft: editable,
      checked: ['check', 'edit', 'submit', 'withdraw'],
      submitted: ['approve', 'return', 'sign', 'withdraw'],
      approved: ['schedule'],
      scheduled: ['execute', 'return', 'withdraw'],
      executed: [],
      returned: editable,
      withdrawn: [],
    } as typeof allowed)
  })
})
