import db from '@adonisjs/lucid/services/db'
import { runImport } from '#imports/actions/run_import'
import { approveRequest } from '#organization/actions/quota_requests/move_request'
import { checkDigit } from '#people/domain/identity_no'
import { approvePlan, submitPlan, type PlanMove } from '#recruitment/actions/approve_plan'
import { apply, type ApplicationInput } from '#recruitment/actions/apply'
import { publishNotice, startReview, startTests } from '#recruitment/actions/move_plan'
import { reviewApplication } from '#recruitment/actions/review'
import { createPlan, type PlanInput } from '#recruitment/actions/save_plan'
import { closeStage } from '#recruitment/actions/close_stage'
import { enterScores } from '#recruitment/actions/enter_scores'
import { DEFAULT_RULES, type RecruitmentKind } from '#recruitment/domain/rules'
import { applicationById, applicationList } from '#recruitment/queries/applications'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { recruitmentPosts } from '#recruitment/queries/recruitment_posts'
import { takersOf } from '#recruitment/queries/scores'
import type { Stage } from '#recruitment/domain/sheets'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { givenSeats, givenPost } from '../transfers/givens.js'
import { givenActor, givenDocument, givenUnit } from '#tests/support/givens'

export const TODAY = '2022-03-01'
export const APPLY_TO = '2022-03-10'

export async function givenOffice() {
  return {
    hr1: await givenActor({ role: 'hr_officer' }),
    hr2: await givenActor({ role: 'hr_officer' }),
    head: await givenActor({ role: 'hr_head' }),
    personnel: await givenActor({ role: 'personnel_approver' }),
    establishment: await givenActor({ role: 'establishment_approver' }),
  }
}
export type Office = Awaited<ReturnType<typeof givenOffice>>

/** The sample units, posts and quotas; the 12 posts of the new functions are in the centre. */
export async function givenSampleCentre(hr: Actor) {
  const data = new URL('../../../database/seeders/data/', import.meta.url).pathname
  for (const [definition, fileName] of [
    ['units', 'reform-plan.xlsx'],
    ['posts', 'posts.xlsx'],
    ['quotas', 'quotas.xlsx'],
  ]) {
    await runImport({
      definition,
      path: `${data}${fileName}`,
      fileName,
      asOf: '2022-01-10',
      answers: definition === 'units' ? { effective_on: '2022-02-20' } : {},
      actor: hr,
      confirm: true,
    })
  }
  const { id } = await db.from('units').where('name', '融媒体中心').firstOrFail()
  const posts = await db
    .from('posts')
    .where('unit_id', id)
    .where('code', 'like', 'N0%')
    .orderBy('code')
  return {
    unitId: Number(id),
    posts: posts.map((row) => ({
      postId: Number(row.id),
      name: String(row.name),
      places: Number(row.headcount),
    })),
  }
}

/** A unit with a post and vacant seats for it. */
export async function givenUnitWithPost(seats = 2) {
  const unitId = await givenUnit({ name: '市融媒体中心' })
  const postId = await givenPost(unitId, {
    name: '舆情分析',
    code: 'N04',
    category: 'professional',
    grade_top: 'professional_10',
    grade_bottom: 'professional_12',
  })
  await givenSeats(unitId, seats)
  return { unitId, postId }
}

export async function planInput(input: Partial<PlanInput> = {}): Promise<PlanInput> {
  const kind: RecruitmentKind = input.kind ?? 'open'
  return {
    ...DEFAULT_RULES[kind],
    title: '市融媒体中心公开招聘',
    kind,
    unitId: 0,
    fundingType: 'full',
    documentId: await givenDocument(),
    applyFrom: TODAY,
    applyTo: APPLY_TO,
    testsOn: '2022-03-19',
    testsPlace: '市一中',
    posts: [],
    ...input,
  }
}

export const at = async (recruitmentId: number): Promise<PlanMove> => ({
  recruitmentId,
  version: (await recruitmentById(recruitmentId)).version,
})

/** Signed by 编办 seat by seat and by the personnel authority, its notice out. */
export async function publishPlan(recruitmentId: number, office: Office) {
  await submitPlan(await at(recruitmentId), office.hr1)
  for (const { quotaRequestId } of await recruitmentPosts(recruitmentId)) {
    await approveRequest(
      { requestId: quotaRequestId!, version: 2, documentId: await givenDocument() },
      office.establishment
    )
  }
  await approvePlan(
    { ...(await at(recruitmentId)), documentId: await givenDocument() },
    office.personnel
  )
  await publishNotice(await at(recruitmentId), office.head)
}

export async function givenOpenPlan(office: Office, input: Partial<PlanInput> = {}, seats = 2) {
  const { unitId, postId } = await givenUnitWithPost(seats)
  const posts = [{ postId, places: seats, minEducation: null, maxAge: null, requirements: null }]
  const id = await createPlan(await planInput({ unitId, posts, ...input }), office.hr1)
  await publishPlan(id, office)
  const [{ id: recruitmentPostId }] = await recruitmentPosts(id)
  return { id, unitId, recruitmentPostId }
}

let serial = 0
/** A valid identity number that nobody else in this process has. */
export function identityNo(birth = '19960512'): string {
  serial = (serial + 1) % 1000
  const digits = `510104${birth}${String(serial).padStart(3, '0')}`
  return digits + checkDigit(digits)
}

export function applicationInput(
  recruitmentId: number,
  recruitmentPostId: number,
  input: Partial<ApplicationInput> = {}
): ApplicationInput {
  return {
    recruitmentId,
    recruitmentPostId,
    name: `考生${serial}`,
    identityNo: identityNo(),
    phone: '13800138000',
    email: 'someone@example.com',
    education: 'undergraduate',
    major: '新闻学',
    politicalStatus: null,
    school: '某大学',
    experience: '实习',
    relatives: '无',
    files: [],
    key: crypto.randomUUID(),
    ...input,
  }
}

export async function applyMany(recruitmentId: number, recruitmentPostId: number, count: number) {
  const ids: number[] = []
  for (let index = 0; index < count; index++) {
    const receipt = await apply(applicationInput(recruitmentId, recruitmentPostId))
    ids.push(receipt.applicationId)
  }
  return ids
}

export async function qualifyAll(recruitmentId: number, actor: Actor) {
  for (const { id, version } of await applicationList({ recruitmentId, state: 'submitted' })) {
    await reviewApplication({ applicationId: id, version, verdict: 'qualify', reason: null }, actor)
  }
}

export async function toTests(recruitmentId: number, office: Office) {
  clock.freeze('2022-03-11')
  await startReview(await at(recruitmentId), office.hr1)
  await qualifyAll(recruitmentId, office.hr1)
  await startTests(await at(recruitmentId), office.head)
}

/** Both entries of a sheet alike; scores by the place in the list of takers. */
export async function enterTwice(
  recruitmentId: number,
  stage: Stage,
  examinerId: number,
  office: Office,
  scoreAt: (index: number) => number | null
) {
  const takers = await takersOf(await recruitmentById(recruitmentId), stage)
  const scores = takers.map(({ id }, index) => ({ applicationId: id, score: scoreAt(index) }))
  for (const actor of [office.hr1, office.hr2]) {
    await enterScores({ recruitmentId, stage, examinerId, scores }, actor)
  }
}

export async function close(recruitmentId: number, stage: Stage, actor: Actor) {
  await closeStage({ ...(await at(recruitmentId)), stage }, actor)
}

export const application = (id: number) => applicationById(id)
