import type { I18n } from '@adonisjs/i18n'
import type { PdfDocument } from '#shared/documents/definition'
import { officialNotice } from '#shared/documents/official_notice'
import { officialTable } from '#shared/documents/official_table'
import { longDate } from '#shared/dates'
import type { Register } from '#shared/spreadsheets/register_writer'
import { Exact } from '#shared/formulas/formula'
import { lastDayOf } from '../domain/population.js'
import { caseTexts } from '../presenters/cases.js'
import type { CardRow } from '../queries/cards.js'
import type { CycleRow, QuotaRow } from '../queries/cycles.js'
import { employmentName, ratingName } from './words.js'

const fixed = (text: string | null, places: number) =>
  text === null ? '—' : Exact.from(text).toFixed(places)

/** 考核结果汇总表, to sign. */
export function resultsTable(
  cycle: CycleRow,
  cards: readonly CardRow[],
  quotas: readonly QuotaRow[]
): PdfDocument {
  const figure = { width: 52, align: 'right' as const }
  return officialTable({
    title: `${cycle.unitName}${cycle.title}结果汇总表`,
    subtitle: `${longDate(cycle.period.from, 'zh-CN')}至${longDate(lastDayOf(cycle.period), 'zh-CN')}`,
    documentNo: cycle.documentNo,
    unitLine: `填报单位：${cycle.unitName}`,
    unitLineRight: `编号：${cycle.number}`,
    landscape: true,
    columns: [
      { label: '序号', width: 30, align: 'center' },
      { label: '姓名', width: 52 },
      { label: '单位' },
      { label: '部门' },
      { label: '岗位' },
      { label: '用工', width: 34, align: 'center' },
      { label: '工作量分', ...figure },
      { label: '质量分', ...figure },
      { label: '加减分', ...figure },
      { label: '得分', ...figure },
      { label: '档次', width: 62, align: 'center' },
    ],
    rows: cards.map((card, index) => [
      String(index + 1),
      card.personName,
      card.unitName,
      card.departmentName,
      card.postName,
      employmentName(card.employmentType),
      fixed(card.quantity, 2),
      fixed(card.quality, 2),
      fixed(card.adjustment, 2),
      fixed(card.score, 2),
      ratingName(card.rating),
    ]),
    signatures: ['填表人', '人事负责人', '单位负责人'],
    notes: quotas.map(quotaNote),
  })
}

function quotaNote({ employmentType, base, cap, used }: QuotaRow): string {
  const type = employmentName(employmentType)
  return cap === null
    ? `${type}人员：基数 ${base} 人，优秀 ${used} 人（按单位办法）。`
    : `${type}人员：基数 ${base} 人，优秀名额 ${cap} 人，评定 ${used} 人${used > cap ? `，超出 ${used - cap} 人` : ''}。`
}

/** 公示 of the proposed 优秀. */
export function publicityNotice(cycle: CycleRow, cards: readonly CardRow[]): PdfDocument {
  const excellent = cards.filter(({ rating }) => rating === 'excellent')
  const places = Map.groupBy(excellent, ({ unitName, departmentName }) =>
    [unitName, departmentName].filter(Boolean).join(' ')
  )
  return officialNotice({
    issuer: cycle.unitName,
    title: `关于${cycle.title}拟定优秀档次人选的公示`,
    paragraphs: [
      `根据${cycle.documentNo}，经集体研究${cycle.decisionDocumentNo ? `（${cycle.decisionDocumentNo}）` : ''}，拟确定以下 ${excellent.length} 名同志${cycle.title}为优秀档次，现予公示：`,
      ...[...places].map(
        ([place, list]) => `${place}：${list.map(({ personName }) => personName).join('、')}`
      ),
      `公示时间：${longDate(cycle.publicityFrom!, 'zh-CN')}至${longDate(cycle.publicityTo!, 'zh-CN')}。对公示人选有异议的，请在公示期内向人事部门实名反映。`,
    ],
    date: cycle.publicityFrom!,
    seal: true,
  })
}

/** The results as a workbook: exactly the people of the filter. */
export function resultsRegister(cycle: CycleRow, cards: readonly CardRow[], i18n: I18n): Register {
  const column = (name: string, width: number) => ({
    header: i18n.t(`performance.fields.${name}`),
    width,
  })
  const code = (group: string, value: string | null) =>
    value ? i18n.t(`shared.${group}.${value}`) : null
  return {
    title: cycle.title,
    sheets: [
      {
        name: i18n.t('performance.pages.results'),
        columns: [
          column('person', 12),
          column('unit', 22),
          column('department', 18),
          column('post', 18),
          column('nature', 10),
          column('employment_type', 10),
          column('coefficient', 12),
          column('front_line', 10),
          column('outlook', 20),
          column('quantity', 12),
          column('quality', 12),
          column('adjustment', 12),
          column('attendance', 10),
          column('score', 12),
          column('rating', 14),
          column('signed', 12),
          column('cases', 50),
        ],
        rows: cards.map((card) => [
          card.personName,
          card.unitName,
          card.departmentName,
          card.postName,
          code('nature', card.nature),
          code('employment', card.employmentType),
          card.coefficient,
          i18n.t(card.frontLine ? 'shared.words.yes' : 'shared.words.no'),
          i18n.t(`performance.outlooks.${card.outlook}`),
          card.quantity,
          card.quality,
          card.adjustment,
          card.attendance,
          card.score,
          card.rating ? i18n.t(`performance.ratings.${card.rating}`) : null,
          card.signedAt
            ? i18n.t(`performance.words.${card.signedAgreed ? 'agreed' : 'disagreed'}`)
            : null,
          caseTexts(card.cases, i18n).join('；'),
        ]),
      },
    ],
  }
}
