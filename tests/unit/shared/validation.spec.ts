import { test } from '@japa/runner'
import vine from '@vinejs/vine'
import { type HttpContext, RequestValidator } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { day, FieldMessages } from '#shared/validation'
import { named } from '#shared/view/names'

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

  const said = async (locale: string, field: string, module = 'people') => {
    const ctx = {
      i18n: i18nManager.locale(locale),
      route: { name: `${module}.things.store` },
    } as unknown as HttpContext
    const messagesProvider = RequestValidator.messagesProvider!(ctx)
    const form = vine.create(vine.object({ [field]: vine.string() }))
    const error = await form.validate({}, { messagesProvider }).catch((refused) => refused)
    return named(error.messages[0].message)
  }

  for (const [module, field, chinese, english] of [
    ['organization', 'name', '请填写名称', 'Name is required'],
    ['people', 'name', '请填写姓名', 'Name is required'],
    ['people', 'grade', '请填写岗位等级', 'Grade is required'],
    ['people', 'leave_type', '请填写假别', 'Kind of leave is required'],
    ['recruitment', 'agree', '请先勾选承诺', 'Tick the declaration first'],
    ['pay', 'some_code', '请填写some_code', 'some_code is required'],
  ]) {
    test(`of ${field} in ${module}`, async ({ assert }) => {
      assert.equal(await said('zh-CN', field, module), chinese)
      assert.equal(await said('en', field, module), english)
    })
  }

  test('an item of a list has the name of the list', async ({ assert }) => {
    const messagesProvider = new FieldMessages(i18nManager.locale('zh-CN'), 'performance')
    const form = vine.create({ unit_ids: vine.array(vine.number()) })
    const error = await form.validate({ unit_ids: ['x'] }, { messagesProvider }).catch((e) => e)
    assert.equal(named(error.messages[0].message), '参加考核的单位应为数字')
  })
})
