import { civilDate } from '#shared/clock'
import { digestKey, seal, sealingKey } from '#shared/crypto'
import type {
  CheckedRows,
  CheckSummary,
  ImportChecker,
  ImportContext,
  ImportEffect,
  ImportLevel,
  RowVerdict,
  SourcePiece,
  SourceRow,
} from '#shared/ports/imports'
import { IMPORT_LEVELS } from '#shared/ports/imports'
import { AskedThread } from '#shared/threads/asked_thread'
import type { RosterFinding, RosterValues, RosterVerdict } from '../domain/roster_finding.js'
import { checkRosterRow, skipped } from '../domain/roster_row.js'
import { absentPeople } from './absent_people.js'
import { compareRoster, otherMainUnit, type Comparison } from './compare_roster.js'
import { editedByHandAfter } from './edited_later.js'
import { heldCode, heldQuestions } from './held_rows.js'
import { inForceOn, knownPeople, type KnownPerson } from './known_people.js'
import type { JudgedRows, JudgeTask } from './judge_newcomers.js'
import { pickLines } from './newcomer_line.js'
import { rosterParsed, type SealedValues } from './roster_row.js'
import { unitForRoster, type RosterUnit } from './roster_unit.js'

const BLANK_TERMS = '编制类型'
const thread = new AskedThread<JudgeTask, JudgedRows>(new URL('./judge_thread.ts', import.meta.url))

/** Judges a roster in the order of its rows; what is on record is looked up for 400 rows at once. */
export class RosterChecker implements ImportChecker {
  /** Digest of an identity number → the first row with it. */
  private readonly seen = new Map<string, number>()
  private readonly present = new Set<number>()
  private previous: number | null = null
  /** What the thread says of rows, those that come next among them. */
  private readonly begun = new Map<SourcePiece, Promise<JudgedRows>>()
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

  begin(_sheet: string, piece: SourcePiece): void {
    const judging = thread.ask({
      piece: { rows: piece.rows, columns: piece.columns },
      asOf: this.context.asOf,
      allowedTerms: this.unit.allowedTerms,
      keys: {
        digest: digestKey('identity'),
        identity: sealingKey('identity'),
        phone: sealingKey('phone'),
      },
    })
    // a failure is told where the rows are checked, which may never be
    judging.catch(() => {})
    this.begun.set(piece, judging)
  }

  async check(_sheet: string, rows: SourceRow[], piece: SourcePiece): Promise<CheckedRows> {
    const judged = await this.begun.get(piece)!
    this.begun.delete(piece)
    const facts = await this.lookUp(judged.digests.filter((digest) => digest !== null))
    const verdicts = rows.map((row, at) => this.judge(row, judged, at, facts))
    const kept = judged.accepted.flatMap((at, place) => (verdicts[at].kept ? [place] : []))
    const all = kept.length === judged.accepted.length
    return {
      verdicts: verdicts.flatMap((verdict) => [...this.gapBefore(verdict), verdict]),
      lines: all ? judged.lines : pickLines(judged.lines, kept),
    }
  }

  async finish(): Promise<CheckSummary> {
    if (this.context.partial) return {}
    return { findings: await absentPeople(this.unit.id, this.context.asOf, this.present) }
  }

  /** Blank rows that the reader does not deliver: one verdict for a run of them. */
  private gapBefore({ row }: RowVerdict): RowVerdict[] {
    const previous = this.previous
    this.previous = row
    if (previous === null || row <= previous + 1) return []
    const until = row - 1
    const verdict = skipped(previous + 1, until > previous + 1 ? { until } : {})
    return [stored(verdict.row, 'skipped', verdict.findings)]
  }

  private judge(row: SourceRow, judged: JudgedRows, at: number, facts: Facts): RowVerdict {
    const digest = judged.digests[at]
    const findings = judged.findings.get(at) ?? []
    if (digest === null) return stored(row.number, judged.levels[at], findings)
    const person = facts.people.get(digest) ?? null
    if (person) this.present.add(person.id)
    const earlier = this.seen.get(digest) ?? null
    if (person || earlier !== null) return this.judgeAgain(row, digest, person, earlier, facts)
    this.seen.set(digest, row.number)
    if (judged.levels[at] !== 'ok') return stored(row.number, judged.levels[at], findings)
    if (!this.takeRoom(judged.fundings[at], true, null, null)) return noVacancy(row.number)
    return { ...stored(row.number, worst(findings), findings, 'create'), kept: true }
  }

