import { civilDate } from '#shared/clock'
import { digest } from '#shared/crypto'
import type {
  CheckSummary,
  ImportChecker,
  ImportContext,
  ImportEffect,
  ImportLevel,
  RowVerdict,
  SourceRow,
} from '#shared/ports/imports'
import { IMPORT_LEVELS } from '#shared/ports/imports'
import { parseIdentityCell } from '../domain/identity_no.js'
import type { RosterFinding, RosterVerdict } from '../domain/roster_finding.js'
import { checkRosterRow, skipped } from '../domain/roster_row.js'
import { absentPeople } from './absent_people.js'
import { compareRoster, otherMainUnit, type Comparison } from './compare_roster.js'
import { editedByHandAfter } from './edited_later.js'
import { heldCode, heldQuestions } from './held_rows.js'
import { inForceOn, knownPeople, type KnownPerson } from './known_people.js'
import { newcomerLine } from './newcomer_line.js'
import { rosterParsed, sealPeople, type RosterParsed, type Unsealed } from './roster_row.js'
import { unitForRoster, type RosterUnit } from './roster_unit.js'

const BLANK_TERMS = '编制类型'

/** Judges a roster in the order of its rows; what is on record is looked up for 400 rows at once. */
export class RosterChecker implements ImportChecker {
  /** Identity number → the first row with it. */
  private readonly seen = new Map<string, number>()
  private readonly present = new Set<number>()
  private previous: number | null = null
  /** Of the rows in hand. */
  private readonly unsealed: Unsealed[] = []
  private readonly newcomers: { verdict: RowVerdict; parsed: RosterParsed }[] = []
  private readonly room: Record<string, number>

  private constructor(
    private readonly context: ImportContext,
    private readonly unit: RosterUnit
  ) {
    this.room = { ...unit.vacant }
  }

  static async for(context: ImportContext): Promise<RosterChecker> {
    const unit = await unitForRoster(Number(context.answers.unit), context.asOf)
    return new RosterChecker(context, unit)
  }

  async check(_sheet: string, rows: SourceRow[]): Promise<RowVerdict[]> {
    const facts = await this.lookUp(rows)
    const verdicts = rows.flatMap((row) => [...this.gapBefore(row), this.judge(row, facts)])
    await sealPeople(this.unsealed.splice(0))
    for (const { verdict, parsed } of this.newcomers.splice(0)) {
      verdict.line = newcomerLine(parsed.person, parsed)
    }
    return verdicts
  }

  async finish(): Promise<CheckSummary> {
    if (this.context.partial) return {}
    return { findings: await absentPeople(this.unit.id, this.context.asOf, this.present) }
  }

  /** Blank rows that the reader does not deliver: one verdict for a run of them. */
  private gapBefore(row: SourceRow): RowVerdict[] {
    const previous = this.previous
    this.previous = row.number
    if (previous === null || row.number <= previous + 1) return []
    const until = row.number - 1
    const verdict = skipped(previous + 1, until > previous + 1 ? { until } : {})
    return [stored(verdict.row, 'skipped', verdict.findings)]
  }

  private judge(row: SourceRow, facts: Facts): RowVerdict {
    const { asOf } = this.context
    const verdict = checkRosterRow(row, {
      asOf,
      allowedTerms: this.unit.allowedTerms,
      earlierRow: (identityNo) => this.seen.get(identityNo) ?? null,
      otherMainUnit: (identityNo) => {
        const person = facts.people.get(identityNo)
        return person ? otherMainUnit(person, this.unit.id, asOf) : null
      },
    })
    const { identityNo, values } = verdict
    if (identityNo && !this.seen.has(identityNo)) this.seen.set(identityNo, row.number)
    const person = identityNo ? (facts.people.get(identityNo) ?? null) : null
    if (person) this.present.add(person.id)
    if (!values) return stored(row.number, verdict.verdict as ImportLevel, verdict.findings)
    return verdict.verdict === 'held'
      ? this.held(verdict, person!, facts)
      : this.accepted(verdict, person, facts)
  }

  private held(verdict: RosterVerdict, person: KnownPerson, facts: Facts): RowVerdict {
    const other = inForceOn(person, this.context.asOf) ?? person.assignments.at(-1)!
    const state = facts.questions.get(heldCode(person.id, [this.unit.id, other.unitId]))
    if (state === 'decided') {
      const finding: RosterFinding = { level: 'skipped', code: 'decided_before', field: '' }
      return stored(verdict.row, 'skipped', [finding])
    }
    const base = { personId: person.id, assignmentId: other.id, changes: [], moves: true }
    const values = verdict.values!
    const parsed = rosterParsed(values, facts.digests.get(verdict.identityNo!)!, base)
    this.unsealed.push({ parsed, values })
    return {
      ...stored(verdict.row, 'held', verdict.findings),
      parsed,
      subjectType: 'person',
      subjectId: person.id,
    }
  }

