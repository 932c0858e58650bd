import { digest } from '#shared/crypto'
import { inChunks } from '#shared/database'
import type { SourceRow } from '#shared/ports/imports'
import { parseIdentityCell, type ParsedIdentity } from '#people/domain/identity_no'
import { knownPeople } from '#people/imports/known_people'
import { assignmentQuery, toAssignment, type AssignmentRow } from '#people/queries/assignment_rows'

/** Who a row means by its number: read, masked as our own papers show it, or not given. */
export type AskedNumber = ParsedIdentity | { masked: string } | null

/** People with an open main assignment whom rows name, looked up all at once. */
export class PeopleOfRows {
  private constructor(
    private readonly byNumber: Map<string, AssignmentRow[]>,
    private readonly byName: Map<string, AssignmentRow[]>
  ) {}

  /** `unitId` null: in whatever unit; else nobody of another unit is found. */
  static async of(rows: readonly SourceRow[], unitId: number | null): Promise<PeopleOfRows> {
    const asked = rows.map((row) => numberOf(row))
    const numbers = asked.flatMap((one) => (one && 'ok' in one && one.ok ? [one.normalised] : []))
    const names = rows.flatMap(({ cells }) => cells.name?.text.trim() || [])
    const fits = (row: AssignmentRow) => unitId === null || row.unitId === unitId
    const named = await openByName([...new Set(names)])
    return new PeopleOfRows(
      await openByNumber([...new Set(numbers)], fits),
      Map.groupBy(named.filter(fits), ({ personName }) => personName)
    )
  }

  find(name: string, number: AskedNumber): AssignmentRow[] {
    if (number && 'ok' in number) return number.ok ? this.numbered(number.normalised) : []
    const named = this.byName.get(name) ?? []
    return number ? named.filter((row) => row.identityMasked === number.masked) : named
  }

  private numbered(number: string): AssignmentRow[] {
    return this.byNumber.get(number) ?? []
  }
}

/** The identity number of a row. */
export function numberOf({ cells }: SourceRow): AskedNumber {
  const cell = cells.identityNo
  const text = cell?.text.trim() ?? ''
  if (!cell || text === '') return null
  if (/^[\dXx]+\*+[\dXx]+$/.test(text)) return { masked: text.toUpperCase() }
  return parseIdentityCell(cell.kind === 'number' ? Number(cell.raw) : text)
}

async function openByNumber(numbers: string[], fits: (row: AssignmentRow) => boolean) {
  const digests = new Map(numbers.map((number) => [number, digest(number, 'identity')]))
  const known = await knownPeople([...digests.values()])
  return new Map(
    numbers.map((number) => {
      const assignments = known.get(digests.get(number)!)?.assignments ?? []
      return [number, assignments.filter((row) => row.validTo === null && fits(row))]
    })
  )
}

async function openByName(names: string[]): Promise<AssignmentRow[]> {
  const rows = await inChunks(names, 400, (piece) =>
    assignmentQuery().where('a.open_main', 1).whereIn('p.name', piece).orderBy('a.id')
  )
  return rows.map(toAssignment)
}
