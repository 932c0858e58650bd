import { retirementOf } from '../domain/retirement_of_person.js'
import { mainAssignmentOf } from './assignments.js'
import type { PersonRow } from './person.js'

/** When the person retires by the rules known today; null while birth or sex is unknown. */
export async function retirementOfPerson(person: PersonRow, today: string) {
  const main = await mainAssignmentOf(person.id, today)
  return retirementOf({ ...person, grade: main?.grade ?? null }, today)
}
