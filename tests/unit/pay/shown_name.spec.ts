import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { payName } from '#pay/domain/shown_name'
import { DEFAULT_PARAMETERS, STANDARD_ITEMS } from '#pay/domain/standard_items'

const namesIn = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`resources/lang/${locale}/pay.json`, 'utf8')).names

const reader = (locale: string) => (key: string) => namesIn(locale)[key.replace('pay.names.', '')]

test.group('Names of pay items and parameters', () => {
  const names = [
    ...Object.values(STANDARD_ITEMS).flatMap((items) => items.map(({ name }) => name)),
    ...Object.keys(DEFAULT_PARAMETERS),
    '奖励性绩效',
    '个人所得税',
  ]

  test('in Chinese they are what formulas call them, in English with their meaning', ({
    assert,
  }) => {
    for (const name of names) {
      assert.equal(payName(reader('zh-CN'), name), name)
      assert.match(payName(reader('en'), name), new RegExp(`^[A-Z].* \\(${name}\\)$`))
    }
    assert.sameMembers(Object.keys(namesIn('en')), [...new Set(names)])
  })

  test('one that an office has made keeps its name', ({ assert }) => {
    assert.equal(payName(reader('en'), '夜班津贴'), '夜班津贴')
  })
})
