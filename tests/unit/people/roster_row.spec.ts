import { test } from '@japa/runner'
import { ROSTER_COLUMNS, ROSTER_LABELS, type RosterField } from '#people/domain/roster_fields'
import type { RosterCell, RosterContext, RosterRow } from '#people/domain/roster_finding'
import { checkRosterRow } from '#people/domain/roster_row'
import { checkRosterRows } from '#people/domain/roster_sheet'

type Cells = Partial<Record<RosterField, string | RosterCell>>

const GOOD: Cells = {
  sequence: '1',
  name: '郝宇磊',
  sex: '女',
  identityNo: '51990019970119488X',
  birth: '1997.01',
  workStart: '2017.03',
  department: '办公室',
  post: '出纳',
  postNature: '行政',
  terms: '差额拨款',
  grade: '管理八级',
  education: '大学专科',
  politicalStatus: '群众',
  phone: '19900425653',
  remark: '',
}
const CONTEXT: RosterContext = {
  asOf: '2022-01-10',
  allowedTerms: ['full', 'partial', 'contract'],
  earlierRow: () => null,
  otherMainUnit: () => null,
}
const cell = (kind: RosterCell['kind'], text: string, raw = text): RosterCell => ({
  kind,
  text,
  raw,
})

function rowOf(cells: Cells, row: Partial<RosterRow> = {}): RosterRow {
  const typed = Object.entries({ ...GOOD, ...cells }).map(([field, value]) => [
    field,
    typeof value === 'string' ? cell(value === '' ? 'blank' : 'text', value) : value,
  ])
  return { number: 4, cells: Object.fromEntries(typed), ...row }
}

const judge = (cells: Cells, context: Partial<RosterContext> = {}, row: Partial<RosterRow> = {}) =>
  checkRosterRow(rowOf(cells, row), { ...CONTEXT, ...context })

/** `warning birth_differs 出生年月` */
const said = (cells: Cells, context: Partial<RosterContext> = {}) =>
  judge(cells, context).findings.map(({ level, code, field }) => `${level} ${code} ${field}`)

