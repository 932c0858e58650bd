import db from '@adonisjs/lucid/services/db'
import { recordDocument } from '#decisions/actions/record_document'
import { approveRequest } from '#organization/actions/quota_requests/move_request'
import { requestById } from '#organization/queries/quota_requests'
import { checkDigit } from '#people/domain/identity_no'
import { approvePlan, submitPlan } from '#recruitment/actions/approve_plan'
import { apply } from '#recruitment/actions/apply'
import { recordCheck } from '#recruitment/actions/checks'
import {
  chooseCandidates,
  publishNotice,
  startReview,
  startTests,
} from '#recruitment/actions/move_plan'
import { reviewApplication } from '#recruitment/actions/review'
import { createPlan, type PlanInput } from '#recruitment/actions/save_plan'
import { closeStage } from '#recruitment/actions/close_stage'
import { enterScores } from '#recruitment/actions/enter_scores'
import { addExaminer } from '#recruitment/actions/examiners'
import { DEFAULT_RULES, type RecruitmentKind } from '#recruitment/domain/rules'
import type { Stage } from '#recruitment/domain/sheets'
import { applicationList } from '#recruitment/queries/applications'
import { recruitmentById } from '#recruitment/queries/recruitments'
import { recruitmentPosts } from '#recruitment/queries/recruitment_posts'
import { takersOf } from '#recruitment/queries/scores'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import type { City } from './city.js'

