import { combinePages } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import {
  KIND_TEXT,
  categoryText,
  fundingText,
  gradeText,
  headOf,
  peopleOf,
  seatsOf,
  sexText,
  termsText,
  yearMonth,
  type Paper,
  type PaperContext,
} from './paper_context.js'

const PEOPLE = [
  { header: '序号', width: 24, cells: 6 },
  { header: '姓名', width: 40, cells: 10 },
  { header: '性别', width: 20, cells: 6 },
  { header: '身份证号', width: 104, cells: 22 },
  { header: '出生年月', width: 36, cells: 10 },
  { header: '参加工作', width: 36, cells: 10 },
  { header: '原单位', width: '*' as const, cells: 24 },
  { header: '原岗位', width: '*' as const, cells: 16 },
  { header: '岗位等级', width: 40, cells: 12 },
  { header: '编制类型', width: 40, cells: 16 },
  { header: '划转方式', width: 40, cells: 12 },
  { header: '划入单位', width: '*' as const, cells: 24 },
  { header: '划入部门', width: '*' as const, cells: 18 },
  { header: '划入岗位', width: '*' as const, cells: 18 },
]
const SEATS = ['序号', '原单位', '划入单位', '经费形式', '编制类别', '空编数']

/** 划转名册: who goes where, and below it the vacant seats that go along. */
export const roster: Paper = {
  name: 'roster',
  title: '人员编制划转名册',
  perPerson: false,
  fits: ({ lines }) => lines > 0,
  pdf(context) {
    const people = officialTable({
      ...headOf(roster.title, context),
      columns: PEOPLE.map(({ header, width }) => ({ label: header, width, align: 'center' })),
      rows: peopleRows(context),
      landscape: true,
      unitLineRight: '单位：人',
      signatures: ['划出单位（盖章）', '划入单位（盖章）', '机构编制部门（盖章）'],
    })
    const seats = seatRows(context)
    if (seats.length === 0) return people
    const total = seatsOf(context).reduce((sum, { quantity }) => sum + quantity, 0)
    const vacant = officialTable({
      ...headOf(roster.title, context),
      title: '空编划转表',
      columns: SEATS.map((label) => ({ label, align: 'center' })),
      rows: seats,
      totals: ['合计', '', '', '', '', total],
      unitLineRight: '单位：名',
      signatures: ['划出单位（盖章）', '划入单位（盖章）', '机构编制部门（盖章）'],
    })
    return combinePages(`${roster.title} ${context.batch.number}`, [people, vacant])
  },
  register(context) {
    return {
      title: `${roster.title}（${context.batch.number}）`,
      sheets: [
        {
          name: '人员',
          columns: PEOPLE.map(({ header, cells }, index) => ({
            header,
            width: cells,
            kind: index === 0 ? 'number' : 'text',
          })),
          rows: peopleRows(context),
        },
        {
          name: '空编',
          columns: SEATS.map((header, index) => ({
            header,
            width: 18,
            kind: index === 0 || index === 5 ? 'number' : 'text',
          })),
          rows: seatRows(context),
        },
      ],
    }
  },
}

function peopleRows(context: PaperContext) {
  return peopleOf(context).map((line, index) => [
    index + 1,
    line.personName,
    sexText(line),
    context.identityOf(line),
    yearMonth(line.birthOn),
    yearMonth(line.workStartedOn),
    line.fromUnitName,
    line.fromPostName,
    gradeText(line),
    termsText(line),
    KIND_TEXT[line.kind],
    line.toUnitName,
    line.toDepartmentName,
    line.toPostName,
  ])
}

function seatRows(context: PaperContext) {
  return seatsOf(context).map((line, index) => [
    index + 1,
    line.fromUnitName,
    line.toUnitName,
    fundingText(line),
    categoryText(line),
    line.quantity,
  ])
}
