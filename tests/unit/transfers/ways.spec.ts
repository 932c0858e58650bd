import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { Actor } from '#shared/actor'
import { blocked, warning } from '#transfers/domain/findings'
import { showFinding } from '#transfers/presenters/findings'

test.group('The way out of a finding', () => {
  test('leads to a grid in which the line stands', ({ assert }) => {
    const actor = Actor.system('test')
    const reader = { actor, batchId: 6, editable: true, records: new Set<number>() }
    const url = (finding: ReturnType<typeof blocked>) =>
      showFinding(finding, null, reader, i18nManager.locale('zh-CN')).url
    const grid = '/transfers/batches/6?tab=grid'
    assert.equal(url(warning('post_missing', 'set_target')), grid)
    assert.equal(url(blocked('post_missing', 'set_target')), `${grid}&verdict=blocked`)
  })
})