const SURNAMES = [...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']
const GIVEN =
  '思远 雨桐 子涵 欣怡 浩然 梓萱 俊杰 佳琪 博文 诗涵 宇航 梦瑶 天佑 雅婷 志强 晓彤'.split(' ')
const MAJORS = ['新闻学', '公共管理', '计算机科学与技术', '数据科学', '电子商务', '网络与新媒体']
const PANEL = ['沈国华', '许静', '曹卫东', '唐敏', '韩立新']

/**
 * The 12 posts of the new functions are past their tests and candidates stand in the background
 * check, one of them by backfill; a talent is sought on the public page; the growth path waits for
 * its approval.
 */
export async function tellRecruitment(city: City): Promise<void> {
  await tellNewPosts(city)
  await tellTalent(city)
  await tellGrowthPath(city)
}

async function tellNewPosts(city: City) {
  const { cast, today } = city
  const start = addDays(today, -45)
  const posts = await postsOf(city, ['N01', 'N02', 'N03', 'N04'])
  // Two earlier requests hold five of these seats; the plan takes the rest and vacant ones beside.
  const id = await publish(
    city,
    {
      title: '市融媒体中心公开招聘「新闻+」工作人员',
      kind: 'open',
      documentId: await document(city, 31, '关于融媒体中心公开招聘的批复', start),
      applyFrom: start,
      applyTo: addDays(start, 10),
      testsOn: addDays(start, 20),
      testsPlace: '市第一中学',
      posts: posts.map(({ postId, places }) => ({
        postId,
        places,
        minEducation: 'undergraduate',
        maxAge: 35,
        requirements: null,
      })),
    },
    start
  )
  clock.freeze(addDays(start, 3))
  for (const post of await recruitmentPosts(id)) await applicants(id, post.id, post.places * 4)
  clock.freeze(addDays(start, 11))
  const [hr1, hr2, head] = [await cast.hr1(), await cast.hr2(), await cast.hrhead()]
  await startReview(await at(id), hr1)
  for (const [index, one] of (await applicationList({ recruitmentId: id })).entries()) {
    const isShort = index % 16 === 5
    const review = { applicationId: one.id, version: one.version }
    await reviewApplication(
      isShort
        ? { ...review, verdict: 'reject', reason: '未按期提供学历证书原件' }
        : { ...review, verdict: 'qualify', reason: null },
      index % 2 ? hr1 : hr2
    )
  }
  await startTests(await at(id), head)
  clock.freeze(addDays(start, 22))
  await enterTwice(id, 'written', 0, [hr1, hr2], (index) => 6_150 + ((index * 397) % 3_000))
  await closeStage({ ...(await at(id)), stage: 'written' }, head)
  const examiners = []
  for (const name of PANEL) {
    const input = { recruitmentId: id, name, organization: '市委党校', personId: null }
    examiners.push(await addExaminer(input, hr1))
  }
  clock.freeze(addDays(start, 29))
  for (const [number, examinerId] of examiners.entries()) {
    await enterTwice(id, 'interview', examinerId, [hr1, hr2], (index) => {
      return 7_300 + ((index * 271 + number * 83) % 2_100)
    })
  }
  await closeStage({ ...(await at(id)), stage: 'interview' }, head)
  await chooseCandidates(await at(id), head)
  clock.freeze(addDays(today, -4))
  const candidates = await applicationList({ recruitmentId: id, state: 'candidate' })
  for (const [index, { id: applicationId, version }] of candidates.entries()) {
    if (index > candidates.length - 4) continue
    const passed = { applicationId, result: 'passed' as const, note: null }
    await recordCheck({ ...passed, version, kind: 'background' }, hr2)
    if (index === 1) {
      await recordCheck(
        {
          applicationId,
          version: version + 1,
          kind: 'medical',
          result: 'failed',
          note: '体检不符合《公务员录用体检通用标准》',
        },
        hr2
      )
    } else await recordCheck({ ...passed, version: version + 1, kind: 'medical' }, hr2)
  }
}

async function tellTalent(city: City) {
  const { today } = city
  const start = addDays(today, -6)
  const [post] = await postsOf(city, ['E02'])
  const id = await publish(
    city,
    {
      title: '市融媒体中心引进全媒体采编高层次人才',
      kind: 'talent',
      documentId: await document(city, 32, '关于引进高层次人才的批复', start),
      applyFrom: start,
      applyTo: addDays(today, 9),
      testsOn: addDays(today, 20),
      testsPlace: '融媒体中心大楼',
      posts: [
        {
          postId: post.postId,
          places: 1,
          minEducation: 'postgraduate',
          maxAge: 45,
          requirements: '主持过省级以上融合传播项目',
        },
      ],
    },
    start
  )
  clock.freeze(addDays(today, -1))
  const [{ id: postId }] = await recruitmentPosts(id)
  await applicants(id, postId, 3, 'postgraduate')
}

async function tellGrowthPath(city: City) {
  const { cast, today } = city
  clock.freeze(addDays(today, -2))
  const [post] = await postsOf(city, ['E03'])
  const hr2 = await cast.hr2()
  const id = await createPlan(
    await planInput(city, {
      title: '编外采编骨干成长通道考核聘用',
      kind: 'growth',
      documentId: await document(city, 33, '编外人才成长通道实施办法', today),
      applyFrom: addDays(today, 5),
      applyTo: addDays(today, 19),
      testsOn: addDays(today, 30),
      testsPlace: '融媒体中心大楼',
      posts: [
        {
          postId: post.postId,
          places: 1,
          minEducation: 'junior_college',
          maxAge: null,
          requirements: null,
        },
      ],
    }),
    hr2
  )
  await submitPlan(await at(id), hr2)
  await approveSeats(city, id)
}

type Told = Pick<
  PlanInput,
  'title' | 'kind' | 'documentId' | 'applyFrom' | 'applyTo' | 'testsOn' | 'testsPlace' | 'posts'
>

async function planInput({ units }: City, told: Told): Promise<PlanInput> {
  const rules = DEFAULT_RULES[told.kind as RecruitmentKind]
  return { ...rules, unitId: units.get('融媒体中心')!, fundingType: 'full', ...told }
}

/** From the draft to the notice, each by whom it belongs to. */
async function publish(city: City, told: Told, on: string): Promise<number> {
  const { cast } = city
  clock.freeze(addDays(on, -5))
  const hr1 = await cast.hr1()
  const id = await createPlan(await planInput(city, told), hr1)
  await submitPlan(await at(id), hr1)
  await approveSeats(city, id)
  await approvePlan({ ...(await at(id)), documentId: told.documentId }, await cast.renshe())
  clock.freeze(on)
  await publishNotice(await at(id), await cast.hrhead())
  return id
}

async function approveSeats({ cast }: City, id: number) {
  const approver = await cast.bianban()
  for (const { quotaRequestId } of await recruitmentPosts(id)) {
    const { version } = await requestById(quotaRequestId!)
    const documentId = await inTransaction((trx) =>
      recordDocument(trx, approver, { documentNo: `编办用编核〔${clock.today().slice(0, 4)}〕6号` })
    )
    await approveRequest({ requestId: quotaRequestId!, version, documentId }, approver)
  }
}

let serial = 0
async function applicants(
  recruitmentId: number,
  recruitmentPostId: number,
  count: number,
  education = 'undergraduate'
) {
  for (let index = 0; index < count; index++) {
    serial++
    const born = addMonths('1994-03-08', (serial * 7) % 90)
    const digits = `510104${born.replaceAll('-', '')}${String(100 + serial).slice(-3)}`
    const name = SURNAMES[serial % SURNAMES.length] + GIVEN[(serial * 5) % GIVEN.length]
    await apply({
      recruitmentId,
      recruitmentPostId,
      name,
      education,
      identityNo: digits + checkDigit(digits),
      phone: `138${String(10_000_000 + serial * 7_919).slice(0, 8)}`,
      email: `kaosheng${serial}@example.com`,
      major: MAJORS[serial % MAJORS.length],
      politicalStatus: null,
      school: '四川某大学',
      experience: '曾在地市级媒体实习，参与短视频和民生服务栏目。',
      relatives: serial % 17 === 0 ? `叔父 ${PANEL[1]}，市委党校` : '无',
      files: [],
      key: `demo-${serial}`,
    })
  }
}

async function enterTwice(
  recruitmentId: number,
  stage: Stage,
  examinerId: number,
  actors: readonly Actor[],
  scoreAt: (index: number) => number
) {
  const takers = await takersOf(await recruitmentById(recruitmentId), stage)
  const recused = new Set(
    (
      await db
        .from('recruitment_recusals')
        .where('examiner_id', examinerId)
        .select('application_id as id')
    ).map(({ id }) => Number(id))
  )
  const scores = takers
    .map(({ id }, index) => ({ applicationId: id, score: scoreAt(index) }))
    .filter(({ applicationId }) => !recused.has(applicationId))
  for (const actor of actors) {
    await enterScores({ recruitmentId, stage, examinerId, scores }, actor)
  }
}

async function postsOf({ units }: City, codes: string[]) {
  const rows = await db
    .from('posts')
    .where('unit_id', units.get('融媒体中心')!)
    .whereIn('code', codes)
    .orderBy('code')
  return rows.map((row) => ({ postId: Number(row.id), places: Number(row.headcount) }))
}

async function at(recruitmentId: number) {
  return { recruitmentId, version: (await recruitmentById(recruitmentId)).version }
}

async function document(city: City, number: number, title: string, issuedOn: string) {
  const actor = await city.cast.lgoffice()
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      documentNo: city.no(number),
      title,
      issuer: '市人力资源和社会保障局',
      issuedOn,
    })
  )
}
