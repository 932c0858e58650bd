import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  inChunks,
  insertRow,
  inTransaction,
  isUniqueViolation,
  readTooEarly,
  type Trx,
} from '#shared/database'
import { entryFor, type Stage } from '../domain/sheets.js'
import { recusedPairs } from '../queries/differences.js'
import { recruitmentById } from '../queries/recruitments.js'
import { entriesOf, takersOf } from '../queries/scores.js'
import { sharePlan } from './hold_plan.js'
import { logPlan, refuse } from './log.js'
import { refuseOwn } from './review.js'
import { assertOpen } from './stage_open.js'

export interface ScoresInput {
  recruitmentId: number
  stage: Stage
  /** 0: the written test. */
  examinerId: number
  /** Hundredths; null: absent. */
  scores: readonly { applicationId: number; score: number | null }[]
  source?: 'typed' | 'imported'
}

/**
 * Writes one person's entry of a sheet. The first who writes a sheet is entry 1, the second entry 2,
 * a third is refused.
 */
export async function enterScores(input: ScoresInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await sharePlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, input.stage)
    const takers = new Map(
      (await takersOf(plan, input.stage, client)).map((taker) => [taker.id, taker])
    )
    for (const { applicationId } of input.scores) {
      const taker = takers.get(applicationId)
      if (taker) refuseOwn(taker, actor)
    }
    const recused = await recusedPairs(plan.id, client)
    const refused = input.scores.find(({ applicationId }) =>
      recused.has(`${applicationId}/${input.examinerId}`)
    )
    if (refused) refuse('recused')
    if (input.scores.some(({ applicationId }) => !takers.has(applicationId))) refuse('not_a_taker')
    const entryId = await ownEntry(client, input, actor)
    await writeScores(client, entryId, input.scores)
    await logPlan(client, actor, 'scores_entered', plan.id, {
      stage: input.stage,
      examiner: input.examinerId,
      count: input.scores.length,
    })
    return entryId
  }, trx)
}

/** Signs an imported sheet for the second entry: another person, who has compared it with the paper. */
export async function countersign(
  input: { recruitmentId: number; stage: Stage; examinerId: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await sharePlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, input.stage)
    const entries = (await entriesOf(plan.id, input.stage, client)).filter(
      ({ examinerId }) => examinerId === input.examinerId
    )
    const first = entries.find(({ source }) => source === 'imported')
    if (!first || entries.length !== 1) refuse('nothing_to_countersign')
    if (first.userId === actor.userId) refuse('same_person')
    for (const taker of await takersOf(plan, input.stage, client)) {
      if (first.scores.has(taker.id)) refuseOwn(taker, actor)
    }
    const entryId = await insertEntry(client, input, 3 - first.entry, actor, 'countersigned')
    const scores = [...first.scores].map(([applicationId, score]) => ({ applicationId, score }))
    await writeScores(client, entryId, scores)
    await logPlan(client, actor, 'countersigned', plan.id, { stage: input.stage })
  }, trx)
}

async function ownEntry(trx: Trx, input: ScoresInput, actor: Actor): Promise<number> {
  const entries = (await entriesOf(input.recruitmentId, input.stage, trx)).filter(
    ({ examinerId }) => examinerId === input.examinerId
  )
  const entry = entryFor(entries, actor.userId!)
  if (entry === null) refuse('entered_twice')
  const own = entries.find(({ userId }) => userId === actor.userId)
  if (own) return own.id
  return insertEntry(trx, input, entry, actor, input.source ?? 'typed')
}

/** Two who come at once are told apart by the unique keys: the later one looks again. */
async function insertEntry(
  trx: Trx,
  sheet: { recruitmentId: number; stage: Stage; examinerId: number },
  entry: number,
  actor: Actor,
  source: string
): Promise<number> {
  try {
    return await insertRow(trx, 'recruitment_entries', {
      recruitment_id: sheet.recruitmentId,
      stage: sheet.stage,
      examiner_id: sheet.examinerId,
      entry,
      user_id: actor.userId,
      source,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw readTooEarly()
    throw error
  }
}

async function writeScores(trx: Trx, entryId: number, scores: ScoresInput['scores']) {
  const rows = scores.map(({ applicationId, score }) => ({
    entry_id: entryId,
    application_id: applicationId,
    score,
  }))
  const ids = rows.map(({ application_id: id }) => id)
  await inChunks(ids, 400, async (piece) => {
    await trx
      .from('recruitment_scores')
      .where('entry_id', entryId)
      .whereIn('application_id', piece)
      .delete()
    return []
  })
  await bulkInsert(trx, 'recruitment_scores', rows)
}
