import { combinePages } from '#shared/documents/definition'
import { officialForm } from '#shared/documents/official_form'
import { officialTable } from '#shared/documents/official_table'
import type { NamedLine } from '../queries/lines.js'
import { groupLines, peopleOf, text, type Paper, type PaperContext } from './paper_context.js'

/** Names that fit the form; more are in the list behind it. */
const NAMES_ON_FORM = 40

/** 干部档案转递单: one for each pair of units, the list of persons behind it, a receipt below. */
export const archive: Paper = {
  name: 'archive',
  title: '干部档案转递单',
  perPerson: false,
  fits: ({ people }) => people > 0,
  pdf(context) {
    const pages = pairs(context).flatMap((lines, index) => [
      slip(context, lines, index + 1),
      list(context, lines, index + 1),
    ])
    return combinePages(`${archive.title} ${context.batch.number}`, pages)
  },
  register(context) {
    return {
      title: `${archive.title}清单（${context.batch.number}）`,
      sheets: [
        {
          name: '档案',
          columns: [
            text('转递单号', 22),
            text('姓名', 10),
            text('身份证号', 22),
            text('转出单位', 24),
            text('转入单位', 24),
            text('正本（卷）', 10),
            text('副本（卷）', 10),
            text('材料（份）', 10),
          ],
          rows: pairs(context).flatMap((lines, index) =>
            lines.map((line) => [
              numberOf(context, index + 1),
              line.personName,
              context.identityOf(line),
              line.fromUnitName,
              line.toUnitName,
              null,
              null,
              null,
            ])
          ),
        },
      ],
    }
  },
}

function pairs(context: PaperContext): NamedLine[][] {
  return groupLines(peopleOf(context), (line) => `${line.fromUnitId}/${line.toUnitId}`)
}

function slip(context: PaperContext, lines: NamedLine[], number: number) {
  const [{ fromUnitName, toUnitName }] = lines
  const names = lines.map(({ personName }) => personName).join('、')
  const count = `${lines.length}人`
  return officialForm({
    title: archive.title,
    unitLine: `批文：${context.batch.documentNo ?? ''}`,
    unitLineRight: `编号：${numberOf(context, number)}`,
    paragraphs: [`${toUnitName}：兹将${count}的档案材料转去，请按清单查收，并将回执退回。`],
    rows: [
      [
        { label: '转出单位', value: fromUnitName },
        { label: '转入单位', value: toUnitName },
      ],
      [
        { label: '转递原因', value: context.batch.title },
        { label: '人数', value: count },
      ],
      [
        { label: '正本（卷）', value: null },
        { label: '副本（卷）', value: null },
        { label: '材料（份）', value: null },
      ],
      [{ label: '姓名', value: lines.length <= NAMES_ON_FORM ? names : '见后附清单', lines: 5 }],
    ],
    signatures: ['经办人', '审核人'],
    issuer: fromUnitName,
    receipt: {
      title: '回　执',
      paragraphs: [
        `${fromUnitName}：你单位${numberOf(context, number)}转递单所列${count}的档案材料已经收到，经核对无误。`,
      ],
      issuer: toUnitName,
    },
  })
}

function list(context: PaperContext, lines: NamedLine[], number: number) {
  return officialTable({
    title: '干部档案转递清单',
    documentNo: numberOf(context, number),
    unitLine: `${lines[0].fromUnitName} → ${lines[0].toUnitName}`,
    columns: [
      { label: '序号', width: 30, align: 'center' },
      { label: '姓名', width: 70, align: 'center' },
      { label: '身份证号', width: 130, align: 'center' },
      { label: '正本（卷）', align: 'center' },
      { label: '副本（卷）', align: 'center' },
      { label: '材料（份）', align: 'center' },
      { label: '备注' },
    ],
    rows: lines.map((line, index) => [
      index + 1,
      line.personName,
      context.identityOf(line),
      null,
      null,
      null,
      null,
    ]),
    signatures: ['移交人', '接收人'],
  })
}

function numberOf({ batch }: PaperContext, number: number): string {
  return `${batch.number}-档${number}`
}