  /** A row about somebody on record or for the second time: by what is known of the person. */
  private judgeAgain(
    row: SourceRow,
    digest: string,
    person: KnownPerson | null,
    earlier: number | null,
    facts: Facts
  ): RowVerdict {
    const { asOf } = this.context
    const verdict = checkRosterRow(row, {
      asOf,
      allowedTerms: this.unit.allowedTerms,
      earlierRow: () => earlier,
      otherMainUnit: () => (person ? otherMainUnit(person, this.unit.id, asOf) : null),
    })
    if (earlier === null) this.seen.set(digest, row.number)
    const { values } = verdict
    if (!values || !person) {
      return stored(row.number, verdict.verdict as ImportLevel, verdict.findings)
    }
    return verdict.verdict === 'held'
      ? this.held(verdict, digest, person, facts)
      : this.accepted(verdict, digest, person, facts)
  }

  private held(
    verdict: RosterVerdict,
    digest: string,
    person: KnownPerson,
    facts: Facts
  ): RowVerdict {
    const other = inForceOn(person, this.context.asOf) ?? person.assignments.at(-1)!
    const state = facts.questions.get(heldCode(person.id, [this.unit.id, other.unitId]))
    if (state === 'decided') {
      const finding: RosterFinding = { level: 'skipped', code: 'decided_before', field: '' }
      return stored(verdict.row, 'skipped', [finding])
    }
    const base = { personId: person.id, assignmentId: other.id, changes: [], moves: true }
    const values = verdict.values!
    return {
      ...stored(verdict.row, 'held', verdict.findings),
      parsed: rosterParsed(values, sealedValues(values, digest), base),
      subjectType: 'person',
      subjectId: person.id,
    }
  }

  private accepted(
    verdict: RosterVerdict,
    digest: string,
    person: KnownPerson,
    facts: Facts
  ): RowVerdict {
    const values = verdict.values!
    const edited = facts.edited.has(person.id)
    const compared = compareRoster(values, person, this.unit.id, this.context.asOf, edited)
    const { assignmentId, changes, moves, effect }: Comparison = compared
    if (!this.takeRoom(values.fundingType, moves, person, assignmentId)) {
      return noVacancy(verdict.row)
    }
    const findings = [...verdict.findings, ...compared.findings]
    const base = { personId: person.id, assignmentId, changes, moves }
    const writes = effect === 'create' || effect === 'update'
    return {
      ...stored(verdict.row, worst(findings), findings, effect),
      parsed: writes ? rosterParsed(values, sealedValues(values, digest), base) : null,
      subjectType: 'person',
      subjectId: person.id,
    }
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

  private async lookUp(digests: string[]): Promise<Facts> {
    const people = await knownPeople(digests)
    const list = [...people.values()]
    const touched = list.filter(({ columns }) => editedAfter(columns.updated_at, this.context.asOf))
    return {
      people,
      edited: await editedByHandAfter(
        touched.map(({ id }) => id),
        this.context.asOf
      ),
      questions: await heldQuestions(list.map(({ id }) => id)),
    }
  }
}

interface Facts {
  /** Who is on record, by the digest of the identity number. */
  people: Map<string, KnownPerson>
  /** People whose data somebody changed since the roster's date. */
  edited: Set<number>
  /** Held questions about them, by code. */
  questions: Map<string, string>
}

function sealedValues(values: RosterValues, digest: string): SealedValues {
  return {
    identity_digest: digest,
    identity_sealed: seal(values.identityNo, 'identity'),
    phone_sealed: values.phone === null ? null : seal(values.phone, 'phone'),
  }
}

function editedAfter(updatedAt: string | null, asOf: string): boolean {
  return updatedAt !== null && civilDate(updatedAt) >= asOf
}

function worst(findings: readonly { level: ImportLevel }[]): ImportLevel {
  const order = findings.map(({ level }) => IMPORT_LEVELS.indexOf(level))
  return IMPORT_LEVELS[Math.max(0, ...order)]
}

function noVacancy(row: number): RowVerdict {
  const finding = { level: 'rejected', code: 'no_vacancy', field: BLANK_TERMS } as const
  return stored(row, 'rejected', [finding])
}

function stored(
  row: number,
  level: ImportLevel,
  findings: RowVerdict['findings'],
  effect: ImportEffect = 'none'
): RowVerdict {
  return { row, level, findings, parsed: null, effect }
}