test.group('row of a roster', () => {
  test('in order is accepted without a word', ({ assert }) => {
    assert.deepEqual(judge({}), {
      row: 4,
      verdict: 'accepted',
      identityNo: '51990019970119488X',
      values: {
        name: '郝宇磊',
        identityNo: '51990019970119488X',
        birth: '1997-01-19',
        sex: 'female',
        workStart: '2017-03',
        department: '办公室',
        post: '出纳',
        postNature: 'administrative',
        employmentType: 'establishment',
        fundingType: 'partial',
        grade: 'management_8',
        education: 'junior_college',
        politicalStatus: 'masses',
        phone: '19900425653',
        remark: null,
      },
      findings: [],
    })
  })

  test('{name}: {expected}')
    .with<{ name: string; cells: Cells; expected: string[]; context?: Partial<RosterContext> }[]>([
      {
        name: 'two identity remarks',
        cells: { identityNo: '５１９９００-19970119-488x' },
        expected: [
          'note normalised_full_width 身份证号码',
          'note normalised_separators 身份证号码',
          'note normalised_code 身份证号码',
        ],
      },
      {
        name: 'old number',
        cells: { identityNo: cell('number', '519900751119204') },
        expected: ['rejected identity_old_number 身份证号码'],
      },
      {
        name: 'born after the roster',
        cells: { identityNo: '519900202304050123' },
        expected: ['rejected identity_birth_ahead 身份证号码'],
      },
      {
        name: 'number in scientific text',
        cells: { identityNo: '5.199E+17' },
        expected: ['rejected identity_precision_lost 身份证号码'],
      },
      {
        name: 'nothing required',
        cells: { name: '', identityNo: '', department: '', post: '', postNature: '', terms: '' },
        expected: [
          'rejected required 姓名',
          'rejected required 身份证号码',
          'rejected required 所在部门',
          'rejected required 现岗位',
          'rejected required 岗位性质',
          'rejected required 编制类型',
        ],
      },
      {
        name: 'only invisible characters in a name',
        cells: { department: '\u200B' },
        expected: ['rejected required 所在部门'],
      },
      {
        name: 'remarks beside a rejection are not said',
        cells: { name: '张3', sex: 'M', phone: '199-1143 0680' },
        expected: ['rejected invalid_name 姓名'],
      },
      {
        name: 'establishment staff without grade',
        cells: { grade: '' },
        expected: ['rejected required 岗位等级'],
      },
      {
        name: 'establishment staff of unknown grade',
        cells: { grade: '科员' },
        expected: ['rejected unknown_value 岗位等级'],
      },
      {
        name: 'contract staff of unknown grade',
        cells: { terms: '编外聘用', grade: '科员' },
        expected: ['warning unknown_value 岗位等级'],
      },
      {
        name: 'contract staff without grade',
        cells: { terms: '编外聘用', grade: '' },
        expected: [],
      },
      {
        name: 'terms the unit has not',
        cells: { terms: '自收自支' },
        expected: ['rejected unknown_value 编制类型'],
      },
      {
        name: 'any terms',
        cells: { terms: '自收自支' },
        context: { allowedTerms: undefined },
        expected: [],
      },
      {
        name: 'unknown values that are not required',
        cells: { sex: '不详', education: '扫盲班', politicalStatus: '无', phone: '无' },
        expected: [
          'warning unknown_value 性别',
          'warning unknown_value 学历',
          'warning unknown_value 政治面貌',
          'warning invalid_phone 联系电话',
        ],
      },
      {
        name: 'optional values that are missing',
        cells: { sex: '', birth: '', workStart: '', education: '', politicalStatus: '', phone: '' },
        expected: [],
      },
      {
        name: 'error values',
        cells: { post: cell('error', '#N/A'), education: cell('error', '#REF!') },
        expected: ['rejected error_cell 现岗位'],
      },
      {
        name: 'an error value where it does not matter',
        cells: { education: cell('error', '#REF!') },
        expected: ['warning error_cell 学历'],
      },
      {
        name: 'birth of another day',
        cells: { birth: cell('date', '1997-01-18', '35448') },
        expected: ['warning birth_differs 出生年月'],
      },
      {
        name: 'birth as the first of the month',
        cells: { birth: cell('date', '1997-01-01', '35431') },
        expected: [],
      },
      {
        name: 'dates that are none',
        cells: { birth: '九七年', workStart: '2017.13' },
        expected: ['warning invalid_date 出生年月', 'warning invalid_date 参加工作时间'],
      },
      {
        name: 'started at sixteen',
        cells: { workStart: '2013.01' },
        expected: [],
      },
      {
        name: 'started a month too young',
        cells: { workStart: '2012.12' },
        expected: ['warning implausible_start 参加工作时间'],
      },
      {
        name: 'starts after the roster',
        cells: { workStart: '2022.02' },
        expected: ['warning start_after_roster 参加工作时间'],
      },
      {
        name: 'dates as bare and as formatted numbers',
        cells: { birth: cell('number', '35449'), workStart: cell('date', '2017-03-01', '42795') },
        expected: ['note serial_date 出生年月'],
      },
      {
        name: 'serial of a Mac workbook',
        cells: { birth: cell('number', '33987') },
        context: { dateSystem: 1904 },
        expected: ['note serial_date 出生年月'],
      },
      {
        name: 'text that looks like a formula',
        cells: { post: '@出纳', remark: '＝1+1' },
        expected: ['note formula_like_text 现岗位', 'note formula_like_text 备注'],
      },
      { name: 'a dash for none', cells: { remark: '-' }, expected: [] },
      {
        name: 'a negative number in the remark',
        cells: { remark: cell('number', '-5') },
        expected: [],
      },
      {
        name: 'formula in a value',
        cells: { grade: { ...cell('text', '管理八级'), formula: true } },
        expected: ['note formula_cell 岗位等级'],
      },
      {
        name: 'claimed by another unit',
        cells: { phone: '199-1143 0680' },
        context: { otherMainUnit: () => '报社' },
        expected: ['held claimed_by_two_units 身份证号码'],
      },
      {
        name: 'claimed and wrong',
        cells: { terms: '参公' },
        context: { otherMainUnit: () => '报社' },
        expected: ['rejected unknown_value 编制类型'],
      },
    ])
    .run(({ assert }, { cells, expected, context }) => {
      assert.deepEqual(said(cells, context), expected)
    })

  test('takes sex and birth from the identity number', ({ assert }) => {
    const { values, findings } = judge({ sex: '男', birth: '1998.01' })
    assert.deepInclude(values!, { sex: 'female', birth: '1997-01-19' })
    assert.deepEqual(
      findings.map(({ code, value, params }) => ({ code, value, params })),
      [
        { code: 'sex_differs', value: '男', params: undefined },
        { code: 'birth_differs', value: '1998.01', params: { expected: '1997-01' } },
      ]
    )
  })

  test('shows no identity or phone number in what it says', ({ assert }) => {
    const rows = [
      judge({ identityNo: '519900199701194888' }),
      judge({ identityNo: '51990019970119488x', phone: '199-1143 0680' }),
      judge({ phone: '199114306801' }),
    ]
    const text = JSON.stringify(rows.flatMap(({ findings }) => findings))
    assert.include(text, '5199**********488')
    assert.notMatch(text, /19970119|1143|1430/)
  })

  test('that is hidden is read and said; blank cells alone are skipped', ({ assert }) => {
    const hidden = judge({}, {}, { hidden: true })
    assert.equal(hidden.verdict, 'accepted')
    assert.deepEqual(hidden.findings, [{ level: 'note', code: 'hidden_row', field: '' }])
    const blank = checkRosterRow(
      {
        number: 9,
        hidden: true,
        cells: { sequence: cell('number', '6'), name: cell('text', ' ') },
      },
      CONTEXT
    )
    assert.deepInclude(blank, { verdict: 'skipped', values: null })
    assert.deepEqual(blank.findings, [{ level: 'skipped', code: 'blank_row', field: '' }])
  })
})