  private accepted(verdict: RosterVerdict, person: KnownPerson | null, facts: Facts): RowVerdict {
    const values = verdict.values!
    const compared = person
      ? compareRoster(values, person, this.unit.id, this.context.asOf, facts.edited.has(person.id))
      : ({
          effect: 'create',
          findings: [],
          assignmentId: null,
          changes: [],
          moves: true,
        } satisfies Comparison)
    const { assignmentId, changes, moves, effect }: Comparison = compared
    const parsed = rosterParsed(values, facts.digests.get(values.identityNo)!, {
      personId: person?.id ?? null,
      assignmentId,
      changes,
      moves,
    })
    if (!this.takeRoom(parsed.fundingType, moves, person, assignmentId)) {
      const finding = { level: 'rejected', code: 'no_vacancy', field: BLANK_TERMS } as const
      return stored(verdict.row, 'rejected', [finding])
    }
    const findings = [...verdict.findings, ...compared.findings]
    const subject = person ? { subjectType: 'person', subjectId: person.id } : {}
    const writes = effect === 'create' || effect === 'update'
    if (writes) this.unsealed.push({ parsed, values })
    const judged: RowVerdict = {
      ...stored(verdict.row, worst(findings), findings, effect),
      parsed: writes && person ? parsed : null,
      ...subject,
    }
    if (!person) this.newcomers.push({ verdict: judged, parsed })
    return judged
  }

  /** Funding type and total are hard: a row that finds no vacant seat is refused here already. */
  private takeRoom(
    funding: string | null | undefined,
    moves: boolean,
    person: KnownPerson | null,
    assignmentId: number | null
  ): boolean {
    if (!moves || !funding) return true
    const current = person?.assignments.find(({ id }) => id === assignmentId)
    if (current?.unitId === this.unit.id && current.fundingType === funding) return true
    const left = this.room[funding] ?? 0
    this.room[funding] = left - 1
    return left > 0
  }

  private async lookUp(rows: SourceRow[]): Promise<Facts> {
    const numbers = rows.flatMap(({ cells }) => identityOf(cells.identityNo) ?? [])
    const digests = new Map(numbers.map((number) => [number, digest(number, 'identity')]))
    const known = await knownPeople([...digests.values()])
    const people = new Map<string, KnownPerson>()
    for (const [number, key] of digests) {
      if (known.has(key)) people.set(number, known.get(key)!)
    }
    const list = [...people.values()]
    const touched = list.filter(({ columns }) => editedAfter(columns.updated_at, this.context.asOf))
    return {
      people,
      digests,
      edited: await editedByHandAfter(
        touched.map(({ id }) => id),
        this.context.asOf
      ),
      questions: await heldQuestions(list.map(({ id }) => id)),
    }
  }
}

interface Facts {
  /** By identity number: who is on record, and the keyed digest of each number of the piece. */
  people: Map<string, KnownPerson>
  digests: Map<string, string>
  /** People whose data somebody changed since the roster's date. */
  edited: Set<number>
  /** Held questions about them, by code. */
  questions: Map<string, string>
}

function identityOf(cell: SourceRow['cells'][string]): string | null {
  if (!cell || cell.text === '') return null
  // the usual case needs no reading; whether the number is right is said later
  if (cell.kind === 'text' && /^\d{17}[\dX]$/.test(cell.text)) return cell.text
  const parsed = parseIdentityCell(cell.kind === 'number' ? Number(cell.raw) : cell.text)
  return parsed.ok ? parsed.normalised : null
}

function editedAfter(updatedAt: string | null, asOf: string): boolean {
  return updatedAt !== null && civilDate(updatedAt) >= asOf
}

function worst(findings: readonly { level: ImportLevel }[]): ImportLevel {
  const order = findings.map(({ level }) => IMPORT_LEVELS.indexOf(level))
  return IMPORT_LEVELS[Math.max(0, ...order)]
}

function stored(
  row: number,
  level: ImportLevel,
  findings: RosterFinding[],
  effect: ImportEffect = 'none'
): RowVerdict {
  return { row, level, findings, parsed: null, effect }
}
