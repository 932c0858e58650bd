import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  bulkInsert,
  inChunks,
  insertRow,
  inTransaction,
  isUniqueViolation,
  type Trx,
} from '#shared/database'
import { MoveError } from '#shared/errors'
import { meanScore, rankContenders, shortlist, totalScore } from '../domain/scoring.js'
import { entryFor, type Stage } from '../domain/sheets.js'
import { applicationList, particularsOf } from '../queries/applications.js'
import { recruitmentById, recruitmentPosts, type RecruitmentRow } from '../queries/recruitments.js'
import { openDifferences, recusedPairs } from '../queries/differences.js'
import { entriesOf, examinersOf, takersOf } from '../queries/scores.js'
import { logPlan, refuse } from './log.js'

export interface ScoresInput {
  recruitmentId: number
  stage: Stage
  /** 0: the written test. */
  examinerId: number
  /** Hundredths; null: absent. */
  scores: readonly { applicationId: number; score: number | null }[]
  source?: 'typed' | 'imported'
}

/** Puts an examiner on the panel until the interview is closed; returns the id. */
export async function addExaminer(
  input: {
    recruitmentId: number
    name: string
    organization: string | null
    personId: number | null
  },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, 'interview')
    try {
      const id = await insertRow(client, 'recruitment_examiners', {
        recruitment_id: plan.id,
        name: input.name,
        organization: input.organization,
        person_id: input.personId,
        created_at: clock.now(),
      })
      await recuseByFacts(client, plan, { ...input, id })
      await logPlan(client, actor, 'examiner_added', plan.id, { name: input.name })
      return id
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      return refuse('examiner_known', { name: input.name })
    }
  }, trx)
}

/** 回避: the examiner does not score the applicant, and what was entered for the pair is gone. */
export async function recuse(
  input: { applicationId: number; examinerId: number; reason: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const examiner = await client
      .from('recruitment_examiners')
      .where('id', input.examinerId)
      .firstOrFail()
    const plan = await recruitmentById(Number(examiner.recruitment_id), client)
    assertOpen(plan, 'interview')
    await writeRecusal(client, input)
    await client
      .from('recruitment_scores')
      .where('application_id', input.applicationId)
      .whereIn(
        'entry_id',
        client.from('recruitment_entries').where('examiner_id', input.examinerId).select('id')
      )
      .delete()
    await logPlan(client, actor, 'recused', plan.id, {
      name: examiner.name,
      application: input.applicationId,
      reason: input.reason,
    })
  }, trx)
}

/**
 * Writes one person's entry of a sheet. The first who writes a sheet is entry 1, the second entry 2,
 * a third is refused (the unique keys say so when two come at once).
 */
export async function enterScores(input: ScoresInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, input.stage)
    const takers = new Set((await takersOf(plan, input.stage, client)).map(({ id }) => id))
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
    const plan = await recruitmentById(input.recruitmentId, client)
    assertOpen(plan, input.stage)
    const entries = (await entriesOf(plan.id, input.stage, client)).filter(
      ({ examinerId }) => examinerId === input.examinerId
    )
    const first = entries.find(({ source }) => source === 'imported')
    if (!first || entries.length !== 1) refuse('nothing_to_countersign')
    if (first.userId === actor.userId) refuse('same_person')
    const entryId = await insertEntry(client, input, 3 - first.entry, actor, 'countersigned')
    const scores = [...first.scores].map(([applicationId, score]) => ({ applicationId, score }))
    await writeScores(client, entryId, scores)
    await logPlan(client, actor, 'countersigned', plan.id, { stage: input.stage })
  }, trx)
}

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
  const scores = new Map<number, number | null>()
  const [entry] = await entriesOf(plan.id, 'written', trx)
  for (const [id, score] of entry?.scores ?? []) scores.set(id, score)
  const takers = await takersOf(plan, 'written', trx)
  const called = new Set<number>()
  for (const post of await recruitmentPosts(plan.id, trx)) {
    const written = takers
      .filter(({ recruitmentPostId }) => recruitmentPostId === post.id)
      .map(({ id }) => ({ id, written: scores.get(id) ?? null }))
    for (const id of shortlist(written, post.places, plan.interviewRatio)) called.add(id)
  }
  for (const { id } of takers) {
    await trx
      .from('recruitment_applications')
      .where('id', id)
      .update({ written_score: scores.get(id) ?? null, shortlisted: called.has(id) })
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

async function assertComplete(trx: Trx, plan: RecruitmentRow, stage: Stage) {
  if (stage === 'interview' && (await examinersOf(plan.id, trx)).length === 0) refuse('no_examiner')
  const differences = await openDifferences(plan, stage, trx)
  const count = (kind: string) => differences.filter((one) => one.kind === kind).length
  if (differences.length) {
    refuse('entries_differ', { missing: count('missing'), differ: count('differs') })
  }
}

function assertOpen(plan: RecruitmentRow, stage: Stage) {
  if (plan.state !== 'tests' && !(stage === 'interview' && plan.state === 'review')) {
    refuse('no_tests_now')
  }
  const closed = stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt
  if (closed) refuse('stage_closed')
}

async function ownEntry(trx: Trx, input: ScoresInput, actor: Actor): Promise<number> {
  const entries = (await entriesOf(input.recruitmentId, input.stage, trx)).filter(
    ({ examinerId }) => examinerId === input.examinerId
  )
  const entry = entryFor(entries, actor.userId!)
  if (entry === null) refuse('entered_twice')
  const own = entries.find(({ userId }) => userId === actor.userId)
  if (own) return own.id
  try {
    return await insertEntry(trx, input, entry, actor, input.source ?? 'typed')
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    return refuse('entered_twice')
  }
}

function insertEntry(
  trx: Trx,
  sheet: { recruitmentId: number; stage: Stage; examinerId: number },
  entry: number,
  actor: Actor,
  source: string
) {
  return insertRow(trx, 'recruitment_entries', {
    recruitment_id: sheet.recruitmentId,
    stage: sheet.stage,
    examiner_id: sheet.examinerId,
    entry,
    user_id: actor.userId,
    source,
    created_at: clock.now(),
  })
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

/** The applicant's own examiner: the same person on record, or named among the relatives. */
async function recuseByFacts(
  trx: Trx,
  plan: RecruitmentRow,
  examiner: { id: number; name: string; personId: number | null }
) {
  for (const application of await applicationList({ recruitmentId: plan.id }, trx)) {
    const { relatives } = await particularsOf(application.id, trx)
    const same = examiner.personId !== null && application.personId === examiner.personId
    if (!same && !relatives.includes(examiner.name)) continue
    const reason = same ? '本人' : relatives.slice(0, 500)
    await writeRecusal(trx, { applicationId: application.id, examinerId: examiner.id, reason })
  }
}

async function writeRecusal(
  trx: Trx,
  input: { applicationId: number; examinerId: number; reason: string }
) {
  const key = { application_id: input.applicationId, examiner_id: input.examinerId }
  if (await trx.from('recruitment_recusals').where(key).first()) return
  await insertRow(trx, 'recruitment_recusals', {
    ...key,
    reason: input.reason,
    created_at: clock.now(),
  })
}
