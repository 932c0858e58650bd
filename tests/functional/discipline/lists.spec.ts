import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { openCount } from '#discipline/actions/counts'
import { createDivestiture } from '#discipline/actions/divestitures'
import { disciplineInbox } from '#discipline/queries/discipline_inbox'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies, pagesOf } from '#tests/support/lists'
import { givenAsset, givenFreeze, INSIDE, spend } from './givens.js'

test.group('Lists of discipline end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => clock.freeze(INSIDE))
  group.each.teardown(() => clock.release())

  async function givenKeeper() {
    const unitId = await givenUnit()
    await givenAsset(unitId)
    const user = await givenUser({ role: 'finance_officer' })
    return { unitId, user, actor: await buildActor(user.id) }
  }

  const inboxOf = async (userId: number) =>
    (await disciplineInbox(await buildActor(userId), (key) => key)).map(({ url }) => url)

  test('counts go by pages; an open one waits however many came after it', async ({
    assert,
    client,
  }) => {
    const { unitId, user, actor } = await givenKeeper()
    const id = await openCount({ unitId, asOf: INSIDE, documentId: null }, actor)
    await givenCopies('asset_counts', 210, (index) => ({
      number: `QC-${index}`,
      state: 'confirmed',
    }))
    const pages = await pagesOf(client, '/discipline/counts', user)
    assert.lengthOf(pages, 5)
    assert.include(pages[4], `/discipline/counts/${id}"`)
    assert.include(await inboxOf(user.id), `/discipline/counts/${id}`)
  })

  test('divisions go by pages; a returned one waits however many came after it', async ({
    assert,
    client,
  }) => {
    const { unitId, user, actor } = await givenKeeper()
    const id = await createDivestiture(
      {
        title: '经营性业务剥离',
        fromUnitIds: [unitId],
        centreId: await givenUnit(),
        companyId: await givenUnit(),
        effectiveOn: INSIDE,
        documentId: await givenDocument(),
      },
      actor
    )
    await db.from('divestitures').update({ state: 'returned' })
    await givenCopies('divestitures', 210, (index) => ({
      number: `BL-${index}`,
      state: 'executed',
    }))
    const pages = await pagesOf(client, '/discipline/divestitures', user)
    assert.lengthOf(pages, 5)
    assert.include(pages[4], `/discipline/divestitures/${id}"`)
    assert.include(await inboxOf(user.id), `/discipline/divestitures/${id}`)
  })

  test('a warning shows every payment of its payee, and every open warning waits', async ({
    assert,
    client,
  }) => {
    const { unitId } = await givenKeeper()
    const { freezeId } = await givenFreeze([unitId])
    await spend(unitId, { payee: '第一家' })
    const [first] = await rowsOf('spendings')
    await givenCopies('spendings', 510, (index) => ({ number: `KZ-${index}`, payee: '别家' }))
    const inspector = await givenUser({ role: 'discipline_inspector' })
    await db.table('spending_warnings').multiInsert(
      Array.from({ length: 60 }, (_, index) => ({
        kind: 'split',
        unit_id: unitId,
        payee: '第一家',
        category: 'office',
        from_on: INSIDE,
        to_on: INSIDE,
        payments: 1,
        total_fen: 1,
        measure_fen: 1,
        freeze_id: freezeId,
        state: 'open',
        once_key: `w-${index}`,
        version: 1,
        created_at: clock.now(),
      }))
    )
    const [{ id }] = await rowsOf('spending_warnings')
    const page = await client.get(`/discipline/warnings/${id}`).loginAs(inspector)
    assert.include(page.text(), `/discipline/spending/${first.id}"`)
    assert.lengthOf(
      (await inboxOf(inspector.id)).filter((url) => url.startsWith('/discipline/warnings/')),
      60
    )
  })
})
