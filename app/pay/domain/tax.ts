/** One bracket of the annual table: up to `upTo` fen (null: no end), percent, quick deduction in fen. */
export interface TaxBracket {
  upTo: number | null
  percent: number
  quick: number
}

/** Individual income tax on comprehensive income (综合所得), 国家税务总局公告 2018 年第 61 号. */
export const ANNUAL_TABLE: readonly TaxBracket[] = [
  { upTo: 3_600_000, percent: 3, quick: 0 },
  { upTo: 14_400_000, percent: 10, quick: 252_000 },
  { upTo: 30_000_000, percent: 20, quick: 1_692_000 },
  { upTo: 42_000_000, percent: 25, quick: 3_192_000 },
  { upTo: 66_000_000, percent: 30, quick: 5_292_000 },
  { upTo: 96_000_000, percent: 35, quick: 8_592_000 },
  { upTo: null, percent: 45, quick: 18_192_000 },
]
/** 减除费用: 5,000 yuan a month, 60,000 a year. */
export const MONTHLY_DEDUCTION = 500_000
const MONTHS = 12

export const DEDUCTION_WAYS = ['monthly', 'fromJanuary', 'full'] as const
/** A year-end bonus by itself, or as income of its month: the person chooses. */
export const BONUS_WAYS = ['apart', 'within'] as const
export type DeductionWay = (typeof DEDUCTION_WAYS)[number]

/** A month with this agent, in fen. */
export interface TaxMonth {
  income: number
  exempt?: number
  /** Social insurance and housing fund of the employee. */
  insurance?: number
  /** 专项附加扣除 */
  additional?: number
  other?: number
}

export interface YearEndBonus {
  amount: number
  /** Calendar month in which it is paid. */
  month: number
  /** Taxed by itself (单独计税) or as income of that month. */
  apart: boolean
}

/** One person with one withholding agent in one year. */
export interface TaxInput {
  startMonth?: number
  standardDeduction?: DeductionWay
  months: readonly TaxMonth[]
  yearEndBonus?: YearEndBonus
}

export interface TaxAnswer {
  withheld: number[]
  bonusWithheld?: number
}

/** How the tax of a month came about: shown to whom it was taken from. */
export interface CumulativeTax {
  income: number
  exempt: number
  standard: number
  insurance: number
  additional: number
  other: number
  taxable: number
  percent: number
  quick: number
  tax: number
}

/** Tax to withhold month by month (累计预扣法); throws an Error that names the place. */
export function withhold(input: TaxInput): TaxAnswer {
  const months = readMonths(input)
  const withheld: number[] = []
  let already = 0
  for (let count = 1; count <= months.length; count++) {
    const { tax } = cumulativeTax(input, months.slice(0, count))
    const now = Math.max(0, tax - already)
    withheld.push(now)
    already += now
  }
  const bonus = input.yearEndBonus
  return bonus?.apart ? { withheld, bonusWithheld: bonusTaxOf(bonus.amount).tax } : { withheld }
}

/** Tax of the year up to the last of these months, without what was withheld before. */
export function cumulativeTax(
  way: Pick<TaxInput, 'startMonth' | 'standardDeduction'>,
  months: readonly TaxMonth[],
  table: readonly TaxBracket[] = ANNUAL_TABLE,
  monthlyDeduction = MONTHLY_DEDUCTION
): CumulativeTax {
  const sum = (name: keyof TaxMonth) => months.reduce((total, row) => total + (row[name] ?? 0), 0)
  const parts = {
    income: sum('income'),
    exempt: sum('exempt'),
    standard: monthlyDeduction * deductedMonths(way, months.length),
    insurance: sum('insurance'),
    additional: sum('additional'),
    other: sum('other'),
  }
  const { income, exempt, standard, insurance, additional, other } = parts
  const taxable = Math.max(0, income - exempt - standard - insurance - additional - other)
  const { percent, quick } = bracketOf(taxable, table)
  return { ...parts, taxable, percent, quick, tax: percentOf(taxable, percent) - quick }
}

/** Tax of a year-end bonus by itself: the bracket of a twelfth of it, the quick deduction once. */
export function bonusTaxOf(amount: number, table: readonly TaxBracket[] = ANNUAL_TABLE) {
  const { percent, quick: yearly } = bracketOf(amount, table)
  const quick = Math.floor(yearly / MONTHS)
  return { percent, quick, tax: percentOf(amount, percent) - quick }
}

function deductedMonths(
  {
    startMonth = 1,
    standardDeduction = 'monthly',
  }: Pick<TaxInput, 'startMonth' | 'standardDeduction'>,
  count: number
): number {
  if (standardDeduction === 'full') return MONTHS
  return standardDeduction === 'fromJanuary' ? startMonth - 1 + count : count
}

function bracketOf(taxable: number, table: readonly TaxBracket[]): TaxBracket {
  return table.find(({ upTo }) => upTo === null || taxable <= upTo)!
}

/** Whole percent of fen, rounded half up. */
function percentOf(fen: number, percent: number): number {
  return Number((BigInt(fen) * BigInt(percent) + 50n) / 100n)
}

const FIELDS = ['income', 'exempt', 'insurance', 'additional', 'other'] as const

function readMonths({
  startMonth = 1,
  standardDeduction = 'monthly',
  months,
  yearEndBonus,
}: TaxInput) {
  if (!isMonth(startMonth)) throw new Error('startMonth: not a month from 1 to 12')
  if (!DEDUCTION_WAYS.includes(standardDeduction)) {
    throw new Error(`standardDeduction: ${DEDUCTION_WAYS.join(', ')}`)
  }
  if (!Array.isArray(months)) throw new Error('months: not a list')
  if (startMonth - 1 + months.length > MONTHS) throw new Error('months: beyond December')
  for (const [index, month] of months.entries()) {
    for (const name of FIELDS) {
      if (!isAmount(month?.[name] ?? (name === 'income' ? undefined : 0))) {
        throw new Error(`months[${index}].${name}: not an amount of fen`)
      }
    }
  }
  if (!yearEndBonus) return months
  const { amount, month, apart } = yearEndBonus
  if (!isAmount(amount)) throw new Error('yearEndBonus.amount: not an amount of fen')
  if (!isMonth(month)) throw new Error('yearEndBonus.month: not a month from 1 to 12')
  if (typeof apart !== 'boolean') throw new Error('yearEndBonus.apart: not true or false')
  if (apart) return months
  const at = month - startMonth
  if (!months[at]) throw new Error('yearEndBonus.month: not one of the months')
  return months.map((row, index) => (index === at ? { ...row, income: row.income + amount } : row))
}

const isMonth = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MONTHS

/** Up to a hundred billion yuan: far above any wage, far below what a sum of twelve could lose. */
function isAmount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 1e13
}
