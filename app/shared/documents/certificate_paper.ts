import { longDate } from '../dates.js'
import { paperTable } from './official_table.js'
import { lineOf, mm, printable, size } from './paper.js'
import type { Certificate, Counts } from '../certificates/format.js'
import type { EmploymentType, FundingType } from '../certificates/format.js'
import type { Margins, PdfDocument, PdfNode } from './definition.js'

const margins: Margins = [mm(20), mm(18), mm(18), mm(17)]

const fundingNames: Record<FundingType, string> = {
  full: '全额拨款',
  partial: '差额拨款',
  self: '自收自支',
}
const employmentNames: Record<EmploymentType, string> = {
  establishment: '在编',
  contract: '编外',
  enterprise: '企业聘用',
}

/**
 * The certificate on paper: facts, before and after with changes, equal sums, the audit log's
 * head, the SHA-256 in groups and how anybody checks it. Issuer and date stand at its place of seal.
 */
export function certificatePaper(
  certificate: Certificate,
  { issuer, date }: { issuer: string; date: string }
): PdfDocument {
  const { batch, auditHead } = certificate.body
  return {
    title: `编制人员守恒证书 ${printable(batch.number)}`,
    sections: [
      {
        margins,
        pageNumbers: 'of_total',
        content: [
          { text: '编制人员守恒证书', fontSize: 22, bold: true, alignment: 'center' },
          {
            text: `编号：${printable(batch.number)}`,
            alignment: 'center',
            margin: [0, 2, 0, mm(5)],
          },
          ...facts(certificate),
          heading('一、划转前后对照', '单位：人、名'),
          rowsTable(certificate),
          together([
            heading('二、合计相等', '单位：人、名'),
            sumsTable(certificate),
            statement(certificate),
          ]),
          together([
            heading('三、校验', ''),
            ...verification(certificate.hash, auditHead),
            signed(issuer, date),
          ]),
        ],
      },
    ],
  }
}

function facts({ body: { batch } }: Certificate): PdfNode[] {
  const line = (label: string, value: string): PdfNode => ({
    columns: [
      { text: `${label}：`, width: 62 },
      { text: printable(value), width: '*' },
    ],
    fontSize: size.smallFour,
    margin: [0, 0, 0, 3],
  })
  return [
    line('划转事项', batch.title),
    line('批准文号', batch.documentNo),
    line('生效日期', longDate(batch.effectiveDate, 'zh-CN')),
  ]
}

const counted = (group: string, width: number) => [
  { label: '人员', group, width, align: 'right' as const },
  { label: '编制', group, width, align: 'right' as const },
  { label: '空编', group, width, align: 'right' as const },
]

function rowsTable({ body, deltas }: Certificate): PdfNode {
  return paperTable(
    {
      columns: [
        { label: '单位' },
        { label: '经费形式', width: 42, align: 'center' },
        { label: '人员类别', width: 42, align: 'center' },
        ...counted('划转前', 27),
        ...counted('划转后', 27),
        ...counted('增减', 27),
      ],
      rows: body.rows.map((row, index) => [
        row.unit.name,
        fundingName(row.fundingType),
        employmentNames[row.employmentType],
        ...figures(row.before, row.employmentType),
        ...figures(row.after, row.employmentType),
        ...figures(deltas[index], row.employmentType, withSign),
      ]),
    },
    size.smallFive
  )
}

function sumsTable({ sums, body }: Certificate): PdfNode {
  return paperTable(
    {
      columns: [
        { label: '经费形式' },
        { label: '人员类别', width: 60, align: 'center' },
        ...counted('划转前合计', 42),
        ...counted('划转后合计', 42),
        { label: '核对', width: 44, align: 'center' },
      ],
      rows: sums.map(({ fundingType, employmentType, before, after }) => [
        fundingName(fundingType),
        employmentNames[employmentType],
        ...figures(before, employmentType),
        ...figures(after, employmentType),
        equal(before, after) ? '相等' : body.conversions ? '转换' : '不等',
      ]),
    },
    size.smallFive
  )
}

