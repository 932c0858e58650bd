import type { Inputs } from './slip.js'

export interface StoredLine {
  name: string
  amountFen: number
  trace: Record<string, any>
}

export interface SlipSide {
  lines: readonly StoredLine[]
  inputs: Inputs
}

export interface SlipChange {
  itemName: string
  paidFen: number
  nowFen: number
  /** `name before → after`, of the values that the item reads; null: not on record any more. */
  fact: string | null
}

/**
 * Items whose amount would be another one now, each with the facts that changed. `now` is undefined
 * for a person who is not on record for the month any more: everything is to be given back. An item
 * that was `corrected` since and would be as it was paid is among them: the correction goes back.
 */
export function changesOfSlip(
  paid: SlipSide,
  now: SlipSide | undefined,
  corrected: ReadonlySet<string> = new Set()
): SlipChange[] {
  const before = new Map(paid.lines.map((line) => [line.name, line]))
  const after = new Map((now?.lines ?? []).map((line) => [line.name, line]))
  return [...new Set([...before.keys(), ...after.keys(), ...corrected])].flatMap((itemName) => {
    const paidFen = before.get(itemName)?.amountFen ?? 0
    const nowFen = after.get(itemName)?.amountFen ?? 0
    if (paidFen === nowFen && !corrected.has(itemName)) return []
    const fact = now
      ? factsOf(itemName, before.get(itemName), after.get(itemName), paid, now)
      : null
    return [{ itemName, paidFen, nowFen, fact }]
  })
}

/** A changed value that the formula reads; an item that reads another item names that one. */
function factsOf(
  itemName: string,
  before: StoredLine | undefined,
  after: StoredLine | undefined,
  paid: SlipSide,
  now: SlipSide
): string {
  const names = new Set([...namesIn(before), ...namesIn(after)])
  const facts = [...names].flatMap((name) => {
    const old = wordOf(name, before, paid.inputs)
    const today = wordOf(name, after, now.inputs)
    return old === today ? [] : [`${name} ${old} → ${today}`]
  })
  if (facts.length > 0) return facts.join('；')
  if (before?.amountFen === after?.amountFen) {
    const words = [...names].map((name) => `${name} ${wordOf(name, after, now.inputs)}`)
    return words.join('；') || itemName
  }
  const formulas = [before, after].map((line) => String(line?.trace.formula ?? '—'))
  return `${itemName} ${formulas.join(' → ')}`
}

const namesIn = (line: StoredLine | undefined) => Object.keys(line?.trace.used ?? {})

/** The value and, in brackets, where it comes from (a grade, a step, a post). */
function wordOf(name: string, line: StoredLine | undefined, inputs: Inputs): string {
  const value = inputs[name]?.value ?? line?.trace.used?.[name]
  if (value === undefined) return '—'
  const [kind, detail] = (inputs[name]?.source ?? '').split('|')
  const told = kind.endsWith('_standard') || kind === 'post_value'
  return detail && told ? `${value}（${detail}）` : String(value)
}
