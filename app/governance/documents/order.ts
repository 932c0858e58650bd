import type { PdfDocument } from '#shared/documents/definition'
import { officialForm } from '#shared/documents/official_form'
import { civilDate, civilTime } from '#shared/clock'
import { longDate } from '#shared/dates'
import type { ClockStep } from '../domain/supervision.js'
import type { OrderRow } from '../queries/orders.js'

const ISSUER = '市媒体融合改革工作领导小组办公室'

/** 督办单, with a receipt to cut off and send back. */
export function orderPaper(order: OrderRow, steps: readonly ClockStep[]): PdfDocument {
  const at = (step: number) => civilTime(steps[step].dueAt)
  const issued = civilDate(order.issuedAt)
  return officialForm({
    title: '督　办　单',
    unitLine: `承办单位：${order.unitName}`,
    unitLineRight: `编号：${order.number}`,
    rows: [
      [
        { label: '任务编号', value: order.taskNumber },
        { label: '交办时间', value: civilTime(order.issuedAt) },
      ],
      [{ label: '任务', value: order.taskTitle }],
      [{ label: '本单位事项', value: order.content }],
      [{ label: '办理要求', value: order.requirement, lines: 2 }],
      [
        { label: '完成时限', value: longDate(order.deadlineOn, 'zh-CN') },
        { label: '催办时间', value: at(0) },
      ],
      [
        { label: '报联席会议', value: `逾期至 ${at(2)}` },
        { label: '报领导小组', value: `逾期至 ${at(3)}` },
      ],
      [{ label: '办理情况', value: '', lines: 4 }],
      [{ label: '领导批示', value: order.closing ?? '', lines: 2 }],
    ],
    notes: ['时限按工作时间计算，节假日顺延、调休上班计入；办理情况、意见交换不影响计时。'],
    signatures: ['经办人', '审核人', '签发人'],
    issuer: ISSUER,
    date: issued,
    receipt: {
      title: '回　执',
      paragraphs: [
        `《督办单》（${order.number}）已收悉，将于${longDate(order.deadlineOn, 'zh-CN')}前办结。`,
      ],
      issuer: order.unitName,
    },
  })
}