function statement({ sums, body }: Certificate): PdfNode {
  const people = sums.reduce((total, { after }) => total + after.people, 0)
  const quota = sums.reduce((total, { after }) => total + after.quota, 0)
  const conversions = body.conversions ?? []
  const converted = conversions.reduce((total, { people: count }) => total + count, 0)
  const whole = converted > 0 || sums.every(({ before, after }) => equal(before, after))
  const changes = conversions.map(
    ({ from, to, people: count }) =>
      `${employmentNames[from]}转为${employmentNames[to]}${count}人（均经本人同意）`
  )
  return {
    text: converted
      ? `经逐项核对，划转前后人员合计均为${people}人；其中${changes.join('、')}，除此之外各类人员合计前后相等，无人员遗漏。`
      : whole
        ? `经逐项核对，划转前后各类人员合计均为${people}人、编制合计均为${quota}名，分经费形式的人员数、编制数、空编数前后相等，无人员遗漏，无编制流失。`
        : '经核对，划转前后合计不等，本件不得作为守恒证明使用。',
    fontSize: size.smallFour,
    lineHeight: lineOf(21, size.smallFour),
    leadingIndent: size.smallFour * 2,
    margin: [0, 8, 0, 0],
  }
}

function verification(hash: string, auditHead: { seq: number; hash: string }): PdfNode[] {
  const small = { fontSize: size.five, lineHeight: lineOf(16, size.five) }
  return [
    {
      layout: 'outline',
      table: {
        widths: ['*'],
        body: [
          [
            {
              stack: [
                { text: '本证书 SHA-256', ...small },
                { text: grouped(hash), ...code },
                { text: `审计日志第 ${auditHead.seq} 条 SHA-256`, ...small, margin: [0, 4, 0, 0] },
                { text: grouped(auditHead.hash), ...code },
              ],
            },
          ],
        ],
      },
    },
    {
      text: '校验方法：在本证书页面下载 JSON 文件，运行 node ace certificate:check --file 文件名，程序重新计算各项合计与 SHA-256，并逐处指出差异；所得 SHA-256 应与上列一致。任一数字改动均会被发现。',
      fontSize: size.smallFive,
      lineHeight: lineOf(14, size.smallFive),
      margin: [0, 6, 0, 0],
    },
  ]
}

const code = { fontSize: 9.5, bold: true, characterSpacing: 0.3, lineHeight: lineOf(16, 9.5) }

/** Eight groups of eight on one line, to be compared by eye. */
function grouped(hash: string): string {
  return (hash.match(/.{8}/g) ?? [hash]).join('  ')
}

function together(stack: PdfNode[]): PdfNode {
  return { stack, unbreakable: true }
}

function heading(title: string, unit: string): PdfNode {
  return {
    columns: [
      { text: title, bold: true, fontSize: size.smallFour, width: '*' },
      { text: unit, fontSize: size.smallFive, width: 'auto', margin: [0, 4, 0, 0] },
    ],
    margin: [0, mm(4), 0, 4],
  }
}

function signed(issuer: string, date: string): PdfNode {
  return {
    stack: [{ text: `${printable(issuer)}（盖章）` }, { text: longDate(date, 'zh-CN') }],
    fontSize: size.smallFour,
    lineHeight: lineOf(22, size.smallFour),
    alignment: 'right',
    margin: [0, mm(5), mm(8), 0],
  }
}

/** People outside the establishment have no quota: a dash, not a nought. */
function figures(
  counts: Counts,
  employmentType: EmploymentType,
  write = (value: number) => String(value)
): string[] {
  const quota = employmentType === 'establishment'
  return [
    write(counts.people),
    quota ? write(counts.quota) : '—',
    quota ? write(counts.vacant) : '—',
  ]
}

function withSign(value: number): string {
  return value > 0 ? `+${value}` : String(value)
}

function fundingName(fundingType: FundingType | null): string {
  return fundingType === null ? '—' : fundingNames[fundingType]
}

function equal(before: Counts, after: Counts): boolean {
  return (
    before.people === after.people && before.quota === after.quota && before.vacant === after.vacant
  )
}
