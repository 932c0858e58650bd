import { DomainError } from '#shared/errors'
import { typedYuan } from '#shared/money'

/** How a bank wants its file; dated configuration (`pay.bank_format`). */
export interface BankFormat {
  name: string
  separator: ',' | '|' | '\t'
  header: boolean
  columns: readonly BankColumn[]
  lineEnd: '\r\n' | '\n'
  /** A first line with count and sum. */
  summary: boolean
}
export const BANK_COLUMNS = ['sequence', 'account', 'name', 'amount', 'fen', 'note'] as const
export type BankColumn = (typeof BANK_COLUMNS)[number]

export const DEFAULT_BANK_FORMAT: BankFormat = {
  name: '代发工资通用格式',
  separator: '|',
  header: true,
  columns: ['sequence', 'account', 'name', 'amount', 'note'],
  lineEnd: '\r\n',
  summary: true,
}

export interface BankPayment {
  account: string
  name: string
  fen: number
  note: string
}

const HEADERS: Record<BankColumn, string> = {
  sequence: '序号',
  account: '账号',
  name: '户名',
  amount: '金额',
  fen: '金额(分)',
  note: '附言',
}

/**
 * The file that the bank pays by. Every line is checked: digits of an account, a name and a note
 * without the separator, an amount above zero; the sum must be what the run pays.
 */
export function bankFile(
  payments: readonly BankPayment[],
  sumFen: number,
  format: BankFormat
): string {
  const unknown = format.columns.find((column) => !BANK_COLUMNS.includes(column))
  if (unknown || !format.columns.includes('account'))
    throw new DomainError('pay.errors.bank_format')
  for (const [index, payment] of payments.entries()) check(payment, index + 1, format)
  const total = payments.reduce((sum, { fen }) => sum + fen, 0)
  if (total !== sumFen) throw new DomainError('pay.errors.bank_sum')
  const rows = payments.map((payment, index) =>
    format.columns.map((column) => cell(payment, index, column))
  )
  if (format.header) rows.unshift(format.columns.map((column) => HEADERS[column]))
  if (format.summary) rows.unshift([String(payments.length), typedYuan(total)])
  return rows.map((row) => row.join(format.separator)).join(format.lineEnd) + format.lineEnd
}

function check({ account, name, fen, note }: BankPayment, line: number, { separator }: BankFormat) {
  const problem = !/^\d{8,30}$/.test(account)
    ? 'account'
    : !name || !clean(name, separator)
      ? 'name'
      : !Number.isSafeInteger(fen) || fen <= 0
        ? 'amount'
        : !clean(note, separator)
          ? 'note'
          : null
  if (problem) throw new DomainError('pay.errors.bank_line', { line, name, field: problem })
}

/** No separator, no line break, no quotation mark, nothing that a spreadsheet would run. */
function clean(text: string, separator: string): boolean {
  return (
    !text.includes(separator) && !/[\r\n\t"\p{Cc}]/u.test(text) && !/^[=+\-@＝＋－＠]/.test(text)
  )
}

function cell(payment: BankPayment, index: number, column: BankColumn): string {
  switch (column) {
    case 'sequence':
      return String(index + 1)
    case 'amount':
      return typedYuan(payment.fen)
    case 'fen':
      return String(payment.fen)
    default:
      return payment[column]
  }
}
