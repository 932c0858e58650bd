import { assignmentsAsOf } from '#people/queries/assignments'
import type { WageFacts } from '#shared/ports/wage_facts'
import { standardsOn } from './configuration.js'
import { wageBasesOn } from './wage_bases.js'

/** What the 工资关系转移单 says of people on a date; what is not known stays a blank. */
export async function wageFacts(
  personIds: number[],
  date: string
): Promise<Map<number, WageFacts>> {
  const bases = await wageBasesOn(personIds, date)
  const standards = await standardsOn(date)
  const places = await assignmentsAsOf(date, { personIds, kind: 'main' })
  const gradeOf = new Map(places.map(({ personId, grade }) => [personId, grade]))
  return new Map(
    personIds.map((personId) => {
      const base = bases.get(personId)
      const grade = gradeOf.get(personId)
      return [
        personId,
        {
          postPayFen: (grade && standards.get(`post:${grade}`)?.monthlyFen) || null,
          stepPayFen: (base?.step && standards.get(`step:${base.step}`)?.monthlyFen) || null,
          step: base?.step ? `${base.step}级` : null,
          allowanceFen: base?.allowanceFen ?? null,
          pensionBaseFen: base?.pensionBaseFen ?? null,
          housingBaseFen: base?.housingBaseFen ?? null,
        },
      ]
    })
  )
}
