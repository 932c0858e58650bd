import { POST_NATURES } from '#organization/domain/codes'
import { headersOf, RowReading, withoutColumn } from '#organization/imports/reading'
import { parseIdentityCell } from '#people/domain/identity_no'
import { knownPeople } from '#people/imports/known_people'
import { digest } from '#shared/crypto'
import { DomainError } from '#shared/errors'
import type {
  CheckSummary,
  ImportChecker,
  ImportContext,
  ImportFinding,
  RowVerdict,
  SourceRow,
} from '#shared/ports/imports'
import { RATING_SPELLINGS, type Rating } from '../domain/codes.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { FIGURES, type Figure } from '../domain/figures.js'
import { cardList, type CardRow } from '../queries/cards.js'
import { cycleById, quotasOf, type QuotaRow } from '../queries/cycles.js'
import { nameKey } from '../queries/post_values.js'
import {
  figureOf,
  type PostValueParsed,
  type ResultFigures,
  type ResultParsed,
} from './result_row.js'
import { cycleIdOf, POST_VALUE_FIELDS, RESULT_FIELDS } from './fields.js'
import { storedFigures, storedValues, type KnownValue } from './results_on_record.js'

const RESULT_HEADERS = headersOf(RESULT_FIELDS)
const FIGURE_COLUMNS = Object.fromEntries(FIGURES.map((name) => [name, name])) as Record<
  Figure,
  string
>
const VALUE_HEADERS = headersOf(POST_VALUE_FIELDS)

/** Judges the results of a cycle row by row: who it is, what it says, what is there already. */
export class ResultsChecker implements ImportChecker {
  /** Person → the first row with him. */
  private readonly seen = new Map<number, number>()
  private readonly named = new Map<string, number>()
  private readonly excellent = new Map<string, number>()

  private constructor(
    private readonly annual: boolean,
    private readonly cards: ReadonlyMap<number, CardRow>,
    private readonly figures: ReadonlyMap<number, ResultFigures>,
    private readonly imported: ReadonlyMap<number, ResultFigures>,
    private readonly quotas: readonly QuotaRow[],
    private readonly values: ReadonlyMap<string, KnownValue>,
    private readonly importedBy: readonly number[]
  ) {}

  static async for({ answers, importedBy }: ImportContext): Promise<ResultsChecker> {
    const cycle = await cycleById(cycleIdOf(answers))
    if (!OPEN_STATES.includes(cycle.state)) {
      throw new DomainError('performance.errors.cycle_not_open', { cycle: cycle.title })
    }
    const cards = await cardList({ cycleId: cycle.id, units: 'all' })
    const byPerson = new Map(cards.map((card) => [card.personId, card]))
    return new ResultsChecker(
      cycle.kind === 'year',
      byPerson,
      await storedFigures(cards),
      await storedFigures(cards, 'imported'),
      await quotasOf(cycle.id),
      await storedValues(),
      importedBy
    )
  }

  async check(sheet: string, rows: SourceRow[]): Promise<RowVerdict[]> {
    if (sheet === 'post_values') return rows.map((row) => this.judgeValue(row))
    const people = await peopleOf(rows)
    return rows.map((row) => this.judge(row, people))
  }

  async finish(): Promise<CheckSummary> {
    const findings: ImportFinding[] = []
    for (const { employmentType, cap, base } of this.quotas) {
      const used = this.excellent.get(employmentType) ?? 0
      if (cap === null || used <= cap) continue
      const code = this.annual ? 'excellent_over_cap' : 'excellent_over'
      findings.push({ level: 'warning', code, field: '等次', params: { used, cap, base } })
    }
    return { findings }
  }

  private judge(row: SourceRow, people: People): RowVerdict {
    const reading = new RowReading(row, RESULT_HEADERS)
    const card = this.cardOf(reading, people)
    const figures = readFigures(reading)
    const rating = readRating(reading)
    if (card && this.importedBy.includes(card.personId)) {
      reading.say('rejected', 'own_row', 'name', { name: card.personName })
    }
    if (!card || reading.rejected) return reading.verdict(null, 'none')
    const first = this.seen.get(card.personId)
    if (first === undefined) this.seen.set(card.personId, row.number)
    const kept = this.imported.get(card.id)
    const parsed: ResultParsed = {
      personId: card.personId,
      personName: card.personName,
      cardId: card.id,
      figures: { ...figures, ...(kept && withoutColumn(row, FIGURE_COLUMNS, kept)) },
      rating: this.ratingFor(reading, card, rating),
    }
    if (first !== undefined) return this.heldVerdict(reading, parsed, first)
    if (parsed.rating === 'excellent' && card.inBase) {
      const count = this.excellent.get(card.employmentType) ?? 0
      this.excellent.set(card.employmentType, count + 1)
    }
    const effect = this.effectOf(card, parsed)
    return { ...reading.verdict(parsed, effect), subjectType: 'scorecard', subjectId: card.id }
  }

