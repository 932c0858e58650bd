import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { setLeader } from '#performance/actions/set_leaders'
import { cardById } from '#performance/queries/cards'
import { quotasOf } from '#performance/queries/cycles'
import { checkPlaces } from '#performance/queries/performance_checks'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import { cardsOf, givenCycle, givenState, givenTeam, rate, system } from './givens.js'

test.group('Leaders apart', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze('2022-12-20')
    return () => clock.release()
  })

  /** Ten people of a year's review; the first came too late to be graded. */
  async function givenYear() {
    const { unitId, personIds } = await givenTeam(10)
    await db
      .from('assignments')
      .where('person_id', personIds[0])
      .update({ valid_from: '2022-09-01' })
    const cycleId = await givenCycle(unitId, { kind: 'year' })
    const set = async (cardId: number, leader: boolean) => {
      const { version } = await cardById(cardId)
      await setLeader({ cardId, version, leader, documentId: await givenDocument() }, system)
    }
    return { cycleId, set, cards: await cardsOf(cycleId) }
  }

  test('who is no leader after all stands as the rules say, in the base again', async ({
    assert,
  }) => {
    const { cycleId, set, cards } = await givenYear()
    const [late, full] = cards
    for (const card of [late, full]) {
      await set(card.id, true)
      assert.deepInclude(await cardById(card.id), { outlook: 'leader', inBase: false })
      assert.equal((await quotasOf(cycleId))[0].base, 9)
      await set(card.id, false)
      const { outlook, inBase, cases } = await cardById(card.id)
      assert.deepEqual(
        { outlook, inBase, cases },
        {
          outlook: card.outlook,
          inBase: true,
          cases: card.cases,
        }
      )
    }
    assert.equal(late.outlook, 'comment_only')
    assert.deepEqual(await checkPlaces(), [])
  })

  test('what the supervising body rated is no rating of who gets a comment only', async ({
    assert,
  }) => {
    const { cycleId, set, cards } = await givenYear()
    await set(cards[0].id, true)
    await givenState(cycleId, 'calibration')
    await rate(cards[0].id, 'qualified')
    await assert.rejects(() => set(cards[0].id, false), 'performance.errors.not_ratable')
    assert.equal((await cardById(cards[0].id)).outlook, 'leader')
  })

  test('neither without the paper nor back from what was never so: the card stays', async ({
    client,
    assert,
  }) => {
    const { cards } = await givenYear()
    const [late, full] = cards
    const officer = await givenUser({ role: 'hr_officer' })
    const send = (cardId: number, form: object) =>
      client
        .post(`/performance/cards/${cardId}/leader`)
        .loginAs(officer)
        .withCsrfToken()
        .form({ version: 1, ...form })
    const back = await send(late.id, { leader: '0', document_id: await givenDocument() })
    assert.include(back.text(), '未列为领导人员')
    await send(full.id, { leader: '1' })
    for (const card of [late, full]) assert.deepEqual(await cardById(card.id), card)
    await send(full.id, { leader: '1', document_id: await givenDocument() })
    assert.equal((await cardById(full.id)).outlook, 'leader')
  })

  test('no base shrinks below the places that are taken: said, not thrown', async ({ assert }) => {
    const { cycleId, set, cards } = await givenYear()
    await givenState(cycleId, 'calibration')
    for (const { id } of cards.slice(1, 3)) await rate(id, 'excellent')
    await assert.rejects(() => set(cards[5].id, true), 'performance.errors.excellent_over_cap')
    assert.equal((await cardById(cards[5].id)).outlook, 'graded')
    assert.deepInclude((await quotasOf(cycleId))[0], { base: 10, cap: 2, used: 2 })
  })
})
