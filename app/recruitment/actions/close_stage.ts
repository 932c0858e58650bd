import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, inTransaction, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import { meanScore, rankContenders, shortlist, totalScore } from '../domain/scoring.js'
import type { Stage } from '../domain/sheets.js'
import { applicationList } from '../queries/applications.js'
import { openDifferences, recusedPairs } from '../queries/differences.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { recruitmentPosts } from '../queries/recruitment_posts.js'
import { entriesOf, examinersOf, takersOf } from '../queries/scores.js'
import { holdPlan } from './hold_plan.js'
import { logPlan, refuse } from './log.js'
import { assertOpen } from './stage_open.js'

/**
 * Closes a stage when every score stands twice alike. Written: who is called to the interview;
 * interview: totals and ranking. From here on a change is an exception.
 */
export async function closeStage(
  input: { recruitmentId: number; version: number; stage: Stage },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await holdPlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, input.stage)
    await assertComplete(client, plan, input.stage)
    const changed = await client
      .from('recruitments')
      .where({ id: plan.id, version: input.version })
      .update({
        [`${input.stage}_closed_at`]: clock.now(),
        version: input.version + 1,
        updated_at: clock.now(),
      })
    if (!affected(changed)) throw new MoveError({ id: plan.id, verb: 'close' })
    if (input.stage === 'written') await closeWritten(client, plan)
    else await closeInterview(client, plan)
    await logPlan(client, actor, `${input.stage}_closed`, plan.id)
  }, trx)
}

/** Totals and ranks of every post anew, from the scores as they stand. */
export async function rerank(trx: Trx, plan: RecruitmentRow) {
  const people = await applicationList({ recruitmentId: plan.id }, trx)
  const contenders = people
    .filter(({ ticketNo }) => ticketNo !== null)
    .map((one) => ({
      id: one.id,
      post: one.recruitmentPostId,
      written: one.writtenScore,
      interview: one.interviewScore,
      total: totalScore(one.writtenScore, one.interviewScore, plan.writtenWeight),
      extra: one.extraScore,
      education: one.education,
      serviceMonths: one.serviceMonths,
    }))
  const ranks = new Map<number, number>()
  for (const post of new Set(contenders.map((one) => one.post))) {
    const ofPost = contenders.filter((one) => one.post === post)
    for (const { id, rank } of rankContenders(ofPost, plan.tieKeys, plan.passScore)) {
      ranks.set(id, rank)
    }
  }
  for (const { id, total } of contenders) {
    await trx
      .from('recruitment_applications')
      .where('id', id)
      .update({ total_score: total, rank_no: ranks.get(id) ?? null, updated_at: clock.now() })
  }
}

async function closeWritten(trx: Trx, plan: RecruitmentRow) {
  const [entry] = await entriesOf(plan.id, 'written', trx)
  for (const { id } of await takersOf(plan, 'written', trx)) {
    await trx
      .from('recruitment_applications')
      .where('id', id)
      .update({ written_score: entry?.scores.get(id) ?? null })
  }
  await callToInterview(trx, plan)
}

/** Who is called to the interview, by the written scores as they stand. */
export async function callToInterview(trx: Trx, plan: RecruitmentRow) {
  const takers = await takersOf(plan, 'written', trx)
  const called = new Set<number>()
  for (const post of await recruitmentPosts(plan.id, trx)) {
    const written = takers
      .filter(({ recruitmentPostId }) => recruitmentPostId === post.id)
      .map((one) => ({ id: one.id, written: one.writtenScore }))
    for (const id of shortlist(written, post.places, plan.interviewRatio)) called.add(id)
  }
  for (const { id } of takers) {
    await trx
      .from('recruitment_applications')
      .where('id', id)
      .update({ shortlisted: called.has(id) })
  }
}

async function closeInterview(trx: Trx, plan: RecruitmentRow) {
  const entries = await entriesOf(plan.id, 'interview', trx)
  const firsts = entries.filter(({ entry }) => entry === 1)
  for (const { id } of await takersOf(plan, 'interview', trx)) {
    const given = firsts
      .map(({ scores }) => scores.get(id))
      .filter((score): score is number => typeof score === 'number')
    await trx
      .from('recruitment_applications')
      .where('id', id)
      .update({ interview_score: meanScore(given, plan.dropExtremes) })
  }
  await rerank(trx, plan)
}

/** Somebody whom every examiner must leave alone would drop out of the ranking unseen. */
async function assertExamined(trx: Trx, plan: RecruitmentRow) {
  const examiners = await examinersOf(plan.id, trx)
  if (examiners.length === 0) refuse('no_examiner')
  const recused = await recusedPairs(plan.id, trx)
  const takers = await takersOf(plan, 'interview', trx)
  if (takers.length === 0) refuse('nobody_called')
  const alone = takers.filter((one) =>
    examiners.every((examiner) => recused.has(`${one.id}/${examiner.id}`))
  )
  if (alone.length) refuse('nobody_examines', { names: alone.map(({ name }) => name).join('、') })
}

async function assertComplete(trx: Trx, plan: RecruitmentRow, stage: Stage) {
  if (stage === 'interview') await assertExamined(trx, plan)
  const differences = await openDifferences(plan, stage, trx)
  const count = (kind: string) => differences.filter((one) => one.kind === kind).length
  if (differences.length) {
    refuse('entries_differ', { missing: count('missing'), differ: count('differs') })
  }
}
