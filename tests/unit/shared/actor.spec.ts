import { test } from '@japa/runner'
import { Actor, type ActiveGrant } from '#shared/actor'

const AUTHOR = 3
const OTHER = 5

const actor = (userId: number | null) => new Actor(userId, null, '', 'en', [])
const heldFor = (userId: number | null): ActiveGrant => ({
  id: 1,
  role: 'hr_head',
  capabilities: [],
  scope: 'all',
  unitIds: [],
  departmentIds: [],
  caseKey: null,
  onBehalfOf: userId === null ? null : { userId, name: '' },
})

test.group('Whose hand it is', () => {
  test('one acts as oneself and as the one whose grant one holds', ({ assert }) => {
    assert.isTrue(actor(AUTHOR).actsAs(AUTHOR))
    assert.isTrue(actor(AUTHOR).actsAs(AUTHOR, heldFor(OTHER)))
    assert.isTrue(actor(OTHER).actsAs(AUTHOR, heldFor(AUTHOR)))
    assert.isFalse(actor(OTHER).actsAs(AUTHOR, heldFor(null)))
    assert.isFalse(actor(OTHER).actsAs(AUTHOR, null))
  })

  test('what nobody prepared is of nobody, of the application either', ({ assert }) => {
    assert.isFalse(actor(null).actsAs(null))
    assert.isFalse(actor(OTHER).actsAs(null, heldFor(AUTHOR)))
  })
})
