import { officialTable } from '#shared/documents/official_table'
import { tableYuan } from '#shared/money'
import {
  headOf,
  monthText,
  peopleOf,
  termsText,
  text,
  type Paper,
  type PaperContext,
} from './paper_context.js'

/** What is transferred, by employment: annuity is the establishment's alone. */
const ESTABLISHMENT_SCHEMES = '机关事业单位养老保险、职业年金、医疗、失业、工伤、住房公积金'
const CONTRACT_SCHEMES = '企业职工养老保险、医疗、失业、工伤、住房公积金'

/** 社会保险、住房公积金、职业年金转移清单 */
export const insurance: Paper = {
  name: 'insurance',
  title: '社会保险、住房公积金和职业年金关系转移清单',
  perPerson: false,
  fits: ({ people }) => people > 0,
  pdf(context) {
    return officialTable({
      ...headOf(insurance.title, context),
      unitLineRight: '金额单位：元',
      landscape: true,
      columns: [
        { label: '序号', width: 26, align: 'center' },
        { label: '姓名', width: 44, align: 'center' },
        { label: '身份证号', width: 104, align: 'center' },
        { label: '转出单位' },
        { label: '转入单位' },
        { label: '编制类型', width: 44, align: 'center' },
        { label: '转移项目', width: 130 },
        { label: '养老基数', width: 48, align: 'right' },
        { label: '公积金基数', width: 52, align: 'right' },
        { label: '原单位缴至', width: 52, align: 'center' },
        { label: '新单位起缴', width: 52, align: 'center' },
      ],
      rows: rowsOf(context).map((row) =>
        row.map((value, index) =>
          (index === 7 || index === 8) && typeof value === 'number' ? tableYuan(value) : value
        )
      ),
      signatures: ['经办人', '审核人', '转出单位（盖章）', '转入单位（盖章）'],
      notes: ['缴费月份与工资发放月份一致，前后衔接，不重不漏。空白处由经办人据实填写。'],
    })
  },
  register(context) {
    return {
      title: `${insurance.title}（${context.batch.number}）`,
      sheets: [
        {
          name: '转移清单',
          columns: [
            { header: '序号', width: 6, kind: 'number' },
            text('姓名', 10),
            text('身份证号', 22),
            text('转出单位', 24),
            text('转入单位', 24),
            text('编制类型'),
            text('转移项目', 50),
            { header: '养老基数', width: 12, kind: 'money_fen' },
            { header: '公积金基数', width: 12, kind: 'money_fen' },
            text('原单位缴至', 14),
            text('新单位起缴', 14),
          ],
          rows: rowsOf(context),
        },
      ],
    }
  },
}

function rowsOf(context: PaperContext) {
  return peopleOf(context).map((line, index) => {
    const facts = context.wages.get(line.personId!)
    return [
      index + 1,
      line.personName,
      context.identityOf(line),
      line.fromUnitName,
      line.toUnitName,
      termsText(line),
      line.employmentType === 'establishment' ? ESTABLISHMENT_SCHEMES : CONTRACT_SCHEMES,
      facts?.pensionBaseFen ?? null,
      facts?.housingBaseFen ?? null,
      monthText(line.paidThrough),
      monthText(line.paidFrom),
    ]
  })
}
