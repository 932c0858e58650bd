import { test } from '@japa/runner'
import vine from '@vinejs/vine'
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
