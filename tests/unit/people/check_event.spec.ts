import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { checkEvent, type EventCheck } from '#people/domain/check_event'

const LEGAL = '2028-02-01'
const event: EventCheck = {
  kind: 'retire',
  effectiveOn: LEGAL,
  untilOn: null,
  documentNo: '人发〔2026〕1号',
  details: { deviates: true },
  today: '2026-06-01',
  main: { unitId: 1, validFrom: '2020-01-01', open: true },
  person: { sex: 'male', birthOn: '1967-05-05', retirementKind: null, grade: null },
}
const codesOf = (values: Partial<EventCheck>) =>
  checkEvent({ ...event, ...values }).map(({ field, code }) => `${field} ${code}`)

test.group('An event by itself', () => {
  test('what is wrong with a retirement has its words in both languages', async ({ assert }) => {
    const wrong = {
      deviation_without_document: codesOf({ effectiveOn: '2028-06-01', documentNo: null }),
      deviation_too_long: codesOf({ effectiveOn: '2033-01-01' }),
      before_old_age: codesOf({ effectiveOn: '2027-02-01' }),
    }
    assert.deepEqual(wrong, {
      deviation_without_document: ['effective_on deviation_without_document'],
      deviation_too_long: ['effective_on deviation_too_long'],
      before_old_age: ['effective_on before_old_age'],
    })
    await i18nManager.loadTranslations()
    for (const locale of ['zh-CN', 'en']) {
      const i18n = i18nManager.locale(locale)
      for (const code of ['no_rule', ...Object.keys(wrong)]) {
        assert.isTrue(i18n.hasMessage(`people.errors.${code}`), `${locale} ${code}`)
      }
    }
  })

  test('nobody is recorded as dead ahead of time', ({ assert }) => {
    const death = { kind: 'death', details: {} } as const
    assert.deepEqual(codesOf({ ...death, effectiveOn: '2026-06-03' }), ['effective_on death_ahead'])
    assert.deepEqual(codesOf({ ...death, effectiveOn: '2026-06-02' }), [])
  })
})
