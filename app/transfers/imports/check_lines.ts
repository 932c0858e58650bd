import { FUNDING_TYPES, POST_CATEGORIES } from '#organization/domain/codes'
import { headersOf, RowReading } from '#organization/imports/reading'
import { unitResolver, type UnitResolver } from '#organization/queries/resolve_unit'
import { unitsByIds } from '#organization/queries/units'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import type { CheckSummary, ImportContext, RowVerdict, SourceRow } from '#shared/ports/imports'
import { personLine, seatLine } from '../domain/build_lines.js'
import type { TransferLine } from '../domain/lines.js'
import type { BatchRow } from '../queries/batches.js'
import { linesByKey, sameLine, type KnownLine } from './known_lines.js'
import {
  lineKey,
  PEOPLE_FIELDS,
  PERSON_KINDS,
  SEATS_FIELDS,
  type LineParsed,
} from './lines_fields.js'
import { numberOf, PeopleOfRows } from './people_of_rows.js'
import { UnitPlaces } from './unit_places.js'

const PEOPLE = headersOf(PEOPLE_FIELDS)
const SEATS = headersOf(SEATS_FIELDS)

/** Judges the rows of a list of transfers: whom or what each means, and where to. */
export class LinesCheck {
  private readonly places = new Map<number, UnitPlaces>()
  /** Line → the first row with it. */
  private readonly seen = new Map<string, number>()

  private constructor(
    private readonly batch: BatchRow,
    private readonly asOf: string,
    /** Only people and seats of this unit; null: of any. */
    private readonly unitId: number | null,
    private readonly resolve: UnitResolver,
    private readonly known: Map<string, KnownLine>
  ) {}

  static async of(batch: BatchRow, { asOf, answers }: ImportContext): Promise<LinesCheck> {
    const unitId = Number(answers.unit) || null
    return new LinesCheck(batch, asOf, unitId, await unitResolver(), await linesByKey(batch.id))
  }

  async run(sheets: Map<string, SourceRow[]>): Promise<CheckSummary> {
    const rows = sheets.get('people') ?? []
    const people = await PeopleOfRows.of(rows, this.unitId)
    const persons: RowVerdict[] = []
    for (const row of rows) persons.push(await this.person(row, people))
    const seats: RowVerdict[] = []
    for (const row of sheets.get('seats') ?? []) seats.push(await this.seats(row))
    return {
      verdicts: [
        { sheet: 'people', verdicts: persons },
        { sheet: 'seats', verdicts: seats },
      ],
    }
  }

  private async person(row: SourceRow, people: PeopleOfRows): Promise<RowVerdict> {
    const reading = new RowReading(row, PEOPLE)
    const name = reading.required('name')
    const kind = reading.code('kind', PERSON_KINDS)
    const fromUnitId = reading.text('fromUnit') ? this.unit(reading, 'fromUnit', this.asOf) : null
    const toUnitId = await this.target(reading)
    if (reading.rejected) return reading.verdict(null, 'none')
    const person = this.whom(reading, people, name, fromUnitId)
    if (!person) return reading.verdict(null, 'none')
    if (kind === 'person_with_quota' && person.employmentType !== 'establishment') {
      reading.say('rejected', 'transfer_no_seat', 'kind')
      return reading.verdict(null, 'none')
    }
    const places = await this.placesOf(toUnitId!)
    const place = places.find(reading.text('department'), reading.text('post'), person)
    if (!place.ok) {
      const field = place.error === 'transfer_unknown_post' ? 'post' : 'department'
      reading.say('rejected', place.error, field)
      return reading.verdict(null, 'none')
    }
    const rule = {
      toUnitId: toUnitId!,
      effectiveOn: this.batch.effectiveOn,
      withQuota: kind !== 'person_without_quota',
    }
    const line = personLine(rule, { ...person, assignmentId: person.id }, place.post)
    return this.verdict(
      reading,
      { ...line, toDepartmentId: place.departmentId },
      person.personName,
      'name',
      person.personId
    )
  }

