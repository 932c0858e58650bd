import db from '@adonisjs/lucid/services/db'
import { digest } from '#shared/crypto'
import { inChunks } from '#shared/database'
import type { SourceRow } from '#shared/ports/imports'
import { parseIdentityCell } from '#people/domain/identity_no'
import { assignmentsAsOf } from '#people/queries/assignments'
import type { AssignmentRow } from '#people/queries/assignment_rows'
import type { RowReading } from '#organization/imports/reading'

/** People of a sheet by their identity numbers, with the main assignment on its date. */
export class PeopleByNumber {
  private constructor(
    private readonly ids: Map<string, number>,
    private readonly assignments: Map<number, AssignmentRow>
  ) {}

  static async load(rows: readonly SourceRow[], date: string): Promise<PeopleByNumber> {
    const digests = [
      ...new Set(
        rows.flatMap((row) => {
          const number = numberIn(row)
          return number ? [digest(number, 'identity')] : []
        })
      ),
    ]
    const found = await inChunks(digests, 1_000, (piece) =>
      db
        .from('persons')
        .whereIn('identity_digest', piece)
        .select('id', 'merged_into', 'identity_digest')
    )
    const ids = new Map(
      found.map((row) => [row.identity_digest as string, Number(row.merged_into ?? row.id)])
    )
    const personIds = [...new Set(ids.values())]
    const rowsNow = await assignmentsAsOf(date, { kind: 'main', personIds })
    return new PeopleByNumber(ids, new Map(rowsNow.map((row) => [row.personId, row])))
  }

  /** The contract person that a row is about; what is wrong is said of the row. */
  read(reading: RowReading): AssignmentRow | null {
    const number = numberIn(reading.row)
    if (!number) {
      reading.say('rejected', 'selection_identity', 'identityNo')
      return null
    }
    const personId = this.ids.get(digest(number, 'identity'))
    const assignment = personId === undefined ? undefined : this.assignments.get(personId)
    if (!assignment) {
      reading.say('rejected', 'selection_unknown_person', 'name')
      return null
    }
    if (assignment.employmentType === 'establishment') {
      reading.say('rejected', 'selection_not_contract', 'name')
      return null
    }
    if (reading.text('name').replace(/\s/g, '') !== assignment.personName) {
      reading.say('warning', 'selection_other_name', 'name')
    }
    return assignment
  }
}

function numberIn(row: SourceRow): string | null {
  const cell = row.cells.identityNo
  if (!cell || cell.text === '') return null
  const parsed = parseIdentityCell(cell.kind === 'number' ? Number(cell.raw) : cell.text)
  return parsed.ok ? parsed.normalised : null
}
