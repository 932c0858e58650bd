import type { I18n } from '@adonisjs/i18n'
import type { PdfDocument } from '#shared/documents/definition'
import { officialTable } from '#shared/documents/official_table'
import { tableYuan } from '#shared/money'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { LineFigures } from '../domain/movements.js'
import { totalOf, type FundRow, type LineRow } from '../queries/funds.js'
import type { MovementRow } from '../queries/movements.js'

/** 专项资金使用情况表, as of a civil date. */
export function fundStatement(fund: FundRow, lines: readonly LineRow[], asOf: string): PdfDocument {
  const figures = (row: LineFigures) => [
    tableYuan(row.budget),
    tableYuan(row.released),
    tableYuan(row.committed),
    tableYuan(row.paid),
    tableYuan(row.released - row.committed),
    row.budget > 0 ? `${((row.paid / row.budget) * 100).toFixed(1)}%` : '—',
  ]
  const money = { width: 84, align: 'right' as const }
  return officialTable({
    title: `${fund.name}使用情况表`,
    subtitle: `截至 ${asOf}`,
    documentNo: fund.documentNo,
    unitLine: `项目单位：${fund.unitName}；资金来源：${fund.source}`,
    unitLineRight: '单位：元',
    landscape: true,
    columns: [
      { label: '序号', width: 30, align: 'center' },
      { label: '预算项目' },
      { label: '预算', ...money },
      { label: '已下达', ...money },
      { label: '合同金额', ...money },
      { label: '已支付', ...money },
      { label: '可用余额', ...money },
      { label: '执行率', width: 50, align: 'right' },
    ],
    rows: lines.map((line) => [String(line.lineNo), line.name, ...figures(line)]),
    totals: ['', '合计', ...figures(totalOf(lines))],
    signatures: ['制表人', '财务负责人', '单位负责人'],
    notes: ['可用余额为已下达资金减去合同金额；执行率为已支付占预算的比例。'],
  })
}

const COLUMNS = ['budget', 'released', 'committed', 'paid'] as const

/** The lines with their figures, and every movement that made them. */
export function fundRegister(
  fund: FundRow,
  lines: readonly LineRow[],
  movements: readonly MovementRow[],
  i18n: I18n
): Register {
  const t = (key: string) => i18n.t(key)
  const figures = (row: LineFigures) => COLUMNS.map((name) => row[name])
  return {
    title: fund.name,
    sheets: [
      {
        name: t('funds.fields.line'),
        columns: [
          { header: t('funds.fields.line_no'), kind: 'number', width: 8 },
          { header: t('funds.fields.line'), width: 32 },
          ...COLUMNS.map((name) => ({
            header: t(`funds.figures.${name}`),
            kind: 'money_fen' as const,
            width: 18,
          })),
        ],
        rows: [
          ...lines.map((line) => [line.lineNo, line.name, ...figures(line)]),
          ['', t('shared.words.total'), ...figures(totalOf(lines))],
        ],
      },
      {
        name: t('funds.pages.movements'),
        columns: [
          { header: t('funds.fields.number'), width: 16 },
          { header: t('funds.fields.happens_on'), kind: 'date', width: 12 },
          { header: t('funds.fields.kind'), width: 10 },
          { header: t('funds.fields.line'), width: 28 },
          { header: t('funds.fields.amount'), kind: 'money_fen', width: 18 },
          { header: t('funds.fields.payee'), width: 28 },
          { header: t('funds.fields.purpose'), width: 36 },
          { header: t('funds.fields.document_id'), width: 24 },
          { header: t('shared.words.state'), width: 12 },
          { header: t('funds.fields.prepared_by'), width: 12 },
          { header: t('funds.fields.decided_by'), width: 12 },
        ],
        rows: movements.map((row) => [
          row.number,
          row.happensOn,
          t(`funds.kinds.${row.kind}`),
          row.lineName,
          row.amountFen,
          row.payee,
          row.purpose,
          row.documentNo,
          t(`funds.states.${row.state}`),
          row.preparedByName,
          row.decidedByName,
        ]),
      },
    ],
  }
}