  private cardOf(reading: RowReading, people: People): CardRow | null {
    const cell = reading.row.cells.identityNo
    const typed = cell?.kind === 'number' ? Number(cell.raw) : (cell?.text ?? '')
    const identity = parseIdentityCell(typed)
    if (!identity.ok) {
      reading.say('rejected', identity.error, 'identityNo')
      return null
    }
    const person = people.get(identity.normalised)
    if (!person) {
      reading.say('rejected', 'unknown_person', 'identityNo')
      return null
    }
    if (reading.required('name') !== person.name) {
      reading.say('warning', 'other_name', 'name', { name: person.name })
    }
    const card = this.cards.get(person.id)
    if (!card) reading.say('rejected', 'not_in_cycle', 'name')
    return card ?? null
  }

  private ratingFor(reading: RowReading, card: CardRow, rating: Rating | null): Rating | null {
    if (card.outlook === 'leader') reading.say('note', 'leader_apart', 'name')
    if (rating === null || card.outlook === 'graded' || card.outlook === 'leader') return rating
    if (card.outlook === 'undetermined' && rating === 'undetermined') return rating
    reading.say('warning', `rating_dropped_${card.outlook}`, 'rating')
    return null
  }

  /** The same person twice: which row counts is a decision, not a guess. */
  private heldVerdict(reading: RowReading, parsed: ResultParsed, first: number): RowVerdict {
    reading.say('held', 'person_twice', 'identityNo', { row: first })
    return {
      ...reading.verdict(parsed, 'none'),
      subjectType: 'scorecard',
      subjectId: parsed.cardId,
    }
  }

  private effectOf(card: CardRow, { figures, rating }: ResultParsed) {
    const before = this.figures.get(card.id)
    if (!before) return 'create' as const
    const same =
      FIGURES.every((name) => before[name] === figures[name]) &&
      (rating === null || rating === card.rating)
    return same ? ('same' as const) : ('update' as const)
  }

  private judgeValue(row: SourceRow): RowVerdict {
    const reading = new RowReading(row, VALUE_HEADERS)
    reading.required('coefficient')
    const given = {
      nature: reading.code('nature', POST_NATURES, true),
      post: reading.required('post'),
      coefficient: reading.decimal('coefficient'),
      frontLine: reading.yes('frontLine'),
    }
    if (reading.rejected) return reading.verdict(null, 'none')
    const key = nameKey(given.nature!, given.post)
    reading.once(this.named, key, 'post')
    const before = this.values.get(key)
    if (!before) return reading.verdict(given as PostValueParsed, 'create')
    const parsed = { ...given, ...withoutColumn(row, { frontLine: 'frontLine' }, before) }
    const { coefficient, frontLine } = parsed
    const same = coefficient === before.coefficient && frontLine === before.frontLine
    return reading.verdict(parsed as PostValueParsed, same ? 'same' : 'update')
  }
}

type People = Map<string, { id: number; name: string }>

async function peopleOf(rows: SourceRow[]): Promise<People> {
  const digests = new Map<string, string>()
  for (const { cells } of rows) {
    const cell = cells.identityNo
    if (!cell || cell.text === '') continue
    const parsed = parseIdentityCell(cell.kind === 'number' ? Number(cell.raw) : cell.text)
    if (parsed.ok) digests.set(parsed.normalised, digest(parsed.normalised, 'identity'))
  }
  const known = await knownPeople([...digests.values()])
  return new Map(
    [...digests].flatMap(([number, key]) => {
      const person = known.get(key)
      return person ? [[number, { id: person.id, name: person.columns.name }] as const] : []
    })
  )
}

function readFigures(reading: RowReading): ResultFigures {
  const figures = {} as ResultFigures
  for (const name of FIGURES) {
    const text = reading.text(name)
    figures[name] = text === '' ? null : figureOf(name, text)
    if (text !== '' && figures[name] === null) reading.say('rejected', 'not_a_number', name)
  }
  return figures
}

function readRating(reading: RowReading): Rating | null {
  return reading.code('rating', RATING_SPELLINGS)
}
