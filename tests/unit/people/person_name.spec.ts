import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'
import { test } from '@japa/runner'
import { namePinyin } from '#people/domain/name_pinyin'
import { isPersonName, normaliseName } from '#people/domain/person_name'

test.group('name of a person', () => {
  test('"{text}" becomes {name}')
    .with([
      { text: '高梓佳', name: '高梓佳', notes: [] },
      { text: ' 高 梓佳　', name: '高梓佳', notes: ['normalised_spaces'] },
      { text: '高\u00A0梓佳\u200B', name: '高梓佳', notes: ['normalised_spaces'] },
      { text: 'Ｌｉ明', name: 'Li明', notes: ['normalised_full_width'] },
      { text: '阿卜杜•热西提', name: '阿卜杜·热西提', notes: ['normalised_separators'] },
      { text: '阿卜杜.热西提', name: '阿卜杜·热西提', notes: ['normalised_separators'] },
      { text: '阿卜杜・热西提', name: '阿卜杜·热西提', notes: ['normalised_separators'] },
      { text: '阿卜杜．热西提', name: '阿卜杜·热西提', notes: ['normalised_separators'] },
    ])
    .run(({ assert }, { text, name, notes }) => {
      assert.deepEqual(normaliseName(text), { name, notes: notes as never[] })
      assert.isTrue(isPersonName(name))
    })

  test('{name} is a name: {valid}')
    .with([
      { name: '𠮷田', valid: true },
      { name: '𱍐明', valid: true },
      { name: '㐂龙', valid: true },
      { name: 'José', valid: true },
      { name: '<script>alert(1)</script>', valid: false },
      { name: '张3', valid: false },
      { name: '张(女)', valid: false },
      { name: '·热西提', valid: false },
      { name: '热西提·', valid: false },
      { name: '阿··提', valid: false },
      { name: '\uE863龙', valid: false },
      { name: '', valid: false },
      { name: '一'.repeat(51), valid: false },
    ])
    .run(({ assert }, { name, valid }) => {
      assert.equal(isPersonName(name), valid)
    })

  test('{name} is typed {full} or {initials}')
    .with([
      { name: '欧阳翔', full: 'ouyangxiang', initials: 'oyx' },
      { name: '单雄信', full: 'shanxiongxin', initials: 'sxx' },
      { name: '曾然', full: 'zengran', initials: 'zr' },
      { name: '吕布', full: 'lvbu', initials: 'lb' },
      { name: '阿卜杜·热西提', full: 'abudurexiti', initials: 'abdrxt' },
      { name: 'Li明', full: 'liming', initials: 'lim' },
    ])
    .run(({ assert }, { name, full, initials }) => {
      assert.deepEqual(namePinyin(name), { full, initials })
    })

  test('a name reads as the dictionary reads it as a whole, however often its characters came before', ({
    assert,
  }) => {
    const character = fc.oneof(
      {
        weight: 8,
        arbitrary: fc
          .integer({ min: 0x4e00, max: 0x9fa5 })
          .map((code) => String.fromCodePoint(code)),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('单', '于', '仇', '尉', '迟', '曾', '重', '庆', '·', 'a', 'Z'),
      }
    )
    const names = fc.array(character, { minLength: 1, maxLength: 4 }).map((list) => list.join(''))
    fc.assert(
      fc.property(names, (name) => {
        const whole = pinyin(name, { surname: 'head', toneType: 'none', type: 'array', v: true })
        const letters = whole
          .join('')
          .toLowerCase()
          .replace(/[^a-z]/g, '')
        assert.equal(namePinyin(name).full, letters)
      }),
      { numRuns: 3_000 }
    )
  })
})
