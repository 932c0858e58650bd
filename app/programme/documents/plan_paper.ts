import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import type { Light } from '../domain/lights.js'
import { groupsOf, type Grouping } from '../presenters/plan_view.js'
import type { SlipRow } from '../queries/baselines.js'
import type { PlanOnRecord } from '../queries/plan.js'
import { planFigures } from './plan_figures.js'

/** Official papers are Chinese whatever the page's language. */
const LIGHT_WORDS: Record<Light, string> = {
  red: '红',
  yellow: '黄',
  green: '绿',
  grey: '待定',
  done: '完成',
}

/** 里程碑及工作项进度表 as of a civil date: the plan on its calendar, then its table. */
export function planPaper(
  plan: PlanOnRecord,
  rows: readonly SlipRow[],
  { asOf, by }: { asOf: string; by: Grouping }
): PdfDocument {
  const date = { width: 76, align: 'center' as const }
  const title = `${plan.programme.name}进度表`
  const groups = groupsOf(rows, by, new Set(), '其他工作项')
  return officialTable({
    title,
    subtitle: `截至 ${asOf}`,
    documentNo: plan.programme.documentNo ?? undefined,
    unitLine: '填报单位：市媒体融合改革工作领导小组办公室',
    unitLineRight: '单位：工作日',
    paper: 'A3',
    landscape: true,
    figures: planFigures(groups, title, asOf),
    columns: [
      { label: '序号', width: 40, align: 'center' },
      { label: '里程碑、工作项' },
      { label: '牵头单位', width: 190 },
      { label: '工期', width: 40, align: 'right' },
      { label: '规定日期', ...date },
      { label: '预计开始', ...date },
      { label: '预计完成', ...date },
      { label: '时差', width: 40, align: 'right' },
      { label: '较首份基线', width: 68, align: 'right' },
      { label: '状态', width: 44, align: 'center' },
    ],
    rows: rows.map((row) => [
      row.number,
      row.name,
      row.leadUnitName,
      row.kind === 'milestone' ? '—' : String(row.duration),
      row.fixedOn ?? '—',
      row.kind === 'milestone' ? '—' : (row.forecast.start ?? '—'),
      row.forecast.finish ?? '—',
      row.forecast.slack === null ? '—' : String(row.forecast.slack),
      slipWord(row.slip),
      LIGHT_WORDS[row.forecast.light],
    ]),
    signatures: ['制表人', '审核人', '负责人'],
    notes: [
      '图中颜色：红、橙、蓝依次表示红、黄、绿，深灰表示完成，浅灰表示待定。',
      `红：逾期或时差为负；黄：时差少于 ${plan.yellowDays} 个工作日；绿：其余；待定：规定日期相互矛盾，尚未决定，不参与计算。`,
      '时差为不影响规定日期的余量；较首份基线为正表示推迟。均按国务院公布的节假日和调休计算。',
    ],
  })
}

function slipWord(slip: number | null): string {
  if (slip === null) return '—'
  return slip > 0 ? `+${slip}` : String(slip)
}
