import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'
import { acceptedSteps, type AcceptedStep } from '#performance/queries/proposals'
import { standardsOn } from './configuration.js'
import { wageBasesOn } from './wage_bases.js'

export interface OpenStep extends AcceptedStep {
  /** Step in force on the day from which it rises; null: no base or no step there. */
  step: number | null
  /** The table of steps has one to rise to: without its amount there would be no pay. */
  hasStandard: boolean
  /** Day of a base that begins later and may contain the step already. */
  laterBase: { id: number; validFrom: string; step: number | null } | null
}

/** Steps accepted from a year's review that no base of pay contains yet. */
export async function openSteps(
  filter: { units: 'all' | number[]; decisionId?: number },
  client: Client = db
): Promise<OpenStep[]> {
  const accepted = await acceptedSteps(filter, client)
  const ids = accepted.map(({ decisionId }) => decisionId)
  const raised = await inChunks(ids, 400, (some) =>
    client.from('step_raises').whereIn('rating_decision_id', some).select('rating_decision_id')
  )
  const done = new Set(raised.map((row) => Number(row.rating_decision_id)))
  const open = accepted.filter(({ decisionId }) => !done.has(decisionId))
  const newest = await wageBasesOn(open.map(personOf), '9999-12-31', client)
  const steps: OpenStep[] = []
  for (const [from, group] of Map.groupBy(open, (step) => step.from)) {
    const bases = await wageBasesOn(group.map(personOf), from, client)
    const standards = await standardsOn(from, client)
    for (const one of group) {
      const last = newest.get(one.personId)
      const step = bases.get(one.personId)?.step ?? null
      steps.push({
        ...one,
        step,
        hasStandard: step !== null && standards.has(`step:${step + 1}`),
        laterBase:
          last && last.validFrom > from
            ? { id: last.id, validFrom: last.validFrom, step: last.step }
            : null,
      })
    }
  }
  return steps
}

const personOf = ({ personId }: AcceptedStep) => personId
