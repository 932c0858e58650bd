import { combinePages } from '#shared/documents/definition'
import { officialForm } from '#shared/documents/official_form'
import { formatFen } from '#shared/money'
import type { WageFacts } from '#shared/ports/wage_facts'
import type { NamedLine } from '../queries/lines.js'
import {
  documentText,
  gradeText,
  monthText,
  peopleOf,
  sexText,
  termsText,
  text,
  type Paper,
  type PaperContext,
} from './paper_context.js'

const BLANK: WageFacts = {
  postPayFen: null,
  contractPayFen: null,
  stepPayFen: null,
  step: null,
  allowanceFen: null,
  pensionBaseFen: null,
  housingBaseFen: null,
}

/** 工资关系转移单: one a person, with a receipt. What pay does not know is a ruled blank. */
export const wage: Paper = {
  name: 'wage',
  title: '工资关系转移单',
  perPerson: true,
  fits: ({ people }) => people > 0,
  pdf(context) {
    const forms = peopleOf(context).map((line, index) => wageForm(context, line, index + 1))
    return combinePages(`${wage.title} ${context.batch.number}`, forms)
  },
  register(context) {
    const money = (header: string) => ({ header, width: 14, kind: 'money_fen' as const })
    return {
      title: `${wage.title}汇总（${context.batch.number}）`,
      sheets: [
        {
          name: '工资关系',
          columns: [
            text('姓名', 10),
            text('身份证号', 22),
            text('转出单位', 24),
            text('转入单位', 24),
            text('岗位等级', 12),
            text('编制类型'),
            text('薪级', 8),
            money('岗位工资'),
            money('薪级工资'),
            money('津贴补贴'),
            money('养老保险缴费基数'),
            money('住房公积金缴存基数'),
            text('原单位发放至', 14),
            text('新单位起发', 14),
          ],
          rows: peopleOf(context).map((line) => {
            const facts = context.wages.get(line.personId!) ?? BLANK
            return [
              line.personName,
              context.identityOf(line),
              line.fromUnitName,
              line.toUnitName,
              gradeText(line),
              termsText(line),
              facts.step,
              facts.postPayFen,
              facts.stepPayFen,
              facts.allowanceFen,
              facts.pensionBaseFen,
              facts.housingBaseFen,
              monthText(line.paidThrough),
              monthText(line.paidFrom),
            ]
          }),
        },
      ],
    }
  },
}

function wageForm(context: PaperContext, line: NamedLine, number: number) {
  const facts = context.wages.get(line.personId!) ?? BLANK
  const yuan = (fen: number | null) => (fen === null ? null : formatFen(fen))
  return officialForm({
    title: wage.title,
    unitLine: `批文：${documentText(context)}`,
    unitLineRight: `编号：${context.batch.number}-${number}`,
    rows: [
      [
        { label: '姓名', value: line.personName },
        { label: '性别', value: sexText(line) },
      ],
      [{ label: '身份证号', value: context.identityOf(line) }],
      [
        { label: '转出单位', value: line.fromUnitName },
        { label: '转入单位', value: line.toUnitName },
      ],
      [
        { label: '岗位等级', value: gradeText(line) },
        { label: '编制类型', value: termsText(line) },
      ],
      [
        { label: '岗位工资', value: yuan(facts.postPayFen) },
        { label: '薪级', value: facts.step },
      ],
      [
        { label: '薪级工资', value: yuan(facts.stepPayFen) },
        { label: '津贴补贴', value: yuan(facts.allowanceFen) },
      ],
      [
        { label: '养老基数', value: yuan(facts.pensionBaseFen) },
        { label: '公积金基数', value: yuan(facts.housingBaseFen) },
      ],
      [
        { label: '工资发放至', value: monthText(line.paidThrough) },
        { label: '工资起发', value: monthText(line.paidFrom) },
      ],
      [{ label: '备注', value: null, lines: 2 }],
    ],
    notes: ['每月工资由一个单位发放：转出单位发至所列月份，转入单位自次月起发。'],
    signatures: ['经办人', '审核人'],
    issuer: line.fromUnitName,
    receipt: {
      title: '回　执',
      paragraphs: [
        `${line.fromUnitName}：${line.personName}同志的工资关系转移单已收到，自${monthText(line.paidFrom)}起由我单位发放工资。`,
      ],
      issuer: line.toUnitName,
    },
  })
}
