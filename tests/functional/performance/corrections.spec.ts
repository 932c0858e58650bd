import { test } from '@japa/runner'
import { moveCycle } from '#performance/actions/move_cycle'
import { valuesOfCard } from '#performance/queries/card_values'
import { cardById } from '#performance/queries/cards'
import { changesOf } from '#performance/queries/result_versions'
import { checkScores } from '#performance/queries/performance_checks'
import { resultsForPay } from '#performance/queries/results_for_pay'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction } from '#shared/database'
import { emptyDatabase } from '#tests/support/database'
import { givenDocument, givenUser } from '#tests/support/givens'
import {
  cardsOf,
  givenCycle,
  givenLibrary,
  givenOffice,
  givenScheme,
  givenState,
  givenTeam,
  rate,
  TODAY,
  versionOf,
} from './givens.js'

test.group('A correction of figures', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  /** One person with 80, 90 and full attendance, decided, and who may correct it. */
  async function givenResult() {
    const { unitId } = await givenTeam(1)
    const library = await givenLibrary('imported')
    await givenScheme(library, unitId)
    const cycleId = await givenCycle(unitId)
    const [{ id: cardId }] = await cardsOf(cycleId)
    const values = { quantity: '80', quality: '90', attendance: '1' } as const
    await inTransaction((trx) =>
      bulkInsert(
        trx,
        'card_values',
        Object.entries(values).map(([name, value]) => ({
          scorecard_id: cardId,
          indicator_id: library[name as keyof typeof values],
          value,
          source: 'imported',
          recorded_at: clock.now(),
        }))
      )
    )
    const { head } = await givenOffice()
    await moveCycle({ cycleId, version: await versionOf(cycleId), verb: 'calibrate' }, head)
    await rate(cardId, 'qualified', head)
    await givenState(cycleId, 'closed')
    return { library, cycleId, cardId, user: await givenUser({ role: 'hr_head' }) }
  }

  test('reaches the score, the versions and pay; what was not typed stays', async ({
    client,
    assert,
  }) => {
    const { library, cycleId, cardId, user } = await givenResult()
    const field = (name: keyof typeof library) => `values[i${library[name]}]`
    const send = async (form: object) =>
      client
        .post(`/performance/cards/${cardId}/correction`)
        .loginAs(user)
        .withCsrfToken()
        .form({
          version: (await cardById(cardId)).version,
          reason: '考勤系统漏记',
          document_id: await givenDocument(),
          ...form,
        })
    const forPay = async () => (await resultsForPay(cycleId)).results[0]
    assert.deepInclude(await forPay(), { score: '85', attendance: '1', resultVersion: 1 })

    const wrong = await send({ [field('attendance')]: '7', score: '99' })
    assert.include(wrong.text(), '“出勤率”填了“7”')
    const same = await send({ [field('attendance')]: '1', [field('quality')]: '' })
    assert.include(same.text(), '无需更正')
    assert.deepInclude(await forPay(), { score: '85', attendance: '1', resultVersion: 1 })

    const sent = await send({ [field('attendance')]: '0.8', [field('quantity')]: '70' })
    assert.include(sent.text(), '出勤率 1 → 0.8')
    assert.deepInclude(await forPay(), {
      quantity: '70',
      quality: '90',
      attendance: '0.8',
      adjustment: '0',
      score: '80',
      rating: 'qualified',
      resultVersion: 2,
    })
    const sources = (await valuesOfCard(cardId)).map(({ name, source }) => [name, source])
    assert.deepEqual(Object.fromEntries(sources), {
      工作量分: 'corrected',
      质量分: 'imported',
      出勤率: 'corrected',
    })
    const [change] = await changesOf(cardId)
    assert.deepInclude(change, { stage: 'correction', scoreBefore: '85', scoreAfter: '80' })
    assert.sameDeepMembers(change.figures, [
      { name: '工作量分', before: '80', after: '70' },
      { name: '出勤率', before: '1', after: '0.8' },
    ])

    // A score that is given stands, whatever the figures say.
    await send({ [field('adjustment')]: '5', score: '90' })
    assert.deepInclude(await forPay(), { adjustment: '5', score: '90', resultVersion: 3 })
    assert.deepEqual(await checkScores(), [])
  })
})