  private whom(
    reading: RowReading,
    people: PeopleOfRows,
    name: string,
    fromUnitId: number | null
  ): AssignmentRow | null {
    const number = numberOf(reading.row)
    if (number && 'ok' in number && !number.ok) {
      reading.say('rejected', number.error, 'identityNo')
      return null
    }
    const found = people.find(name, number)
    const there = fromUnitId ? found.filter(({ unitId }) => unitId === fromUnitId) : found
    if (there.length === 1) {
      if (there[0].personName !== name) reading.say('warning', 'selection_other_name', 'name')
      return there[0]
    }
    if (there.length > 1) reading.say('rejected', 'transfer_ambiguous_person', 'name')
    else if (found.length === 1) {
      reading.say('rejected', 'transfer_other_unit', 'fromUnit', { unit: found[0].unitName })
    } else reading.say('rejected', 'transfer_unknown_person', 'name')
    return null
  }

  private async seats(row: SourceRow): Promise<RowVerdict> {
    const reading = new RowReading(row, SEATS)
    const fromUnitId = this.unit(reading, 'fromUnit', this.asOf)
    const toUnitId = await this.target(reading)
    const fundingType = reading.code('funding', FUNDING_TYPES, true)
    const category = reading.code('category', POST_CATEGORIES, true)
    const vacant = reading.count('quantity', true)
    if (vacant === 0) reading.say('rejected', 'transfer_no_seats', 'quantity')
    if (fromUnitId && this.unitId && fromUnitId !== this.unitId) {
      reading.say('rejected', 'transfer_not_the_unit', 'fromUnit')
    }
    if (reading.rejected) return reading.verdict(null, 'none')
    const seat = { unitId: fromUnitId!, fundingType: fundingType!, category: category! }
    const line = seatLine(toUnitId!, { ...seat, vacant: vacant! })
    return this.verdict(reading, line, reading.text('fromUnit'), 'fromUnit')
  }

  private verdict(
    reading: RowReading,
    line: TransferLine,
    about: string,
    field: string,
    personId?: number
  ): RowVerdict {
    if (line.fromUnitId === line.toUnitId) reading.say('rejected', 'transfer_same_unit', 'toUnit')
    const key = lineKey(line)
    reading.once(this.seen, key, field)
    const known = this.known.get(key) ?? null
    const parsed: LineParsed = { line, lineId: known?.id ?? null, about }
    const effect = !known ? 'create' : sameLine(known, line) ? 'same' : 'update'
    const subject = personId ? { subjectType: 'person', subjectId: personId } : {}
    return { ...reading.verdict(parsed, effect), ...subject }
  }

  /** A unit comes into being by the change that the batch carries out: as of the batch's date. */
  private async target(reading: RowReading): Promise<number | null> {
    const unitId = this.unit(reading, 'toUnit', this.batch.effectiveOn)
    const unit = unitId && (await unitsByIds([unitId])).get(unitId)
    if (unit && unit.dissolvedOn !== null && unit.dissolvedOn <= this.batch.effectiveOn) {
      reading.say('rejected', 'transfer_dissolved', 'toUnit', { date: unit.dissolvedOn })
    }
    return unitId
  }

  private unit(reading: RowReading, field: string, date: string): number | null {
    const name = reading.required(field)
    if (name === '') return null
    const hit = this.resolve(name, date)
    if (hit.kind === 'found') return hit.unitId
    reading.say('rejected', hit.kind === 'ambiguous' ? 'ambiguous_unit' : 'unknown_unit', field)
    return null
  }

  private async placesOf(unitId: number): Promise<UnitPlaces> {
    const known = this.places.get(unitId) ?? (await UnitPlaces.of(unitId, this.batch))
    this.places.set(unitId, known)
    return known
  }
}
