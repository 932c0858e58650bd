import { combinePages } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { longDate } from '#shared/dates'
import type { NamedLine } from '../queries/lines.js'
import { monthText, peopleOf, text, type Paper, type PaperContext } from './paper_context.js'

/** 调动通知: to each person, all in one file. */
export const individual: Paper = {
  name: 'individual',
  title: '调动通知',
  perPerson: true,
  fits: ({ people }) => people > 0,
  pdf(context) {
    return combinePages(
      `${individual.title} ${context.batch.number}`,
      peopleOf(context).map((line) => notice(context, line))
    )
  },
  register(context) {
    return {
      title: `${individual.title}送达登记（${context.batch.number}）`,
      sheets: [
        {
          name: '送达登记',
          columns: [
            text('姓名', 10),
            text('原单位', 24),
            text('划入单位', 24),
            text('部门', 18),
            text('岗位', 18),
            { header: '报到日期', width: 12, kind: 'date' },
            text('原单位发放工资至', 16),
            text('新单位起发工资', 16),
            text('本人签收', 14),
          ],
          rows: peopleOf(context).map((line) => [
            line.personName,
            line.fromUnitName,
            line.toUnitName,
            line.toDepartmentName,
            line.toPostName,
            context.batch.effectiveOn,
            monthText(line.paidThrough),
            monthText(line.paidFrom),
            null,
          ]),
        },
      ],
    }
  },
}

function notice({ batch }: PaperContext, line: NamedLine) {
  const place = [line.toDepartmentName, line.toPostName].filter(Boolean).join('')
  const date = longDate(batch.effectiveOn, 'zh-CN')
  const kind = line.kind === 'person_with_quota' ? '连人带编划入' : '调入'
  return officialNotice({
    issuer: line.fromUnitName,
    title: individual.title,
    recipient: `${line.personName}同志`,
    paragraphs: [
      `根据${batch.documentNo ?? '有关批文'}，自${date}起，你由${line.fromUnitName}${kind}${line.toUnitName}${place ? `，安排在${place}岗位工作` : '，具体岗位由划入单位安排'}。`,
      `你的工资由${line.fromUnitName}发放至${monthText(line.paidThrough)}，自${monthText(line.paidFrom)}起由${line.toUnitName}发放；社会保险、住房公积金${line.employmentType === 'establishment' ? '、职业年金' : ''}和档案关系一并转移。`,
      `请于${date}到${line.toUnitName}报到。`,
    ],
    date: batch.effectiveOn,
    seal: true,
  })
}
