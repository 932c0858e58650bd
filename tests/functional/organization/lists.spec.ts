import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { organizationInbox } from '#organization/queries/organization_inbox'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'
import { givenOrganisation } from './given_organisation.js'

test.group('Inboxes of the organization end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())

  test('requests of the own unit wait behind those of others, and so do exceptions and changes', async ({
    assert,
  }) => {
    const { unitId, exceptionId, changeId } = await givenOrganisation()
    const elsewhere = await givenUnit()
    await db.from('quota_requests').update({ unit_id: elsewhere, state: 'submitted' })
    await givenCopies('quota_requests', 60, (index) => ({ number: `YB-${index}` }))
    const requestId = (await rowsOf('quota_requests')).at(-1)!.id
    await db.from('quota_requests').where('id', requestId).update({ unit_id: unitId })
    await givenCopies('quota_exceptions', 510, () => ({ unit_id: elsewhere }))
    await db.from('unit_changes').update({ state: 'proposed' })
    await givenCopies('unit_changes', 60, () => ({ effective_on: '2023-01-01' }))
    const approver = await givenUser({ role: 'establishment_approver', unitId })
    const items = await organizationInbox(await buildActor(approver.id), (key) => key)
    const urls = items.map(({ url }) => url)
    assert.include(urls, `/organization/quota-requests/${requestId}`)
    assert.include(urls, `/organization/quota/exceptions/${exceptionId}`)
    const head = await givenUser({ role: 'hr_head' })
    const changes = await organizationInbox(await buildActor(head.id), (key) => key)
    assert.include(
      changes.map(({ url }) => url),
      `/organization/changes/${changeId}`
    )
  })
})
