import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import { clock } from '#shared/clock'
import { attributes, inputAttributes } from '#shared/view/attributes'
import { errorSummary, fieldErrors, fieldValue, isChecked } from '#shared/view/fields'
import { ariaSort, sortLink, withQuery } from '#shared/view/links'
import { progressOf } from '#shared/view/progress'
import { auditSentence, changeLines, message } from '#shared/view/texts'

/** Flashed values as the session gives them to a page: by dotted path. */
function flashed(values: Record<string, any>) {
  const find = (path: string) =>
    path in values
      ? values[path]
      : path.split('.').reduce((value: any, name) => value?.[name], values)
  return {
    get: (path: string, otherwise?: unknown) => find(path) ?? otherwise,
    has: (path: string) => find(path) !== undefined,
  }
}

const form = { formAction: '/people/1' }

test.group('Fields', () => {
  test('a returned form shows what was typed, another form on the page its own values', ({
    assert,
  }) => {
    const flash = flashed({
      _form: '/people/1',
      lines: { 3: { post_id: '7' } },
      inputErrorsBag: { 'lines.3.post_id': ['无效'] },
    })
    assert.equal(fieldValue(flash, form, 'lines[3][post_id]', 1), '7')
    assert.deepEqual(fieldErrors(flash, form, 'lines[3][post_id]'), ['无效'])
    assert.deepEqual(errorSummary(flash, form), [{ id: 'field-lines-3-post_id', text: '无效' }])
    const other = { formAction: '/people/2' }
    assert.equal(fieldValue(flash, other, 'lines[3][post_id]', 1), 1)
    assert.deepEqual(fieldErrors(flash, other, 'lines[3][post_id]'), [])
    assert.equal(fieldValue(undefined, form, 'name', null), '')
  })

  test('a box that was cleared stays cleared', ({ assert }) => {
    const cleared = flashed({ _form: '/people/1', name: 'x' })
    assert.isFalse(isChecked(cleared, form, 'leader', true))
    assert.isTrue(isChecked(undefined, form, 'leader', true))
    const some = flashed({ _form: '/people/1', ids: ['2', '3'] })
    assert.isTrue(isChecked(some, form, 'ids', false, '3'))
    assert.isFalse(isChecked(some, form, 'ids', true, '4'))
  })

  test('attributes are escaped and name help and error', ({ assert }) => {
    assert.equal(
      attributes({ title: '"><script>', hidden: true, disabled: false }),
      'title="&quot;&gt;&lt;script&gt;" hidden'
    )
    const flash = flashed({ _form: '/people/1', inputErrorsBag: { name: ['x'] } })
    const text = inputAttributes(flash, form, { name: 'name', help: 'h', required: true })
    assert.include(text, 'aria-describedby="field-name-help field-name-error"')
    assert.include(text, 'aria-invalid="true"')
    assert.include(text, ' required')
  })
})

test.group('Links', () => {
  test('keep the query string and change what is said', ({ assert }) => {
    const query = { unit: '3', cursor: 'abc', state: ['a', 'b'], filter: { x: '1' } }
    assert.equal(
      withQuery('/x', query, { cursor: null, unit: '' }),
      '/x?state=a&state=b&filter%5Bx%5D=1'
    )
    assert.equal(withQuery('/x', {}), '/x')
  })

  test('a header sorts by its column, then the other way, from the first page', ({ assert }) => {
    const column = { sort: 'name' }
    const query = { cursor: 'abc', q: '王' }
    assert.equal(
      sortLink('/x', query, column, 'unit', 'asc'),
      `/x?q=${encodeURIComponent('王')}&sort=name&direction=asc`
    )
    assert.include(sortLink('/x', query, column, 'name', 'asc'), 'direction=desc')
    assert.include(sortLink('/x', query, column, 'name', 'desc'), 'direction=asc')
    assert.equal(ariaSort(column, 'name', 'desc'), 'descending')
    assert.equal(ariaSort(column, 'unit'), 'none')
    assert.isNull(ariaSort({}, 'unit'))
  })
})

test.group('Texts', (group) => {
  group.setup(() => i18nManager.loadTranslations())

  test('sentences and changes of the history are in words', ({ assert }) => {
    const i18n = i18nManager.locale('zh-CN')
    assert.equal(auditSentence(i18n, 'shared.sample.created'), '新增了人员')
    assert.equal(message(i18n, 'shared.words.save'), '保存')
    assert.equal(message(i18n, '已批准。'), '已批准。')
    assert.deepEqual(
      changeLines(i18n, 'shared.sample.changed', {
        grade: ['a', null],
        phone: { digest: 'x' },
        unknown_thing: true,
      }),
      [
        { label: '岗位等级', before: 'a', after: '—' },
        { label: '联系电话', before: null, after: '（已加密）' },
        { label: 'unknown_thing', before: null, after: '是' },
      ]
    )
  })

  test('a job tells counts, time left and why it failed', ({ assert, cleanup }) => {
    cleanup(() => clock.release())
    clock.freeze('2026-01-01 00:01:00.000')
    const job = {
      id: 1,
      state: 'running',
      progress_done: 25,
      progress_total: 100,
      progress_note: null,
      started_at: '2026-01-01 00:00:00.000',
      error: null,
    }
    const i18n = i18nManager.locale('zh-CN')
    assert.containsSubset(progressOf(job, i18n), { percent: 25, secondsLeft: 180, running: true })
    const early = progressOf({ ...job, progress_done: 0 }, i18n)
    assert.containsSubset(early, { percent: 0, secondsLeft: null })
    const failed = progressOf(
      {
        ...job,
        state: 'failed',
        error: '{"key":"shared.errors.job_failed","params":{"reason":"E1"}}',
      },
      i18n
    )
    assert.include(failed.failure, 'E1')
    assert.equal(progressOf({ ...job, state: 'done', progress_total: 0 }, i18n).percent, 100)
  })
})
