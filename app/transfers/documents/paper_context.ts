import type { WageFacts } from '#shared/ports/wage_facts'
import { EMPLOYMENT_TYPES, FUNDING_TYPES, POST_CATEGORIES } from '#organization/domain/codes'
import { spellingOf } from '#organization/domain/code_table'
import { formatGrade } from '#organization/domain/grades'
import { SEXES } from '#people/domain/codes'
import type { BatchRow } from '../queries/batches.js'
import type { LineTotals } from '../queries/line_totals.js'
import type { NamedLine } from '../queries/lines.js'
import type { Register } from '#shared/spreadsheets/register_writer'
import type { PdfDocument } from '#shared/documents/definition'

/** Everything that the papers of a batch are written from. Papers are Chinese in every language. */
export interface PaperContext {
  batch: BatchRow
  lines: NamedLine[]
  /** Identity number as it may be shown on this copy. */
  identityOf(line: NamedLine): string
  /** Wage facts by person; who is missing gets ruled blanks. */
  wages: Map<number, WageFacts>
  /** Who writes the notices about seats: 市委编办 under its full name. */
  establishmentOffice: string
}

export interface Paper {
  name:
    | 'roster'
    | 'wage'
    | 'company'
    | 'insurance'
    | 'archive'
    | 'out_notice'
    | 'in_notice'
    | 'individual'
  title: string
  /** Long ones are drawn in the background: one or more pages for each person. */
  perPerson: boolean
  /** Batches that have such a paper. */
  fits(totals: LineTotals): boolean
  pdf(context: PaperContext): PdfDocument
  register(context: PaperContext): Register
}

export const peopleOf = ({ lines }: PaperContext) =>
  lines.filter(({ kind }) => kind !== 'quota_only')
export const seatsOf = ({ lines }: PaperContext) =>
  lines.filter(({ kind }) => kind === 'quota_only')

/** Lines in groups of equal keys, in the order in which the groups first appear. */
export function groupLines<T>(lines: T[], keyOf: (line: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>()
  for (const line of lines) {
    const group = groups.get(keyOf(line))
    if (group) group.push(line)
    else groups.set(keyOf(line), [line])
  }
  return [...groups.values()]
}

/** 在编·全额拨款, 编外聘用 */
export function termsText({ employmentType, fundingType }: NamedLine): string {
  if (!employmentType) return ''
  const employment = spellingOf(EMPLOYMENT_TYPES, employmentType)
  return fundingType ? `${employment}·${spellingOf(FUNDING_TYPES, fundingType)}` : employment
}

export function fundingText({ fundingType }: NamedLine): string {
  return fundingType ? spellingOf(FUNDING_TYPES, fundingType) : ''
}

export function categoryText({ category }: NamedLine): string {
  return category ? spellingOf(POST_CATEGORIES, category) : ''
}

export function gradeText({ grade }: NamedLine): string {
  return grade ? formatGrade(grade) : ''
}

export function sexText({ sex }: NamedLine): string {
  return sex === 'male' || sex === 'female' ? spellingOf(SEXES, sex) : ''
}

export const KIND_TEXT = {
  person_with_quota: '连人带编',
  quota_only: '空编划转',
  person_without_quota: '只转人员',
}

/** `2022-03` → 2022年3月; nothing for nothing. */
export function monthText(month: string | null): string {
  if (!month) return ''
  const [year, number] = month.split('-').map(Number)
  return `${year}年${number}月`
}

/** `1985-05-05` → 1985.05 */
export function yearMonth(date: string | null): string {
  return date ? date.slice(0, 7).replace('-', '.') : ''
}

/** A copy made before the execution says that nothing has happened yet. */
export function statusText({ batch }: PaperContext): string | undefined {
  return batch.state === 'executed' ? undefined : '（未执行，仅供核对）'
}

export function documentText({ batch }: PaperContext): string {
  return batch.documentNo ?? ''
}

/** The head of a paper that goes over all lines of a batch. */
export function headOf(title: string, context: PaperContext) {
  return {
    title,
    subtitle: statusText(context),
    documentNo: documentText(context),
    unitLine: `${context.batch.title}  生效日期：${context.batch.effectiveOn}`,
  }
}

/** A column of text in the workbook of a paper. */
export const text = (header: string, width = 16) => ({ header, width, kind: 'text' as const })
