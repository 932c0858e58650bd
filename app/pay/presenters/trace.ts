import type { I18n } from '@adonisjs/i18n'
import db from '@adonisjs/lucid/services/db'
import { Exact, formulaOf, withValues } from '#shared/formulas/formula'
import { formatFen } from '#shared/money'
import type { Inputs, PayLine } from '../domain/slip.js'

type Traceable = Pick<PayLine, 'code' | 'amountFen' | 'itemId' | 'differenceId'> & { trace: any }

export type Traced<L> = L & {
  /** How the amount came about, in sentences. */
  steps: string[]
  /** The values that were put in, each with its source. */
  values: { name: string; value: string; source: string }[]
}

type Say = (key: string, params?: Record<string, unknown>) => string
type ItemFacts = Map<number, { validFrom: string; documentNo: string }>

/** Lines of one slip, stored or not, each opened into formula, values put in, sources, rounding. */
export async function traceLines<L extends Traceable>(
  lines: readonly L[],
  inputs: Inputs,
  i18n: I18n
): Promise<Traced<L>[]> {
  const items = await itemFacts(lines)
  const say: Say = (key, params = {}) => i18n.t(`pay.trace.${key}`, params)
  return lines.map((line) => {
    const used: Record<string, string> = line.trace.used ?? {}
    const values = Object.entries(used).map(([name, value]) => ({
      name,
      value,
      source: sourceText(inputs[name]?.source, i18n),
    }))
    return { ...line, steps: stepsOf(line, used, items, say), values }
  })
}

function stepsOf(
  line: Traceable,
  used: Record<string, string>,
  items: ItemFacts,
  say: Say
): string[] {
  const { trace } = line
  if (line.code === 'tax') return taxSteps(trace, line.amountFen, say)
  if (line.code === 'leader') return [say('leader', { document: trace.documentNo })]
  if (line.code === 'incentive') return shareSteps(trace, used, say)
  if (line.differenceId) {
    const { wholeFen, settledFen, instalmentFen, restFen, number, fact } = trace
    return [
      say('difference', { number, fact }),
      say('difference_rest', { whole: formatFen(wholeFen), settled: formatFen(settledFen) }),
      ...(instalmentFen ? [say('instalment', { amount: formatFen(instalmentFen) })] : []),
      ...(restFen ? [say('difference_open', { rest: formatFen(restFen) })] : []),
    ]
  }
  const item = line.itemId ? items.get(line.itemId) : undefined
  return [
    say('formula', { formula: trace.formula }),
    ...equals(withValues(formulaOf(trace.formula), used), trace.exact, say),
    say('rounded', { amount: formatFen(line.amountFen) }),
    ...(item ? [say('item', { document: item.documentNo, from: item.validFrom })] : []),
  ]
}

function shareSteps(trace: any, used: Record<string, string>, say: Say): string[] {
  const { scoreFormula, weightFormula, score, weight, poolFen, sumOfWeights, people } = trace
  return [
    say('formula', { formula: scoreFormula }),
    ...equals(withValues(formulaOf(scoreFormula), used), score, say),
    say('formula', { formula: weightFormula }),
    ...equals(withValues(formulaOf(weightFormula), { ...used, 得分: score }), weight, say),
    say('share', {
      pool: formatFen(poolFen),
      weight: shortOf(weight),
      sum: shortOf(sumOfWeights),
      people,
    }),
    say('rest'),
  ]
}

/** A long decimal or a fraction is shown to six places, and exactly beside. */
function equals(left: string, exact: string, say: Say): string[] {
  const short = shortOf(exact)
  return short === exact ? [`${left} = ${exact}`] : [`${left} ≈ ${short}`, say('exact', { exact })]
}

const PLACES = 6

function shortOf(exact: string): string {
  const places = /\.(\d+)$/.exec(exact)?.[1].length ?? 0
  return exact.includes('/') || places > PLACES ? Exact.from(exact).toFixed(PLACES) : exact
}

/** By which table: of a document, else the one of the State Taxation Administration. */
function tableStep(trace: any, say: Say): string {
  const [document, from] = String(trace.rules ?? '').split('|')
  return from ? say('tax_table', { document, from }) : say('tax_table_default')
}

function taxSteps(trace: any, amountFen: number, say: Say): string[] {
  if (trace.bonus !== undefined) {
    const figures = { percent: trace.percent, quick: formatFen(trace.quick) }
    const amount = formatFen(trace.bonus)
    return [say('bonus', { amount, ...figures, tax: formatFen(amountFen) }), tableStep(trace, say)]
  }
  const fen = (name: string) => formatFen(trace[name])
  return [
    say('taxable', {
      income: fen('income'),
      exempt: fen('exempt'),
      standard: fen('standard'),
      insurance: fen('insurance'),
      additional: fen('additional'),
      taxable: fen('taxable'),
    }),
    say('tax', {
      taxable: fen('taxable'),
      percent: trace.percent,
      quick: fen('quick'),
      tax: fen('tax'),
    }),
    say('withheld', {
      tax: fen('tax'),
      withheld: fen('withheld'),
      amount: formatFen(amountFen),
    }),
    tableStep(trace, say),
  ]
}

/** `kind|detail|date` in words; a rating and what a coefficient rests on have theirs after them. */
function sourceText(source: string | undefined, i18n: I18n): string {
  if (!source) return i18n.t('pay.sources.item')
  const [kind, detail = '', date = '', code = ''] = source.split('|')
  const words = kind === 'rating' ? 'ratings' : 'bases'
  const word = code && i18n.t(`performance.${words}.${code}`)
  const known = kind === 'parameter' && !date ? 'parameter_default' : kind
  return i18n.t(`pay.sources.${known}`, { detail, date, word })
}

async function itemFacts(lines: readonly Traceable[]): Promise<ItemFacts> {
  const ids = [...new Set(lines.flatMap(({ itemId }) => itemId ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .from('pay_items as i')
    .join('documents as d', 'd.id', 'i.document_id')
    .whereIn('i.id', ids)
    .select('i.id', 'i.valid_from', 'd.document_no')
  return new Map(
    rows.map((row) => [Number(row.id), { validFrom: row.valid_from, documentNo: row.document_no }])
  )
}
