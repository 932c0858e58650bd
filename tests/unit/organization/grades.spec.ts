import fc from 'fast-check'
import { test } from '@japa/runner'
import {
  employmentOf,
  EMPLOYMENT_TERMS,
  FUNDING_TYPES,
  POST_CATEGORIES,
  POST_NATURES,
} from '#organization/domain/codes'
import { parseCode, spellingOf } from '#organization/domain/code_table'
import { fitsRange, gradeRange, gradesIn, type GradeRange } from '#organization/domain/grade_range'
import {
  compareGrades,
  formatGrade,
  GRADES,
  isGrade,
  levelOf,
  parseGrade,
  quotaCategoryOf,
  type Grade,
} from '#organization/domain/grades'

const grade = fc.constantFrom(...GRADES)
const rangeOf = (top: Grade, bottom: Grade): GradeRange => {
  const result = gradeRange({ top, bottom })
  if (!result.ok || !result.range) throw new Error('no range')
  return result.range
}

test.group('grade', () => {
  test('{text} is {code}')
    .with([
      { text: '管理七级', code: 'management_7', notes: [] },
      { text: '专技十级', code: 'professional_10', notes: [] },
      { text: '专技十三级', code: 'professional_13', notes: [] },
      { text: '技术工三级', code: 'support_3', notes: [] },
      { text: '普通工', code: 'support_ordinary', notes: [] },
      { text: '专业技术十级岗位', code: 'professional_10', notes: ['normalised_code'] },
      { text: '专技岗位10级', code: 'professional_10', notes: ['normalised_code'] },
      { text: '管理岗9', code: 'management_9', notes: ['normalised_code'] },
      { text: '工勤技能四级', code: 'support_4', notes: ['normalised_code'] },
      { text: '普通工岗位', code: 'support_ordinary', notes: ['normalised_code'] },
      { text: '专技 十级', code: 'professional_10', notes: ['normalised_spaces'] },
      {
        text: '专技１０级',
        code: 'professional_10',
        notes: ['normalised_full_width', 'normalised_code'],
      },
    ])
    .run(({ assert }, { text, code, notes }) => {
      assert.deepEqual(parseGrade(text), {
        ok: true,
        grade: code as Grade,
        notes: notes as never[],
      })
    })

  test('{$self} is no grade')
    .with([
      '',
      '管理',
      '管理十一级',
      '专技十四级',
      '技术工六级',
      '专技0级',
      '专技十十级',
      '十级',
      '专技2一级',
    ])
    .run(({ assert }, text) => {
      assert.isFalse(parseGrade(text).ok)
    })

  test('is 29 in all, each with a form that reads back', ({ assert }) => {
    assert.lengthOf(GRADES, 10 + 13 + 6)
    for (const code of GRADES) {
      assert.deepEqual(parseGrade(formatGrade(code)), { ok: true, grade: code, notes: [] })
      assert.isTrue(isGrade(code))
    }
    assert.isFalse(isGrade('management_11'))
    assert.equal(levelOf('support_ordinary'), levelOf('support_5') + 1)
    assert.deepEqual([...GRADES].reverse().sort(compareGrades), [...GRADES])
  })

  test('decides the category of the quota', ({ assert }) => {
    assert.equal(quotaCategoryOf('management_7'), 'management')
    assert.equal(quotaCategoryOf('professional_13'), 'professional')
    assert.equal(quotaCategoryOf('support_ordinary'), 'support')
  })
})

