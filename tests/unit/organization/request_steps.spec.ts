import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { requestSteps } from '#organization/presenters/request_steps'
import type { RequestRow } from '#organization/queries/quota_requests'

const APPROVED_AT = '2026-06-02 10:30'

const line = (state: string, approvedByName: string | null = null) => {
  const row = { state, approvedByName, createdByName: '周晓岚', used: 0, quantity: 2 } as RequestRow
  const asked = { ...row, createdAt: '2026-06-01 01:00:00' }
  return requestSteps(asked, APPROVED_AT, i18nManager.locale('zh-CN'))
}

const stepsOf = (state: string, approvedByName: string | null = null) => {
  const steps = line(state, approvedByName)
  return steps.map((step) => ('word' in step ? `${step.state} ${step.word}` : step.state))
}

test.group('The line of a request to use quota', () => {
  test('who asked has not agreed, and what ended says how', async ({ assert }) => {
    await i18nManager.loadTranslations()
    assert.deepEqual(stepsOf('draft'), ['current 待提交', 'todo', 'todo'])
    assert.deepEqual(stepsOf('submitted'), ['done 已提出', 'current', 'todo'])
    assert.deepEqual(stepsOf('returned'), ['done 已提出', 'refused', 'todo'])
    assert.deepEqual(stepsOf('approved', '马国强'), ['done 已提出', 'done', 'current 待使用'])
    assert.deepEqual(stepsOf('filled', '马国强'), ['done 已提出', 'done', 'done 已用完'])
    assert.deepEqual(stepsOf('expired', '马国强'), ['done 已提出', 'done', 'refused 已过期'])
    assert.deepEqual(stepsOf('expired'), ['done 已提出', 'todo', 'refused 已过期'])
    assert.deepEqual(stepsOf('withdrawn'), ['done 已提出', 'todo', 'refused 已撤回'])
  })

  test('an approval has its time, and only while it stands', async ({ assert }) => {
    await i18nManager.loadTranslations()
    const [, approval] = line('approved', '马国强')
    assert.include(approval, { name: '马国强', at: APPROVED_AT })
    assert.isNull(line('returned', '马国强')[1].at)
  })
})