test.group('sheet of a roster', () => {
  test('names the first row of a repeated number, also when that row was rejected', ({
    assert,
  }) => {
    const rows = [
      rowOf({ name: '' }, { number: 4 }),
      rowOf({}, { number: 5 }),
      rowOf({}, { number: 6 }),
    ]
    const verdicts = [...checkRosterRows(rows, CONTEXT)]
    assert.deepEqual(
      verdicts.map(({ findings }) => [findings[0].code, findings[0].params]),
      [
        ['required', undefined],
        ['identity_repeated', { row: 4 }],
        ['identity_repeated', { row: 4 }],
      ]
    )
  })

  test('says each run of blank rows once', ({ assert }) => {
    const other = '519900198903180254'
    const third = '519900198804286096'
    const rows = [
      rowOf({}, { number: 4 }),
      rowOf({ identityNo: other, sex: '男', birth: '', workStart: '' }, { number: 6 }),
      rowOf({ identityNo: third, sex: '男', birth: '', workStart: '' }, { number: 1_000_000 }),
    ]
    const skips = [...checkRosterRows(rows, CONTEXT)].filter(({ verdict }) => verdict === 'skipped')
    assert.deepEqual(
      skips.map(({ row, findings }) => [row, findings[0].params]),
      [
        [5, undefined],
        [7, { until: 999_999 }],
      ]
    )
  })

  test('has one header for each column and no synonym twice', ({ assert }) => {
    const headers = ROSTER_COLUMNS.flatMap(({ label, synonyms }) => [label, ...synonyms])
    assert.lengthOf(new Set(headers), headers.length)
    assert.equal(ROSTER_LABELS.identityNo, '身份证号码')
  })
})
