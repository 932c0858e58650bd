import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import { postById } from '#organization/queries/posts'
import type { FundingType } from '#organization/domain/codes'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import { LEAST_WRITTEN, type RecruitmentKind, type Rules } from '../domain/rules.js'
import { recruitmentById } from '../queries/recruitments.js'
import { logPlan, refuseField } from './log.js'

export interface PlanPostInput {
  postId: number
  places: number
  minEducation: string | null
  maxAge: number | null
  requirements: string | null
}

export interface PlanInput extends Rules {
  title: string
  kind: RecruitmentKind
  unitId: number
  documentId: number
  fundingType: FundingType
  applyFrom: string
  applyTo: string
  testsOn: string | null
  testsPlace: string | null
  posts: readonly PlanPostInput[]
}

/** Writes a recruitment plan down as a draft; returns its id. */
export async function createPlan(input: PlanInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await check(client, input)
    const id = await insertRow(client, 'recruitments', {
      ...columnsOf(input),
      number: `new-${crypto.randomUUID()}`,
      state: 'draft',
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `ZP${clock.today().slice(0, 4)}-${String(id).padStart(4, '0')}`
    await client.from('recruitments').where('id', id).update({ number })
    await writePosts(client, id, input)
    await logPlan(client, actor, 'created', id, { number, title: input.title })
    return id
  }, trx)
}

/** Changes a draft, or a plan that came back. */
export async function editPlan(
  input: PlanInput & { recruitmentId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await check(client, input)
    const before = await recruitmentById(input.recruitmentId, client)
    if (before.state !== 'draft' && before.state !== 'returned') {
      throw new MoveError({ id: before.id, verb: 'edit' })
    }
    await updateVersioned(client, 'recruitments', before.id, input.version, {
      ...columnsOf(input),
      prepared_by: actor.userId,
    })
    await client.from('recruitment_posts').where('recruitment_id', before.id).delete()
    await writePosts(client, before.id, input)
    await logPlan(client, actor, 'edited', before.id, { title: [before.title, input.title] })
  }, trx)
}

async function check(trx: Trx, input: PlanInput) {
  await assertUnitAlive(trx, input.unitId, clock.today())
  if (input.applyTo < input.applyFrom) refuseField('apply_to', 'period')
  if (input.applyTo < clock.today()) refuseField('apply_to', 'period_past')
  if (input.posts.length === 0) refuseField('posts', 'no_posts')
  if (input.kind === 'open' && input.writtenWeight < LEAST_WRITTEN) {
    refuseField('written_weight', 'written_too_low', { least: LEAST_WRITTEN })
  }
  if (input.kind !== 'open' && input.writtenWeight !== 0) {
    refuseField('written_weight', 'direct_assessment')
  }
}

async function writePosts(trx: Trx, recruitmentId: number, input: PlanInput) {
  for (const { postId, places, minEducation, maxAge, requirements } of input.posts) {
    const post = await postById(postId, trx)
    if (post.unitId !== input.unitId) refuseField('posts', 'post_elsewhere', { post: post.name })
    if (!post.category) refuseField('posts', 'post_without_category', { post: post.name })
    await insertRow(trx, 'recruitment_posts', {
      recruitment_id: recruitmentId,
      post_id: postId,
      category: post.category,
      places,
      planned_places: places,
      min_education: minEducation,
      max_age: maxAge,
      requirements,
      version: 1,
      created_at: clock.now(),
    })
  }
}

function columnsOf(input: PlanInput) {
  return {
    title: input.title,
    kind: input.kind,
    unit_id: input.unitId,
    document_id: input.documentId,
    funding_type: input.fundingType,
    apply_from: input.applyFrom,
    apply_to: input.applyTo,
    tests_on: input.testsOn,
    tests_place: input.testsPlace,
    written_weight: input.writtenWeight,
    open_ratio: input.openRatio,
    interview_ratio: input.interviewRatio,
    pass_score: input.passScore,
    drop_extremes: input.dropExtremes,
    tie_keys: input.tieKeys.join(','),
    publicity_days: input.publicityDays,
    min_years: input.minYears,
  }
}
