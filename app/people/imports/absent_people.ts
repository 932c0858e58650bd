import type { ImportFinding } from '#shared/ports/imports'
import { assignmentsAsOf } from '../queries/assignments.js'

/** More than these are counted, not named: then the sheet is not the unit's roster at all. */
const NAMED = 500

/** People of the unit on the roster's date whom the sheet does not name: said, ended by nobody. */
export async function absentPeople(
  unitId: number,
  asOf: string,
  present: ReadonlySet<number>
): Promise<ImportFinding[]> {
  const people = await assignmentsAsOf(asOf, { kind: 'main', unitIds: [unitId] })
  const absent = people.filter(({ personId }) => !present.has(personId))
  const findings = absent.slice(0, NAMED).map(({ personId, personName }): ImportFinding => ({
    level: 'note',
    code: 'absent_person',
    field: '',
    value: personName,
    params: { personId },
  }))
  const rest = absent.length - findings.length
  if (rest > 0) findings.push({ level: 'note', code: 'absent_more', field: '', params: { rest } })
  return findings
}
