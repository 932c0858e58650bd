import { test } from '@japa/runner'
import type { ImportSheet } from '#shared/ports/imports'
import type { Row } from '#shared/spreadsheets/types'
import { findFacts, unitIn } from '#imports/domain/found_facts'
import { findHeader, headerSignature } from '#imports/domain/header'
import { isNoise } from '#imports/domain/noise'
import { isCertain, matchSheets } from '#imports/domain/recognise'

const SHEET: ImportSheet = {
  key: 'people',
  names: ['人员'],
  fields: [
    { name: 'name', header: '姓名', synonyms: ['人员姓名'], required: true },
    { name: 'number', header: '身份证号码', synonyms: ['身份证号'], required: true },
    { name: 'remark', header: '备注', synonyms: ['说明'], required: false },
  ],
}

test.group('Finding the header', () => {
  test('under title rows, by synonyms, whatever the spaces, stars and brackets', ({ assert }) => {
    const rows = [
      row(1, '某单位花名册'),
      row(2, '填报日期:2022年1月10日'),
      row(4, '姓 名*', '身份证号(18位)'),
    ]
    const header = findHeader(SHEET, rows)!
    assert.equal(header.row, 4)
    assert.deepEqual(header.columns, { name: 0, number: 1 })
    assert.deepEqual(header.missing, [])
  })

  test('says which required columns are missing', ({ assert }) => {
    assert.deepEqual(findHeader(SHEET, [row(1, '姓名', '备注')])!.missing, ['number'])
  })

  test('one known word by chance is no header', ({ assert }) => {
    assert.isNull(findHeader(SHEET, [row(1, '备注'), row(2, '填写说明')]))
  })

  test('the official header wins over a synonym and a column serves one field', ({ assert }) => {
    const { columns } = findHeader(SHEET, [row(1, '人员姓名', '姓名', '身份证号码', '说明')])!
    assert.deepEqual(columns, { name: 1, number: 2, remark: 3 })
  })

  test('the same headers have the same signature', ({ assert }) => {
    assert.equal(headerSignature(['姓 名', '备注']), headerSignature(['姓名*', '备注:']))
    assert.notEqual(headerSignature(['姓名', '备注']), headerSignature(['备注', '姓名']))
  })
})

test.group('Finding the sheet', () => {
  const head = (index: number, name: string, ...rows: Row[]) => ({
    index,
    name,
    hidden: false,
    rows,
  })

  test('the one that fits best; instructions fit nothing', ({ assert }) => {
    const heads = [
      head(0, '填表说明', row(1, '岗位性质填写:采编、技术、经营、行政')),
      head(1, '一览', row(1, '姓名', '身份证号')),
      head(2, '人员', row(1, '姓名', '身份证号', '备注')),
    ]
    const [match] = matchSheets([SHEET], heads)
    assert.equal(match.index, 2)
    assert.isTrue(isCertain([SHEET], heads))
  })

  test('a sheet of another kind is none, even with a few of the words', ({ assert }) => {
    assert.deepEqual(matchSheets([SHEET], [head(0, '', row(1, '备注', '说明', '金额'))]), [])
  })
})

test.group('Rows that are no data', () => {
  const header = ['序号', '姓名', '备注']

  test('totals, signatures, remarks and repeated headers', ({ assert }) => {
    const noise = [
      ['合计', '183人'],
      ['总 计'],
      ['小计:12人'],
      ['填表人:', '', '', '审核人:'],
      ['', '单位负责人(签字):'],
      ['注:本表一式两份'],
      ['序号', '姓名', '备注'],
    ]
    for (const texts of noise) assert.isTrue(isNoise(texts, header), texts.join('|'))
  })

  test('people are data, whatever they are called', ({ assert }) => {
    const data = [
      ['1', '合计明'],
      ['2', '单位'],
      ['总', '张三'],
      ['备注一', '李四'],
    ]
    for (const texts of data) assert.isFalse(isNoise(texts, header), texts.join('|'))
  })
})

test.group('What stands above the header', () => {
  test('title, unit and date', ({ assert }) => {
    const found = findFacts(
      [
        row(1, '市报社人员名册(截至2021年12月31日)'),
        row(2, '填报单位(盖章):', '', '填报日期:2022年1月10日'),
      ],
      'newspaper.xlsx'
    )
    assert.equal(found.title, '市报社人员名册(截至2021年12月31日)')
    assert.equal(found.unitTexts[0], '市报社')
    assert.deepEqual(found.dates, ['2021-12-31', '2022-01-10'])
  })

  test('the reporting unit comes before the title, in its own cell or the next', ({ assert }) => {
    const beside = findFacts([row(1, '花名册'), row(2, '填报单位:', '广播电视台')], 'a.xlsx')
    assert.equal(beside.unitTexts[0], '广播电视台')
    const within = findFacts([row(1, '填报单位(盖章):报社')], 'a.xlsx')
    assert.equal(within.unitTexts[0], '报社')
  })

  test('a month means its last day, a date that is none is left out', ({ assert }) => {
    const { dates } = findFacts([row(1, '二月报表(2022年2月,2022年2月30日)')], 'x-2022.06.30.csv')
    assert.deepEqual(dates, ['2022-02-28', '2022-06-30'])
  })

  test('a title begins with the name of the unit', ({ assert }) => {
    assert.equal(unitIn('市广播电视台在职人员花名册'), '市广播电视台')
    assert.equal(unitIn('附件1:舆情中心人员情况表'), '舆情中心')
    assert.equal(unitIn('roster'), 'roster')
  })
})

function row(number: number, ...texts: string[]): Row {
  const cell = (text: string) => ({ text, kind: text ? 'text' : 'blank', raw: text }) as const
  return { number, cells: texts.map(cell) }
}
