import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { cycleTitle } from '#performance/domain/cycle_title'
import { cycleById } from '#performance/queries/cycles'
import { clock } from '#shared/clock'
import { emptyDatabase } from '#tests/support/database'
import { givenUser } from '#tests/support/givens'
import { givenCycle, givenTeam, TODAY } from './givens.js'

test.group('What a review is called', (group) => {
  group.each.setup(() => emptyDatabase())
  group.each.setup(() => {
    clock.freeze(TODAY)
    return () => clock.release()
  })

  test('by its period in the language of the reader, or as it was named', async ({
    client,
    assert,
  }) => {
    const { unitId } = await givenTeam(1)
    const plain = await givenCycle(unitId)
    const year = await givenCycle(unitId, { kind: 'year' })
    const month = await givenCycle(unitId, { kind: 'month', date: '2022-06-09' })
    const named = await givenCycle(unitId, { date: '2022-07-01', title: '融合试运行考核' })
    const titles = async (locale: string) => {
      const i18n = i18nManager.locale(locale)
      const cycles = await Promise.all([plain, year, month, named].map((id) => cycleById(id)))
      return cycles.map((cycle) => cycleTitle((key, params) => i18n.t(key, params), cycle))
    }
    const chinese = ['2022年第二季度考核', '2022年度考核', '2022年6月考核', '融合试运行考核']
    const english = [
      'Review of quarter 2 of 2022',
      'Review of the year 2022',
      'Review of 2022-6',
      '融合试运行考核',
    ]
    assert.deepEqual(await titles('zh-CN'), chinese)
    assert.deepEqual(await titles('en'), english)
    for (const [locale, shown] of [
      ['zh-CN', chinese],
      ['en', english],
    ] as const) {
      const officer = await givenUser({ role: 'hr_officer', row: { locale } })
      const list = await client.get('/performance').loginAs(officer)
      for (const title of shown) assert.include(list.text(), title)
    }
  })
})
