import type { Certificate, Counts } from '#shared/certificates/format'
import type { Register } from '#shared/spreadsheets/register_writer'
import { EMPLOYMENT_TYPES, FUNDING_TYPES } from '#organization/domain/codes'
import { spellingOf } from '#organization/domain/code_table'

/** The certificate as a workbook: rows, sums, and what proves them. */
export function certificateRegister(certificate: Certificate): Register {
  const { body, deltas, sums, hash } = certificate
  const text = (header: string, width = 14) => ({ header, width, kind: 'text' as const })
  const number = (header: string) => ({ header, width: 9, kind: 'number' as const })
  const counted = (group: string) =>
    ['人员', '编制', '空编'].map((label) => number(`${group}${label}`))
  const cells = ({ people, quota, vacant }: Counts) => [people, quota, vacant]
  const kind = (row: Pick<Certificate['sums'][number], 'fundingType' | 'employmentType'>) => [
    row.fundingType ? spellingOf(FUNDING_TYPES, row.fundingType) : '—',
    spellingOf(EMPLOYMENT_TYPES, row.employmentType),
  ]
  return {
    title: `编制人员守恒证书（${body.batch.number}）`,
    sheets: [
      {
        name: '划转前后对照',
        columns: [
          text('单位', 26),
          text('经费形式'),
          text('人员类别'),
          ...counted('划转前'),
          ...counted('划转后'),
          ...counted('增减'),
        ],
        rows: body.rows.map((row, index) => [
          row.unit.name,
          ...kind(row),
          ...cells(row.before),
          ...cells(row.after),
          ...cells(deltas[index]),
        ]),
      },
      {
        name: '合计',
        columns: [
          text('经费形式'),
          text('人员类别'),
          ...counted('划转前合计'),
          ...counted('划转后合计'),
        ],
        rows: sums.map((sum) => [...kind(sum), ...cells(sum.before), ...cells(sum.after)]),
      },
      {
        name: '校验',
        columns: [text('项目', 20), text('内容', 70)],
        rows: [
          ['划转事项', body.batch.title],
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
