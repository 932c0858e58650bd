import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { type HttpContext, RequestValidator } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { day } from '#shared/validation'

test.group('A civil date of a form', () => {
  const form = vine.create({ on: day(), until: day().optional() })

  test('is a day of the calendar', async ({ assert }) => {
    assert.deepEqual(await form.validate({ on: ' 2024-02-29 ' }), { on: '2024-02-29' })
  })

  for (const text of ['2022-02-31', '2023-02-29', '2022-13-01', '2022-00-10', '2022-1-1', '']) {
    test(`${text || 'nothing'} is refused by its field`, async ({ assert }) => {
      const error = await form.validate({ on: text }).catch((refused) => refused)
      assert.deepEqual(
        error.messages.map(({ field }: { field: string }) => field),
        ['on']
      )
    })
  }
})

test.group('What validation says', (group) => {
  group.setup(() => i18nManager.loadTranslations())

  const said = async (locale: string, field: string) => {
    const ctx = { i18n: i18nManager.locale(locale) } as HttpContext
    const messagesProvider = RequestValidator.messagesProvider!(ctx)
    const form = vine.create(vine.object({ [field]: vine.string() }))
    const error = await form.validate({}, { messagesProvider }).catch((refused) => refused)
    return error.messages[0].message
  }

  for (const [field, sentence] of [
    ['amount', 'Amount is required'],
    ['front_line_tilt', 'Front-line tilt is required'],
    ['reason', 'Reason is required'],
    ['some_code', 'some_code is required'],
    ['iPhone', 'iPhone is required'],
  ]) {
    test(`in English: ${sentence}`, async ({ assert }) => {
      assert.equal(await said('en', field), sentence)
    })
  }

  test('in Chinese as it is written', async ({ assert }) => {
    assert.equal(await said('zh-CN', 'amount'), '请填写金额')
  })
})
