import db from '@adonisjs/lucid/services/db'
import { PUBLISHED, recruitmentList } from './recruitments.js'

/** Growth-path plans that are out, with the person's own application where there is one. */
export async function growthPlans(personId: number) {
  const plans = await recruitmentList({ kind: 'growth', states: PUBLISHED, units: 'all' })
  const own = await db
    .from('recruitment_applications')
    .where('person_id', personId)
    .whereNot('state', 'withdrawn')
    .select('recruitment_id', 'number', 'state')
  return plans.map((plan) => ({
    ...plan,
    own: own.find((row) => Number(row.recruitment_id) === plan.id) ?? null,
  }))
}
