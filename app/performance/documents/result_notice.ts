import type { PdfDocument } from '#shared/documents/definition'
import { officialForm } from '#shared/documents/official_form'
import { longDate } from '#shared/dates'
import { lastDayOf } from '../domain/population.js'
import type { CardRow } from '../queries/cards.js'
import type { CycleRow } from '../queries/cycles.js'
import { employmentName, ratingName } from './words.js'

/** 考核结果通知书: the written result that the person signs (art. 17). */
export function resultNotice(card: CardRow, cycle: CycleRow, today: string): PdfDocument {
  const { from } = cycle.period
  const period = `${longDate(from, 'zh-CN')}至${longDate(lastDayOf(cycle.period), 'zh-CN')}`
  return officialForm({
    title: '考核结果通知书',
    unitLine: `考核：${cycle.title}`,
    unitLineRight: `编号：${cycle.number}-${String(card.id).padStart(5, '0')}`,
    rows: [
      [
        { label: '姓名', value: card.personName },
        { label: '用工', value: employmentName(card.employmentType) },
      ],
      [
        { label: '单位', value: card.unitName },
        { label: '部门', value: card.departmentName },
      ],
      [
        { label: '岗位', value: card.postName },
        { label: '考核期', value: period },
      ],
      [
        { label: '工作量分', value: card.quantity },
        { label: '质量分', value: card.quality },
      ],
      [
        { label: '加减分', value: card.adjustment },
        { label: '出勤率', value: card.attendance },
      ],
      [
        { label: '得分', value: card.score },
        { label: '考核档次', value: ratingName(card.rating) },
      ],
      [{ label: '本人意见', value: opinionOf(card), lines: 4 }],
    ],
    notes: [
      `依据：${cycle.documentNo}；集体研究：${cycle.decisionDocumentNo ?? '—'}。`,
      cycle.appealTo
        ? `对基本合格、不合格档次不服的，可在${longDate(cycle.appealTo, 'zh-CN')}前提出申诉。`
        : '对基本合格、不合格档次不服的，可在规定期限内提出申诉。',
    ],
    signatures: ['本人签字', '考核机构负责人'],
    issuer: cycle.unitName,
    date: today,
  })
}

function opinionOf(card: CardRow): string {
  if (card.signedAt === null) return ''
  const word = card.signedAgreed ? '同意' : '不同意'
  return card.signComment ? `${word}。${card.signComment}` : word
}
