import { spellingOf } from '#organization/domain/code_table'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import { longDate } from '#shared/dates'
import { tableYuan } from '#shared/money'
import type { Register } from '#shared/spreadsheets/register_writer'
import {
  CATEGORY_TEXTS,
  CONDITION_TEXTS,
  NOBODY,
  PURPOSE_TEXTS,
  RESULT_TEXTS,
} from '../domain/asset_codes.js'
import type { Condition, CountedFacts, Purpose } from '../domain/assets.js'
import type { CountLine, CountRow } from '../queries/counts.js'

const DIFFERENCES: Record<string, string> = {
  place: '地点',
  custodian: '保管人',
  purpose: '用途',
  condition: '状况',
}

const purposeText = (code: string | null) =>
  code ? spellingOf(PURPOSE_TEXTS, code as Purpose) : ''
const conditionText = (code: string | null) =>
  code ? spellingOf(CONDITION_TEXTS, code as Condition) : ''

/** What was found, in words: 相符, 盘亏, 盘盈, or which facts differ and how they are now. */
export function findingText(line: CountLine): string {
  if (line.result === 'todo') return ''
  if (line.result !== 'found' || line.differences.length === 0) {
    return spellingOf(RESULT_TEXTS, line.result)
  }
  return line.differences
    .map((name) => `${DIFFERENCES[name]}不符：${factText(line.counted, name) || '空'}`)
    .join('；')
}

function factText(facts: CountedFacts, name: string): string {
  if (name === 'purpose') return purposeText(facts.purpose)
  if (name === 'condition') return conditionText(facts.condition)
  return facts[name as 'place' | 'custodian'] ?? ''
}

/** 资产清查盘点表: lines that are not counted yet have room to write. */
export function countSheet(count: CountRow, lines: readonly CountLine[]): PdfDocument {
  const total = (pick: (line: CountLine) => number) =>
    lines.reduce((sum, line) => sum + pick(line), 0)
  return officialTable({
    title: '资产清查盘点表',
    subtitle: `清查基准日 ${count.asOf}`,
    documentNo: count.number,
    unitLine: `清查单位：${count.unitName}`,
    unitLineRight: '单位：元',
    landscape: true,
    columns: [
      { label: '序号', width: 24, align: 'center' },
      { label: '资产编号', width: 54 },
      { label: '资产名称' },
      { label: '类别', width: 50, align: 'center' },
      { label: '原值', width: 62, align: 'right' },
      { label: '净值', width: 62, align: 'right' },
      { label: '账面：地点、保管人、用途', width: 112 },
      { label: '盘点结果', width: 84 },
      { label: '差异说明', width: 76 },
    ],
    rows: lines.map((line, index) => [
      String(index + 1),
      line.assetCode ?? '（账外）',
      line.name,
      spellingOf(CATEGORY_TEXTS, line.category),
      tableYuan(line.originalFen),
      tableYuan(line.netFen),
      [line.book.place, line.book.custodian, purposeText(line.book.purpose)]
        .filter(Boolean)
        .join('、'),
      findingText(line),
      line.explanation,
    ]),
    totals: [
      '',
      '',
      `合计（${lines.length}项）`,
      '',
      tableYuan(total(({ originalFen }) => originalFen)),
      tableYuan(total(({ netFen }) => netFen)),
      '',
      `差异 ${count.differences} 项`,
      '',
    ],
    signatures: ['盘点人', '监盘人', '财务负责人', '单位负责人'],
    notes: ['盘亏为账面有而实物无，盘盈为实物有而账面无；差异经审核后调整台账。'],
  })
}

/** The sheet that is filled in and imported again: its headers are those of the import. */
export function countRegister(count: CountRow, lines: readonly CountLine[]): Register {
  const text = (header: string, width = 16) => ({ header, width })
  const money = (header: string) => ({ header, width: 16, kind: 'money_fen' as const })
  return {
    title: `资产清查盘点表（${count.number}，${count.unitName}，截至${longDate(count.asOf, 'zh-CN')}）`,
    sheets: [
      {
        name: '盘点表',
        columns: [
          text('资产编号'),
          text('资产名称', 28),
          text('资产类别'),
          money('原值'),
          money('净值'),
          text('账面地点', 24),
          text('实际地点', 24),
          text('账面保管人'),
          text('实际保管人'),
          text('账面用途'),
          text('实际用途'),
          text('账面状况'),
          text('实际状况'),
          text('盘点结果', 12),
          text('差异说明', 32),
          text('与账面差异', 32),
        ],
        rows: lines.map((line) => [
          line.assetCode ?? '账外',
          line.name,
          spellingOf(CATEGORY_TEXTS, line.category),
          line.originalFen,
          line.netFen,
          line.book.place,
          countedText(line, 'place'),
          line.book.custodian,
          countedText(line, 'custodian'),
          purposeText(line.book.purpose),
          purposeText(line.counted.purpose),
          conditionText(line.book.condition),
          conditionText(line.counted.condition),
          resultText(line),
          line.explanation,
          line.differences.length ? findingText(line) : '',
        ]),
      },
    ],
  }
}

function resultText({ result, differences }: CountLine): string {
  if (result === 'todo') return ''
  return result === 'found' && differences.length ? '不符' : spellingOf(RESULT_TEXTS, result)
}

/** Empty means as the book has it; where the book has something and nothing was found: 无. */
function countedText({ result, book, counted }: CountLine, name: 'place' | 'custodian') {
  return result === 'found' && book[name] && !counted[name] ? NOBODY : counted[name]
}
