import { test } from '@japa/runner'
import { addScorer } from '#performance/actions/appoint_scorers'
import { moveCycle } from '#performance/actions/move_cycle'
import { saveScoring, submitScorings } from '#performance/actions/save_scoring'
import {
  answerAppeal,
  raiseAppeal,
  raiseObjection,
  withdrawAppeal,
} from '#performance/actions/appeals'
import { cardById } from '#performance/queries/cards'
import { progressOf } from '#performance/queries/progress'
import { buildActor } from '#accounts/queries/build_actor'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenActor, givenUser, rowsOf } from '#tests/support/givens'
import db from '@adonisjs/lucid/services/db'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenScheme,
  givenState,
  givenTeam,
  system,
  TODAY,
  versionOf,
} from './givens.js'

test.group('Several scorers', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  /** Two managers and peers who scored everybody: 90 and 60 by the managers, 80 by each peer. */
  async function givenScored(peers: number) {
    const team = await givenTeam(4)
    const library = await givenLibrary()
    const scorers = { manager: 5_000, peer: 5_000, service: 0 }
    await givenScheme(library, team.unitId, { scorers })
    const cycleId = await givenCycle(team.unitId, { minimumGroup: 3 })
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'open_scoring' }, system)
    const give = async (role: 'manager' | 'peer', name: string, value: string) => {
      const scorer = await givenActor({ role: 'scorer', row: { name } })
      const who = { userId: scorer.userId!, unitId: team.unitId, departmentId: null }
      await db.from('cycle_scorers').where({ cycle_id: cycleId, user_id: scorer.userId! }).delete()
      await addScorer({ cycleId, role, ...who }, system)
      for (const card of await cardsOf(cycleId)) {
        const scores = { [library.quantity]: value, [library.quality]: value }
        await saveScoring({ cardId: card.id, version: null, scores }, scorer)
      }
      await submitScorings(cycleId, scorer)
    }
    await give('manager', '严经理', '60')
    await give('manager', '宽经理', '90')
    for (let index = 0; index < peers; index++) await give('peer', `同事甲${index}`, '80')
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, system)
    return { ...team, cycleId, cards: await cardsOf(cycleId) }
  }

  test('who scores everybody but oneself has handed in everything', async ({ client, assert }) => {
    const team = await givenTeam(2)
    const library = await givenLibrary()
    await givenScheme(library, team.unitId)
    const { departmentId, personIds } = team
    const manager = await givenActor({
      role: 'department_manager',
      departmentId,
      personId: personIds[0],
    })
    const cycleId = await givenCycle(team.unitId)
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'open_scoring' }, system)
    const scorer = async () => (await progressOf(cycleId)).find((one) => one.role === 'manager')!
    assert.deepInclude(await scorer(), { total: 1, done: 0, submitted: 0 })
    const other = (await cardsOf(cycleId)).find((card) => card.personId === personIds[1])!
    const scores = { [library.quantity]: '90', [library.quality]: '90' }
    await saveScoring({ cardId: other.id, version: null, scores }, manager)
    await submitScorings(cycleId, manager)
    assert.deepInclude(await scorer(), { total: 1, done: 1, submitted: 1 })
    const officer = await givenUser({ role: 'hr_officer' })
    const page = await client.get(`/performance/cycles/${cycleId}?tab=scorers`).loginAs(officer)
    assert.include(page.text(), '已提交')
  })

  test('two peers are too few: neither counted nor shown; three count, without their names', async ({
    client,
    assert,
  }) => {
    for (const [peers, score] of [
      [2, '75'],
      [3, '77.5'],
    ] as const) {
      await emptyDatabase()
      const { cycleId, cards, unitId } = await givenScored(peers)
      assert.equal(cards[0].score, score)
      const officer = await givenUser({ role: 'hr_officer', unitId })
      const card = await client.get(`/performance/cards/${cards[0].id}`).loginAs(officer)
      const spread = await client.get(`/performance/cycles/${cycleId}?tab=spread`).loginAs(officer)
      for (const page of [card, spread]) {
        page.assertStatus(200)
        assert.include(page.text(), '严经理')
        // who handed in stands in the history, never what anybody gave
        assert.notInclude(page.text().split('<aside')[0], '同事甲')
      }
      assert.equal(
        card.text().includes('至少 3 人') || card.text().includes('不足 3 人'),
        peers < 3
      )
    }
  }).timeout(60_000)

  test('the spread shows who scores apart, and how departments stand', async ({
    client,
    assert,
  }) => {
    const { cycleId, unitId } = await givenScored(3)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const page = await client.get(`/performance/cycles/${cycleId}?tab=spread`).loginAs(officer)
    const row = (name: string) =>
      new RegExp(`<tr>\\s*<td[^>]*>\\s*${name}[\\s\\S]*?</tr>`).exec(page.text())![0]
    assert.include(row('严经理'), '>60.0<')
    assert.include(row('宽经理'), '>90.0<')
    assert.include(row('编辑中心'), '>77.5<')
    // three peers together are one group of everybody's scores
    assert.include(row('同事'), '>12<')
  })

  test('the smallest group that may be chosen is three', async ({ client, assert }) => {
    const { unitId } = await givenTeam(1)
    const officer = await givenUser({ role: 'hr_officer', unitId })
    const answer = await client
      .post('/performance/cycles')
      .loginAs(officer)
      .withCsrfToken()
      .header('referer', '/performance/cycles/create')
      .form({
        kind: 'quarter',
        date: '2022-07-01',
        unit_id: unitId,
        document_id: '1',
        minimum_group: 2,
        appeal_days: 30,
        rate: '2000',
      })
    assert.lengthOf(await rowsOf('review_cycles'), 0)
    assert.include(answer.text(), '3')
  })
})

