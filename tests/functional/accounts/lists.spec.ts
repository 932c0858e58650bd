import { test } from '@japa/runner'
import { buildActor } from '#accounts/queries/build_actor'
import { lockedAccounts } from '#accounts/queries/locked_accounts'
import { waitingIn } from '#shared/ports/inbox'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'

test.group('Lists of accounts end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())

  test('grants go by pages; those of one account are all on its page', async ({
    assert,
    client,
  }) => {
    const security = await givenUser({ role: 'security_admin' })
    const unitId = await givenUnit({ name: '老单位' })
    const holder = await givenUser({ role: 'liaison', unitId })
    const elsewhere = await givenUnit({ name: '新单位' })
    await givenCopies('grants', 510, () => ({ scope_id: elsewhere, state: 'ended' }))
    const pages = await pagesOf(client, '/accounts/grants', security, { role: 'liaison' })
    assert.lengthOf(pages, 11)
    assert.include(pages[10], '老单位')
    assert.notInclude(pages[0], '老单位')
    const page = await client.get(`/accounts/users/${holder.id}`).loginAs(security)
    assert.lengthOf(page.text().match(/新单位/g)!, 510)
  })

  test('locked accounts that are not named are counted', async ({ assert }) => {
    const admin = await givenUser({ role: 'system_admin' })
    const row = { failed_sign_ins: 99 }
    await givenUser({ row })
    await givenCopies('users', 25, (index) => ({ username: `locked${index}` }))
    assert.lengthOf(await rowsOf('users', row), 26)
    const items = await lockedAccounts(await buildActor(admin.id), (key) => key)
    assert.lengthOf(items, 21)
    assert.equal(items.at(-1)!.title, 'accounts.inbox.locked_rest')
    assert.equal(waitingIn(items), 26)
  })
})