test.group('grade range of a post', () => {
  test('{top} to {bottom}: {grade} fits: {fits}')
    .with<{ top: Grade; bottom: Grade; grade: Grade; fits: boolean }[]>([
      { top: 'professional_5', bottom: 'professional_13', grade: 'professional_5', fits: true },
      { top: 'professional_5', bottom: 'professional_13', grade: 'professional_4', fits: false },
      { top: 'professional_5', bottom: 'professional_13', grade: 'support_1', fits: false },
      { top: 'professional_5', bottom: 'professional_9', grade: 'professional_10', fits: false },
      { top: 'professional_5', bottom: 'support_ordinary', grade: 'professional_13', fits: true },
      { top: 'professional_5', bottom: 'support_ordinary', grade: 'professional_4', fits: false },
      { top: 'professional_5', bottom: 'support_ordinary', grade: 'support_1', fits: true },
      { top: 'professional_5', bottom: 'support_ordinary', grade: 'support_ordinary', fits: true },
      { top: 'professional_5', bottom: 'support_ordinary', grade: 'management_9', fits: false },
      { top: 'management_7', bottom: 'support_ordinary', grade: 'management_10', fits: true },
      { top: 'management_7', bottom: 'support_ordinary', grade: 'management_6', fits: false },
      { top: 'management_7', bottom: 'support_ordinary', grade: 'support_4', fits: true },
      { top: 'management_7', bottom: 'support_ordinary', grade: 'professional_10', fits: false },
      { top: 'management_7', bottom: 'support_3', grade: 'support_4', fits: false },
      { top: 'management_7', bottom: 'support_3', grade: 'support_2', fits: true },
    ])
    .run(({ assert }, { top, bottom, grade: held, fits }) => {
      assert.equal(fitsRange(held, rangeOf(top, bottom)), fits)
    })

  test('without ends has no limit; half open or reversed it is refused', ({ assert }) => {
    assert.deepEqual(gradeRange({ top: null, bottom: null }), { ok: true, range: null })
    assert.lengthOf(gradesIn(null), GRADES.length)
    const refused = (top: Grade | null, bottom: Grade | null) => {
      const result = gradeRange({ top, bottom })
      return result.ok ? null : result.error
    }
    assert.equal(refused('management_7', null), 'grade_range_half_open')
    assert.equal(refused(null, 'management_7'), 'grade_range_half_open')
    assert.equal(refused('management_7', 'management_6'), 'grade_range_reversed')
    assert.equal(refused('support_1', 'management_6'), 'grade_range_reversed')
  })

  test('holds both its ends, whatever they are', () => {
    fc.assert(
      fc.property(grade, grade, (a, b) => {
        const [top, bottom] = [a, b].sort(compareGrades)
        const held = gradesIn(rangeOf(top, bottom))
        return held.includes(top) && held.includes(bottom)
      })
    )
  })
})

test.group('code values', () => {
  test('are known by their spellings, the official one without a word', ({ assert }) => {
    assert.deepEqual(parseCode(POST_NATURES, '采编'), { ok: true, code: 'editorial', notes: [] })
    assert.deepEqual(parseCode(POST_NATURES, '采 编'), {
      ok: true,
      code: 'editorial',
      notes: ['normalised_spaces'],
    })
    assert.deepEqual(parseCode(POST_CATEGORIES, '工勤'), {
      ok: true,
      code: 'support',
      notes: ['normalised_code'],
    })
    assert.deepEqual(parseCode(FUNDING_TYPES, '参公'), { ok: false, value: '参公' })
    assert.equal(spellingOf(POST_CATEGORIES, 'professional'), '专业技术')
  })

  test('编制类型 {text} is {employmentType}, {fundingType}')
    .with([
      { text: '全额拨款', employmentType: 'establishment', fundingType: 'full' },
      { text: '差额', employmentType: 'establishment', fundingType: 'partial' },
      { text: '自收自支', employmentType: 'establishment', fundingType: 'self' },
      { text: '编外聘用', employmentType: 'contract', fundingType: null },
      { text: '企业聘用', employmentType: 'enterprise', fundingType: null },
    ])
    .run(({ assert }, { text, ...expected }) => {
      const parsed = parseCode(EMPLOYMENT_TERMS, text)
      assert.isTrue(parsed.ok)
      if (parsed.ok) assert.deepEqual(employmentOf(parsed.code), expected as never)
    })

  test('no spelling stands for two codes', ({ assert }) => {
    for (const table of [POST_NATURES, POST_CATEGORIES, FUNDING_TYPES, EMPLOYMENT_TERMS]) {
      const spellings = Object.values<readonly string[]>(table).flat()
      assert.lengthOf(new Set(spellings), spellings.length)
    }
  })
})
