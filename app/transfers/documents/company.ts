import { officialTable } from '#shared/documents/official_table'
import { tableYuan } from '#shared/money'
import type { NamedLine } from '../queries/lines.js'
import {
  headOf,
  monthText,
  peopleOf,
  termsText,
  text,
  yearMonth,
  type Paper,
  type PaperContext,
} from './paper_context.js'

const NOTE =
  '公司人员的工资由公司发放，本表供公司建立工资关系；空白处由双方据实填写。工作年限连续计算，原单位已支付经济补偿的除外。'

/** 公司人员薪酬移交表: who is paid by a company from now on, with what its pay office starts from. */
export const company: Paper = {
  name: 'company',
  title: '公司人员薪酬移交表',
  perPerson: false,
  fits: ({ toCompanies }) => toCompanies > 0,
  pdf(context) {
    return officialTable({
      ...headOf(company.title, context),
      unitLineRight: '金额单位：元',
      landscape: true,
      columns: [
        { label: '姓名', width: 40, align: 'center' },
        { label: '身份证号', width: 100, align: 'center' },
        { label: '参加工作', width: 46, align: 'center' },
        { label: '原单位' },
        { label: '原身份', width: 34, align: 'center' },
        { label: '公司' },
        { label: '原工资标准', width: 46, align: 'right' },
        { label: '津贴补贴', width: 46, align: 'right' },
        { label: '养老基数', width: 46, align: 'right' },
        { label: '公积金基数', width: 46, align: 'right' },
        { label: '原单位发至', width: 42, align: 'center' },
        { label: '公司起发', width: 42, align: 'center' },
        { label: '经济补偿', width: 40, align: 'center' },
      ],
      rows: linesOf(context).map((line) => {
        const [name, identity, startedOn, ...terms] = factsOf(context, line)
        return [
          name,
          identity,
          yearMonth(startedOn ?? null),
          ...terms,
          ...amountsOf(context, line).map((fen) => (fen === null ? null : tableYuan(fen))),
          yearMonth(line.paidThrough),
          yearMonth(line.paidFrom),
          null,
        ]
      }),
      signatures: ['移交人', '接收人', '原单位（盖章）', '公司（盖章）'],
      notes: [NOTE],
    })
  },
  register(context) {
    const money = (header: string) => ({ header, width: 16, kind: 'money_fen' as const })
    return {
      title: `${company.title}（${context.batch.number}）`,
      sheets: [
        {
          name: '薪酬移交',
          columns: [
            text('姓名', 10),
            text('身份证号', 22),
            text('参加工作', 12),
            text('原单位', 24),
            text('原身份'),
            text('公司', 24),
            ...['原工资标准', '津贴补贴', '养老保险缴费基数', '住房公积金缴存基数'].map(money),
            text('原单位发放至', 14),
            text('公司起发', 14),
            text('经济补偿', 12),
          ],
          rows: linesOf(context).map((line) => [
            ...factsOf(context, line),
            ...amountsOf(context, line),
            ...monthsOf(line),
            null,
          ]),
        },
      ],
    }
  },
}

/** A company pays whoever is its own employee after the move. */
function linesOf(context: PaperContext): NamedLine[] {
  return peopleOf(context).filter(
    ({ toEmploymentType, employmentType }) => (toEmploymentType ?? employmentType) === 'enterprise'
  )
}

function factsOf(context: PaperContext, line: NamedLine) {
  return [
    line.personName,
    context.identityOf(line),
    line.workStartedOn,
    line.fromUnitName,
    termsText(line),
    line.toUnitName,
  ]
}

/** Wage by the standard of the old employment, allowance, bases; not known: a blank. */
function amountsOf({ wages }: PaperContext, line: NamedLine): (number | null)[] {
  const facts = wages.get(line.personId!)
  const { postPayFen = null, stepPayFen = null, contractPayFen = null } = facts ?? {}
  const known = postPayFen !== null || stepPayFen !== null
  const standard = known ? (postPayFen ?? 0) + (stepPayFen ?? 0) : null
  return [
    line.employmentType === 'contract' ? contractPayFen : standard,
    facts?.allowanceFen ?? null,
    facts?.pensionBaseFen ?? null,
    facts?.housingBaseFen ?? null,
  ]
}

const monthsOf = (line: NamedLine) => [monthText(line.paidThrough), monthText(line.paidFrom)]
