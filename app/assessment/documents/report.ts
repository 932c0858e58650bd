import type { I18n } from '@adonisjs/i18n'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable, type PaperColumn } from '#shared/documents/official_table'
import type { Register } from '#shared/spreadsheets/register_writer'
import { shownFigure } from '../domain/figures.js'
import type { AssessmentRow } from '../queries/assessments.js'
import { sourceLabel } from '../queries/measures.js'
import { scoreIn, type UnitResult } from '../queries/results.js'
import type { IndicatorRow, SheetRow } from '../queries/sheets.js'

export interface Report {
  assessment: AssessmentRow
  sheet: SheetRow
  indicators: readonly IndicatorRow[]
  results: readonly UnitResult[]
}

const QUARTERS = ['一', '二', '三', '四']
const KINDS = { accountability: '责任考核', progress: '跟踪测评', outcome: '效果评估' }
const STATES: Partial<Record<AssessmentRow['state'], string>> = {
  published: '',
  replaced: '（已被更正）',
}

/** 通报: one line a unit with its points by indicator, the cards and the total. */
export function reportPaper({ assessment, sheet, indicators, results }: Report): PdfDocument {
  const { year, quarter, kind, revision } = assessment
  const points = { width: 48, align: 'right' as const }
  const columns: PaperColumn[] = [
    { label: '名次', width: 32, align: 'center' },
    { label: '单位' },
    ...indicators.map((indicator) => ({
      label: `${indicator.name}（${shownFigure(indicator.weight)}）`,
      width: Math.max(36, Math.min(64, 420 / indicators.length)),
      align: 'right' as const,
      group: '各项指标得分',
    })),
    { label: '小计', ...points },
    { label: '黄牌', width: 32, align: 'right' },
    { label: '红牌', width: 32, align: 'right' },
    { label: '得分', ...points },
  ]
  return officialTable({
    title: `${year}年第${QUARTERS[quarter - 1]}季度${KINDS[kind]}结果`,
    subtitle: [sheet.title, STATES[assessment.state] ?? '（征求意见稿）'].join(''),
    documentNo: sheet.documentNo ?? undefined,
    unitLine: `数据截至：${assessment.readOn ?? '—'}${revision > 1 ? `；第${revision}版` : ''}`,
    unitLineRight: '单位：分',
    landscape: true,
    columns,
    rows: results.map((result) => [
      result.rank === null ? '—' : String(result.rank),
      result.unitName,
      ...indicators.map((indicator) => pointsIn(result, indicator)),
      shownFigure(result.base),
      String(result.yellow),
      String(result.red),
      shownFigure(result.score),
    ]),
    signatures: ['填表人', '审核人', '领导小组办公室'],
    notes: notesOf(assessment, sheet),
  })
}

function notesOf(assessment: AssessmentRow, sheet: SheetRow): string[] {
  const cards = `黄牌每张扣${shownFigure(sheet.yellowPoints)}分，红牌每张扣${shownFigure(sheet.redPoints)}分；“—”为不适用，其分值由其余指标按比例承担。`
  return [
    ...(assessment.reason ? [`更正原因：${assessment.reason}`] : []),
    ...(assessment.summary ? [`综合评价：${assessment.summary}`] : []),
    `注：${cards}`,
  ]
}

function pointsIn(result: UnitResult, indicator: IndicatorRow): string {
  return shownFigure(scoreIn(result, indicator).score)
}

/** The result, and every value behind it with target, source, origin and evidence. */
export function reportRegister(report: Report, i18n: I18n): Register {
  const { assessment, indicators, results } = report
  const t = (key: string, params?: Record<string, string | number>) => i18n.t(key, params)
  const field = (name: string) => t(`assessment.fields.${name}`)
  const number = (header: string, width = 12) => ({ header, kind: 'number' as const, width })
  const part = (value: number | null) => (value === null ? null : value / 100)
  const { year, quarter, kind } = assessment
  return {
    title: t('assessment.title', { year, quarter, kind: t(`assessment.kinds.${kind}`) }),
    sheets: [
      {
        name: t('assessment.pages.results'),
        columns: [
          number(field('rank'), 8),
          { header: t('shared.words.unit'), width: 28 },
          ...indicators.map(({ name }) => number(name, 16)),
          number(field('base')),
          number(field('yellow'), 8),
          number(field('red'), 8),
          number(field('score')),
        ],
        rows: results.map((result) => [
          result.rank,
          result.unitName,
          ...indicators.map((indicator) => part(scoreIn(result, indicator).score)),
          part(result.base),
          result.yellow,
          result.red,
          part(result.score),
        ]),
      },
      {
        name: t('assessment.pages.values'),
        columns: [
          { header: t('shared.words.unit'), width: 28 },
          { header: field('indicator'), width: 28 },
          { header: field('source'), width: 20 },
          { header: field('measured_in'), width: 10 },
          number(field('target')),
          number(field('actual')),
          number(field('done'), 10),
          number(field('planned'), 10),
          number(field('weight'), 10),
          number(field('score'), 10),
          { header: field('origin'), width: 24 },
          { header: field('evidence'), width: 40 },
          { header: t('shared.words.document_no'), width: 22 },
        ],
        rows: results.flatMap((result) =>
          indicators.map((indicator) => {
            const score = scoreIn(result, indicator)
            return [
              result.unitName,
              indicator.name,
              t(sourceLabel(indicator.source)),
              indicator.measuredIn,
              part(indicator.target),
              score.applies ? part(score.actual) : null,
              score.done,
              score.planned,
              part(indicator.weight),
              part(score.score),
              score.applies ? score.origin : t('assessment.not_applicable'),
              score.evidence,
              score.documentNo,
            ]
          })
        ),
      },
    ],
  }
}
