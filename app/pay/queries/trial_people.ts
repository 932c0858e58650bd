import db from '@adonisjs/lucid/services/db'
import { assignmentsAsOf } from '#people/queries/assignments'
import { postValuesOn } from '#performance/queries/post_values'
import type { EmploymentType } from '#organization/domain/codes'
import { clock } from '#shared/clock'
import { parametersOn, standardsOn } from './configuration.js'
import { personInputs } from './person_inputs.js'
import { wageBasesOn } from './wage_bases.js'
import { triedRating } from './year_ratings.js'

/** People of a class on whom something is tried: a sample where there are more. */
export const TRIAL_SAMPLE = 200

/** Real people on whom a formula is tried: those of a class who have a wage base, as they stand today. */
export async function trialPeople(employmentType: string, date: string) {
  const day = date < clock.today() ? clock.today() : date
  const known = await db
    .from('wage_bases as w')
    .join('assignments as a', (join) => join.on('a.person_id', 'w.person_id'))
    .where({ 'w.live': 1, 'a.open_main': 1, 'a.employment_type': employmentType })
    .distinct('w.person_id')
    .orderBy('w.person_id')
    .limit(TRIAL_SAMPLE)
  const personIds = known.map((row) => Number(row.person_id))
  const filter = {
    personIds,
    kind: 'main' as const,
    employmentType: employmentType as EmploymentType,
  }
  const rows = personIds.length ? await assignmentsAsOf(clock.today(), filter) : []
  const bases = await wageBasesOn(personIds, day)
  const parameters = await parametersOn(day)
  const sources = {
    standards: await standardsOn(day),
    parameters,
    months: 1,
    ratings: triedRating(parameters.value),
    postValues: await postValuesOn(day),
  }
  return rows.map((row) => ({
    personId: row.personId,
    additionalFen: bases.get(row.personId)?.additionalFen ?? 0,
    inputs: personInputs(row, bases.get(row.personId), sources),
  }))
}
