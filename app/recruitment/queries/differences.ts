import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { differencesOf, type Difference, type Stage } from '../domain/sheets.js'
import type { RecruitmentRow } from './recruitments.js'
import { entriesOf, examinersOf, recusalsOf, takersOf } from './scores.js'

/** What keeps a stage open, for its page and for its closing. */
export async function openDifferences(
  plan: RecruitmentRow,
  stage: Stage,
  client: Client = db
): Promise<Difference[]> {
  const entries = await entriesOf(plan.id, stage, client)
  const examiners =
    stage === 'written' ? [0] : (await examinersOf(plan.id, client)).map(({ id }) => id)
  const recused = await recusedPairs(plan.id, client)
  return differencesOf(
    examiners.map((examinerId) => ({
      examinerId,
      entries: entries.filter((entry) => entry.examinerId === examinerId),
    })),
    (await takersOf(plan, stage, client)).map(({ id }) => id),
    (applicationId, examinerId) => recused.has(`${applicationId}/${examinerId}`)
  )
}

/** `application/examiner` of every pair that is kept apart. */
export async function recusedPairs(
  recruitmentId: number,
  client: Client = db
): Promise<Set<string>> {
  const recusals = await recusalsOf(recruitmentId, client)
  return new Set(recusals.map(({ applicationId, examinerId }) => `${applicationId}/${examinerId}`))
}
