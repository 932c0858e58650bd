import { readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { payName } from '#pay/domain/shown_name'
import { DEFAULT_PARAMETERS, STANDARD_ITEMS } from '#pay/domain/standard_items'

const wordsOf = (locale: string) =>
  JSON.parse(readFileSync(`resources/lang/${locale}/pay.json`, 'utf8'))
const namesIn = (locale: string): Record<string, string> => wordsOf(locale).names

const reader =
  (locale: string) =>
  (key: string, { item = '' }: Record<string, string> = {}) => {
    const [, part, name] = key.split('.')
    return wordsOf(locale)[part][name].replace('{item}', item)
  }

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

  test('a line of arrears or of a recovery says so before its item', ({ assert }) => {
    const shown = (locale: string, name: string) => payName(reader(locale), name)
    assert.equal(shown('zh-CN', '补发薪级工资'), '补发薪级工资')
    assert.equal(shown('en', '补发薪级工资'), 'Arrears: Step wage (薪级工资)')
    assert.equal(shown('en', '扣回夜班津贴'), 'Recovery: 夜班津贴')
  })
})
