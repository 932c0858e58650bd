import { clock } from '#shared/clock'
import { assignmentsAsOf } from '#people/queries/assignments'
import { decisionInForce } from '#decisions/queries/require_decision'
import { Exact } from '#shared/formulas/formula'
import type { WageFacts } from '#shared/ports/wage_facts'
import { CONTRACT_DECISION } from './compute_context.js'
import { parametersOn, standardsOn } from './configuration.js'
import { wageBasesOn } from './wage_bases.js'

/** What the papers of a move say of people on a date; what is not known stays a blank. */
export async function wageFacts(
  personIds: number[],
  date: string
): Promise<Map<number, WageFacts>> {
  const bases = await wageBasesOn(personIds, date)
  const standards = await standardsOn(date)
  const contractPayFen = await contractPayOn(date)
  const places = await assignmentsAsOf(date, { personIds, kind: 'main' })
  const gradeOf = new Map(places.map(({ personId, grade }) => [personId, grade]))
  return new Map(
    personIds.map((personId) => {
      const base = bases.get(personId)
      const grade = gradeOf.get(personId)
      return [
        personId,
        {
          contractPayFen,
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

/** 合同工资标准, once it is decided what contract staff are paid by. */
async function contractPayOn(date: string): Promise<number | null> {
  if (!(await decisionInForce(CONTRACT_DECISION, clock.today()))) return null
  const { 合同工资标准: yuan } = (await parametersOn(date)).value
  return yuan ? Exact.from(yuan).toFen() : null
}