test.group('Objections and appeals', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  async function givenResults(state: string, rating: string) {
    const team = await givenTeam(2)
    await givenScheme(await givenLibrary(), team.unitId)
    const cycleId = await givenCycle(team.unitId)
    await db.from('scorecards').where('cycle_id', cycleId).update({ score: '90', rating })
    if (rating === 'excellent') await db.from('excellent_quotas').update({ used: 2, cap: 2 })
    await givenState(cycleId, state)
    await db.from('review_cycles').where('id', cycleId).update({ appeal_to: '2022-08-04' })
    return { ...team, cycleId, cards: await cardsOf(cycleId) }
  }

  test('anybody objects to a proposed 优秀 while it is public; upheld, it becomes another rating', async ({
    assert,
  }) => {
    const { cards, cycleId } = await givenResults('publicity', 'excellent')
    const head = await givenActor({ role: 'hr_head' })
    const officer = await givenActor({ role: 'hr_officer' })
    const object = (cardId: number) =>
      raiseObjection({ cardId, reason: '多次缺勤', name: '群众来信' }, officer)
    const first = await object(cards[0].id)
    const second = await object(cards[1].id)
    const base = { version: 1, answer: '经核实' }
    await answerAppeal({ appealId: first, ...base, uphold: true, rating: 'qualified' }, head)
    await answerAppeal({ appealId: second, ...base, uphold: false, rating: null }, head)
    assert.equal((await cardById(cards[0].id)).rating, 'qualified')
    assert.equal((await cardById(cards[1].id)).rating, 'excellent')
    await assert.rejects(() => object(cards[0].id), 'performance.errors.not_public')
    await givenState(cycleId, 'signing')
    await assert.rejects(() => object(cards[1].id))
    const rows = await rowsOf('review_appeals')
    assert.deepEqual(
      rows.map(({ kind, state }) => [kind, state]),
      [
        ['objection', 'upheld'],
        ['objection', 'rejected'],
      ]
    )
  })

  test('who appeals takes it back, nobody else; then it may be raised again', async ({
    assert,
  }) => {
    const { cards, personIds } = await givenResults('signing', 'unqualified')
    const card = cards.find(({ personId }) => personId === personIds[0])!
    const owner = await buildActor((await givenUser({ personId: personIds[0] })).id)
    const other = await buildActor((await givenUser({ personId: personIds[1] })).id)
    const appealId = await raiseAppeal({ cardId: card.id, reason: '任务变更' }, owner)
    await assert.rejects(
      () => withdrawAppeal({ appealId, version: 1 }, other),
      'performance.errors.other_author'
    )
    await withdrawAppeal({ appealId, version: 1 }, owner)
    const [row] = await rowsOf('review_appeals')
    assert.equal(row.state, 'withdrawn')
    const head = await givenActor({ role: 'hr_head' })
    const answer = { uphold: true, answer: '…', rating: 'qualified' as const }
    await assert.rejects(() => answerAppeal({ appealId, version: 2, ...answer }, head))
    assert.equal((await cardById(card.id)).rating, 'unqualified')
    await raiseAppeal({ cardId: card.id, reason: '补充材料' }, owner)
    assert.lengthOf(await rowsOf('review_appeals'), 2)
  })
})
