import { test } from '@japa/runner'
import { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { holdForDecision } from '#decisions/actions/hold'
import { emptyDatabase } from '#tests/support/database'
import { givenUnit, givenUser, rowsOf } from '#tests/support/givens'
import { givenCopies } from '#tests/support/lists'

test.group('Lists of open questions end nowhere in silence', (group) => {
  group.each.setup(() => emptyDatabase())

  async function givenQuestions(count: number) {
    const unitId = await givenUnit()
    await inTransaction((trx) =>
      holdForDecision(trx, Actor.system('test'), {
        code: 'import_row:roster:0',
        subjectType: 'unit',
        subjectId: unitId,
        evidence: { title: '第0问' },
      })
    )
    await givenCopies('decisions', count - 1, (index) => ({
      code: `import_row:roster:${index + 1}`,
      evidence: JSON.stringify({ title: `第${index + 1}问` }),
    }))
    return { unitId, open: (await rowsOf('decisions', { state: 'open' })).length }
  }

  test('the inbox names the first and counts the rest', async ({ assert, client }) => {
    const { open } = await givenQuestions(60)
    const user = await givenUser({ role: 'hr_officer' })
    for (const locale of ['zh-CN', 'en']) {
      const get = (path: string) => client.get(path).loginAs(user).withPlainCookie('locale', locale)
      const inbox = (await get('/inbox')).text()
      const rest = open - 50
      assert.include(
        inbox,
        locale === 'en' ? `${rest} more open questions` : `另有 ${rest} 个待定事项`
      )
      assert.include(inbox, 'href="/decisions?state=open"')
      assert.include((await get('/inbox/count')).text(), `<span aria-hidden="true">${open}</span>`)
    }
  })

  test('a unit sees the last of many questions about it', async ({ assert, client }) => {
    const { unitId } = await givenQuestions(510)
    const user = await givenUser({ role: 'leading_group_office' })
    const page = await client.get(`/units/${unitId}`).loginAs(user)
    page.assertStatus(200)
    assert.include(page.text(), '第509问')
  })
})
