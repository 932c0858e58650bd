import { spellingOf } from '#organization/domain/code_table'
import type { AssetCounts, DivestitureCertificate } from '#shared/certificates/divestiture'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import { longDate } from '#shared/dates'
import { tableYuan } from '#shared/money'
import type { Register } from '#shared/spreadsheets/register_writer'
import { CATEGORY_TEXTS, PURPOSE_TEXTS } from '../domain/asset_codes.js'
import type { AssetCategory } from '../domain/assets.js'
import type { DivestitureLine, DivestitureRow } from '../queries/divestitures.js'

const category = (code: string) => spellingOf(CATEGORY_TEXTS, code as AssetCategory)
const cells = ({ items, originalFen, netFen }: AssetCounts) => [
  String(items),
  tableYuan(originalFen),
  tableYuan(netFen),
]

/** The certificate of a division: what each unit held before and holds after, equal in its sums. */
export function divestiturePaper(
  { body, sums, hash }: DivestitureCertificate,
  date: string
): PdfDocument {
  const counted = (group: string) => [
    { label: '项数', group, width: 36, align: 'right' as const },
    { label: '原值', group, width: 92, align: 'right' as const },
    { label: '净值', group, width: 92, align: 'right' as const },
  ]
  const { batch, auditHead } = body
  return officialTable({
    title: '资产剥离守恒证书',
    subtitle: batch.title,
    documentNo: `${batch.number}（${batch.documentNo}）`,
    unitLine: `生效日期：${longDate(batch.effectiveDate, 'zh-CN')}`,
    unitLineRight: '单位：项、元',
    landscape: true,
    columns: [
      { label: '单位' },
      { label: '资产类别', width: 84, align: 'center' },
      ...counted('剥离前'),
      ...counted('剥离后'),
      { label: '核对', width: 36, align: 'center' },
    ],
    rows: [
      ...body.rows.map((row) => [
        row.unit.name,
        category(row.category),
        ...cells(row.before),
        ...cells(row.after),
        '',
      ]),
      ...sums.map((sum) => [
        '小计',
        category(sum.category),
        ...cells(sum.before),
        ...cells(sum.after),
        equal(sum.before, sum.after) ? '相等' : '不等',
      ]),
    ],
    totals: [
      '合计',
      '',
      ...cells(total(sums.map(({ before }) => before))),
      ...cells(total(sums.map(({ after }) => after))),
      equal(total(sums.map((sum) => sum.before)), total(sums.map((sum) => sum.after)))
        ? '相等'
        : '不等',
    ],
    signatures: ['移交单位', '接收单位', '监交人'],
    notes: [
      '经逐项核对，剥离前后各类资产的项数、原值、净值合计相等，无资产遗漏，无资产流失。',
      `本证书 SHA-256：${grouped(hash)}`,
      `审计日志第 ${auditHead.seq} 条 SHA-256：${grouped(auditHead.hash)}`,
      '校验方法：下载本证书的 JSON 文件，运行 node ace certificate:check --file 文件名，任一数字改动均会被发现。',
      `出具日期：${longDate(date, 'zh-CN')}`,
    ],
  })
}

/** The certificate as a workbook, and every asset with its way. */
export function divestitureRegister(
  row: DivestitureRow,
  { body, sums, hash }: DivestitureCertificate,
  lines: readonly DivestitureLine[]
): Register {
  const text = (header: string, width = 14) => ({ header, width })
  const counted = (group: string) => [
    { header: `${group}项数`, width: 10, kind: 'number' as const },
    { header: `${group}原值`, width: 16, kind: 'money_fen' as const },
    { header: `${group}净值`, width: 16, kind: 'money_fen' as const },
  ]
  const values = ({ items, originalFen, netFen }: AssetCounts) => [items, originalFen, netFen]
  return {
    title: `资产剥离守恒证书（${row.number}）`,
    sheets: [
      {
        name: '剥离前后对照',
        columns: [text('单位', 26), text('资产类别'), ...counted('剥离前'), ...counted('剥离后')],
        rows: body.rows.map((one) => [
          one.unit.name,
          category(one.category),
          ...values(one.before),
          ...values(one.after),
        ]),
      },
      {
        name: '合计',
        columns: [text('资产类别'), ...counted('剥离前'), ...counted('剥离后')],
        rows: sums.map((sum) => [
          category(sum.category),
          ...values(sum.before),
          ...values(sum.after),
        ]),
      },
      {
        name: '资产明细',
        columns: [
          text('资产编号', 18),
          text('资产名称', 28),
          text('资产类别'),
          text('用途'),
          text('原单位', 26),
          text('去向', 26),
          { header: '原值', width: 16, kind: 'money_fen' },
          { header: '净值', width: 16, kind: 'money_fen' },
          text('说明', 30),
        ],
        rows: lines.map((line) => [
          line.code,
          line.name,
          category(line.category),
          spellingOf(PURPOSE_TEXTS, line.purpose),
          line.fromUnitName,
          line.side === 'company' ? row.companyName : row.centreName,
          line.originalFen,
          line.netFen,
          line.reason,
        ]),
      },
      {
        name: '校验',
        columns: [text('项目', 20), text('内容', 70)],
        rows: [
          ['剥离事项', body.batch.title],
          ['批准文号', body.batch.documentNo],
          ['生效日期', body.batch.effectiveDate],
          ['证书 SHA-256', hash],
          ['审计日志序号', String(body.auditHead.seq)],
          ['审计日志 SHA-256', body.auditHead.hash],
        ],
      },
    ],
  }
}

function total(list: readonly AssetCounts[]): AssetCounts {
  return list.reduce(
    (sum, one) => ({
      items: sum.items + one.items,
      originalFen: sum.originalFen + one.originalFen,
      netFen: sum.netFen + one.netFen,
    }),
    { items: 0, originalFen: 0, netFen: 0 }
  )
}

function equal(a: AssetCounts, b: AssetCounts): boolean {
  return a.items === b.items && a.originalFen === b.originalFen && a.netFen === b.netFen
}

/** Eight groups of eight, to be compared by eye. */
function grouped(hash: string): string {
  return (hash.match(/.{8}/g) ?? [hash]).join(' ')
}
