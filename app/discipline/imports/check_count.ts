import { recordOfAnswer } from '#imports/domain/record_answer'
import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import { column, headersOf, RowReading } from '#organization/imports/reading'
import { isAsWritten, type CountedLine, type SurplusInput } from '../actions/counts.js'
import {
  CATEGORY_TEXTS,
  CONDITION_TEXTS,
  NOBODY,
  PURPOSE_TEXTS,
  RESULT_TEXTS,
} from '../domain/asset_codes.js'
import { differencesOf, type Counted, type CountedFacts } from '../domain/assets.js'
import { countLines, type CountLine } from '../queries/counts.js'
import { amount, bounded } from './cells.js'

export const COUNT_FIELDS = [
  column('code', '资产编号', ['编号', '资产编码'], true),
  column('name', '资产名称', ['名称', '品名'], true),
  column('category', '资产类别', ['类别']),
  column('original', '原值', ['原值(元)']),
  column('net', '净值', ['净值(元)']),
  column('place', '实际地点', ['实际存放地点']),
  column('custodian', '实际保管人', ['实际使用人']),
  column('purpose', '实际用途'),
  column('condition', '实际状况', ['实际使用状况']),
  column('result', '盘点结果', ['清查结果'], true),
  column('explanation', '差异说明', ['说明', '备注']),
]
const HEADERS = headersOf(COUNT_FIELDS)

/** One of the two: a line of the book, or what no register knew. */
export interface CountParsed {
  line: CountedLine | null
  surplus: Omit<SurplusInput, 'countId'> | null
}

export function countIdOf(answers: Record<string, string>): number {
  return recordOfAnswer(answers.count)
}

/** Judges the rows by the lines of the count; rows without a finding are not counted yet. */
export async function checkCount(
  sheets: Map<string, SourceRow[]>,
  { answers }: ImportContext
): Promise<CheckSummary> {
  const lines = await countLines(countIdOf(answers))
  const book = new Map(lines.flatMap((line) => (line.assetCode ? [[line.assetCode, line]] : [])))
  const surplus = lines.filter(({ result }) => result === 'surplus').map(surplusKey)
  const seen = new Map<string, number>()
  const verdicts = (sheets.get('lines') ?? []).map((row): RowVerdict => {
    const reading = new RowReading(row, HEADERS)
    const result = reading.code('result', RESULT_TEXTS)
    return result === 'surplus'
      ? judgeSurplus(reading, surplus)
      : judgeLine(reading, result, book, seen)
  })
  return { verdicts: [{ sheet: 'lines', verdicts }] }
}

function judgeLine(
  reading: RowReading,
  result: 'found' | 'missing' | null,
  book: Map<string, CountLine>,
  seen: Map<string, number>
): RowVerdict {
  const code = reading.required('code')
  const line = book.get(code)
  if (!line && code) reading.say('rejected', 'not_in_count', 'code')
  if (code) reading.once(seen, code, 'code')
  const facts = factsOf(reading, line?.book ?? NOTHING)
  const explanation = bounded(reading, 'explanation', 500) || null
  if (!line || reading.rejected) return reading.verdict(null, 'none')
  if (result === null) {
    if (WRITTEN.some((name) => reading.text(name))) reading.say('rejected', 'required', 'result')
    return reading.verdict(null, 'same')
  }
  const counted: CountedLine = {
    lineId: line.id,
    version: line.version,
    result,
    facts,
    explanation,
  }
  if (isAsWritten(line, counted)) return reading.verdict(null, 'same')
  sayDifferences(reading, line, counted)
  if (line.result !== 'todo') reading.say('warning', 'counted_before', 'code')
  return reading.verdict({ line: counted, surplus: null } satisfies CountParsed, 'update')
}

function sayDifferences(reading: RowReading, { book }: CountLine, counted: CountedLine) {
  const { result, facts, explanation } = counted
  const differences = differencesOf({ result, book, counted: facts })
  for (const name of differences) {
    if (name === 'missing') reading.say('note', 'not_there', 'result')
    else reading.say('note', 'differs', name, { book: textOf(book, name as Counted) })
  }
  if (differences.length && !explanation) reading.say('warning', 'unexplained', 'explanation')
}

function judgeSurplus(reading: RowReading, known: string[]): RowVerdict {
  const [originalFen, netFen] = [amount(reading, 'original'), amount(reading, 'net')]
  if (netFen > originalFen && !reading.rejected) reading.say('rejected', 'net_above', 'net')
  if (!reading.text('explanation')) reading.say('rejected', 'required', 'explanation')
  const surplus: NonNullable<CountParsed['surplus']> = {
    name: bounded(reading, 'name', 200, true),
    originalFen,
    netFen,
    category: reading.code('category', CATEGORY_TEXTS, true) ?? 'other',
    facts: factsOf(reading, { ...NOTHING, purpose: 'idle', condition: 'good' }),
    explanation: bounded(reading, 'explanation', 500),
  }
  const at = known.indexOf(surplusKey(surplus))
  if (at >= 0) known.splice(at, 1)
  return reading.verdict({ line: null, surplus } satisfies CountParsed, at < 0 ? 'create' : 'same')
}

const WRITTEN = ['place', 'custodian', 'purpose', 'condition', 'explanation'] as const
const NOTHING: CountedFacts = { place: null, custodian: null, purpose: null, condition: null }

function factsOf(reading: RowReading, book: CountedFacts): CountedFacts {
  const fact = (name: 'place' | 'custodian', longest: number) => {
    const text = bounded(reading, name, longest)
    return text === NOBODY ? null : text || book[name]
  }
  return {
    place: fact('place', 200),
    custodian: fact('custodian', 120),
    purpose: reading.code('purpose', PURPOSE_TEXTS) ?? book.purpose,
    condition: reading.code('condition', CONDITION_TEXTS) ?? book.condition,
  }
}

function textOf(facts: CountedFacts, name: Counted): string {
  const code = facts[name]
  if (code === null) return NOBODY
  const table = { purpose: PURPOSE_TEXTS, condition: CONDITION_TEXTS, place: null, custodian: null }
  return (table[name] as Record<string, readonly string[]> | null)?.[code]?.[0] ?? code
}

function surplusKey(line: Pick<CountLine, 'name' | 'category' | 'originalFen' | 'netFen'>): string {
  return [line.name, line.category, line.originalFen, line.netFen].join('\n')
}
