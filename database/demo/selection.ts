import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { addWorkdays, type CalendarDays } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { recordDocument } from '#decisions/actions/record_document'
import { runImport } from '#imports/actions/run_import'
import { recordAnswer } from '#imports/domain/record_answer'
import { ensureDepartment } from '#organization/actions/ensure_department'
import { ensurePost } from '#organization/actions/ensure_post'
import { createPerson } from '#people/actions/create_person'
import { openAssignment } from '#people/actions/open_assignment'
import { addScorer, enterParticipants } from '#selection/actions/people'
import { addPost } from '#selection/actions/posts'
import { advanceRound } from '#selection/actions/advance'
import { fileObjection } from '#selection/actions/objections'
import { publishResult } from '#selection/actions/publish'
import { approveRound } from '#selection/actions/approve_round'
import { createRound, type RoundInput } from '#selection/actions/rounds'
import { saveChoice } from '#selection/actions/save_choice'
import { saveScores } from '#selection/actions/save_scores'
import { participantsOf, type Participant } from '#selection/queries/participants'
import { listsOf, postsOf } from '#selection/queries/posts'
import { listProgress, ownScorer } from '#selection/queries/rankings'
import { resultsOf } from '#selection/queries/results'
import { roundById } from '#selection/queries/rounds'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { enterAccount } from './cast.js'
import type { City } from './city.js'

/** People who joined after the rosters, in two batches; each batch chooses in a round of its own. */
const JOINERS = {
  ranking: ['方晓晴', '宋一鸣', '蒋若兰', '罗子昂', '丁可欣', '魏嘉宁', '姚思远', '贺雨桐'],
  preferences: [
    '林小满',
    '郑凯文',
    '吴雪莹',
    '何俊熙',
    '谭雅文',
    '廖子墨',
    '秦语嫣',
    '汪浩然',
    '邵佳琪',
  ],
}

const NEW_POSTS = [
  {
    code: 'P01',
    name: '短视频编导',
    department: '新媒体中心',
    requirements: '能独立完成策划和剪辑',
  },
  { code: 'P02', name: '数据新闻', department: '编辑中心', requirements: '会数据处理和可视化' },
  { code: 'P03', name: '直播导播', department: '技术保障中心', requirements: '熟悉导播台和推流' },
  { code: 'P04', name: '政务账号运营', department: '政务服务与舆情中心', requirements: null },
  { code: 'P05', name: '民生记者', department: '采访中心', requirements: '持有记者证者优先' },
]

/**
 * Round one, held on paper, is public and somebody objects; those who joined later choose under
 * seal: one batch is being scored, the other is still choosing.
 */
export async function tellSelection(city: City): Promise<void> {
  const calendar = await loadCalendar()
  await importContracts(city)
  await tellFirstRound(city, calendar)
  const posts = await newPosts(city)
  const scorer = await enterAccount({ username: 'pingfen1', name: '钟文博', role: 'scorer' })
  const other = await enterAccount({ username: 'pingfen2', name: '苏晴', role: 'scorer' })
  await tellRanking(city, calendar, posts, await scorer(), await other())
  await tellPreferences(city, calendar, posts, await scorer(), await other())
}

async function importContracts({ cast, folder, today }: City) {
  clock.freeze(addMonths(today, -1))
  await runImport({
    definition: 'contracts',
    path: join(folder, 'selection/contracts.xlsx'),
    fileName: 'contracts.xlsx',
    asOf: clock.today(),
    answers: {},
    actor: await cast.hr1(),
    confirm: true,
  })
}

/** Imported and approved, public since three working days, one objection on the head's desk. */
async function tellFirstRound(city: City, calendar: CalendarDays) {
  const { cast, folder, today } = city
  const day = (count: number) => addWorkdays(calendar, today, count)
  clock.freeze(day(-12))
  const roundId = await createRound(
    await input(city, '编外人员第一轮双向选择', [day(-11), day(-9), day(-6)], 8),
    await cast.hr1()
  )
  await runImport({
    definition: 'selection_round',
    path: join(folder, 'selection/round-1.xlsx'),
    fileName: 'round-1.xlsx',
    asOf: clock.today(),
    answers: { round: recordAnswer(await roundById(roundId)) },
    actor: await cast.hr1(),
    confirm: true,
  })
  clock.freeze(day(-5))
  await approve(roundId, await cast.hrhead())
  clock.freeze(day(-3))
  const { version } = await roundById(roundId)
  await publishResult({ roundId, version }, await cast.hrhead())

  clock.freeze(day(-1))
  const { matchingId } = await roundById(roundId)
  const results = await resultsOf(matchingId!)
  const refused = results.find(
    ({ why, postId }) => postId !== null && why.wishes[0].verdict === 'below'
  )!
  const people = new Map((await participantsOf(roundId)).map((person) => [person.id, person]))
  const person = people.get(refused.participantId)!
  const objector = await staffAccount('staff3', person)
  const list = (await listsOf(roundId)).find(({ code }) => code === refused.why.wishes[0].post)!
  await fileObjection(
    {
      participantId: person.id,
      listId: list.id,
      body: '本人去年获得省级新闻奖二等奖，评分表的业绩一项没有计入，请核对并更正。',
      evidence: null,
    },
    await objector()
  )
}

async function newPosts({ today, units, no, cast }: City): Promise<number[]> {
  const unitId = units.get('融媒体中心')!
  const validFrom = addMonths(today, -2)
  const actor = await cast.hr1()
  return inTransaction(async (trx) => {
    await recordDocument(trx, actor, {
      documentNo: no(13),
      title: '关于增设融媒体中心编外岗位的批复',
    })
    const ids = []
    for (const { department, ...post } of NEW_POSTS) {
      const departmentId = await ensureDepartment(trx, { unitId, name: department, validFrom })
      ids.push(
        await ensurePost(trx, {
          unitId,
          departmentId,
          validFrom,
          nature: 'editorial',
          employmentType: 'contract',
          ...post,
          headcount: 6,
          coefficient: '1.20',
          frontLine: true,
        })
      )
    }
    return ids
  })
}

/** Under seal until the ranking ends: one scorer is done with a list, the other has still to score. */
async function tellRanking(
  city: City,
  calendar: CalendarDays,
  posts: number[],
  scorer: Actor,
  other: Actor
) {
  const day = (count: number) => addWorkdays(calendar, city.today, count)
  const roundId = await prepared(city, {
    name: '新聘编外人员双向选择（第一批）',
    days: [day(-8), day(-3), day(4)],
    from: '报社',
    joiners: JOINERS.ranking,
    posts,
    scorers: [scorer, other],
  })
  clock.freeze(day(-7))
  await advanceRound(roundId)
  await chooseAll(roundId, JOINERS.ranking)
  clock.freeze(day(-2))
  await advanceRound(roundId)
  const round = await roundById(roundId)
  for (const { list, people } of (await listProgress(round)).slice(0, 3)) {
    const { version } = (await ownScorer(list.id, other.userId))!
    const entries = people.map(({ id }, index) => ({
      participantId: id,
      kind: 'score' as const,
      score: String(78 + ((index * 7) % 19)),
      reason: '',
    }))
    if (entries.length) await saveScores({ listId: list.id, version, entries }, other)
  }
}

/** Open until next week; one member of staff has an account and has still to choose. */
async function tellPreferences(
  city: City,
  calendar: CalendarDays,
  posts: number[],
  scorer: Actor,
  other: Actor
) {
  const day = (count: number) => addWorkdays(calendar, city.today, count)
  const roundId = await prepared(city, {
    name: '新聘编外人员双向选择（第二批）',
    days: [day(-2), day(4), day(9)],
    from: '广播电视台',
    joiners: JOINERS.preferences,
    posts,
    scorers: [scorer, other],
  })
  clock.freeze(day(-1))
  await advanceRound(roundId)
  await chooseAll(roundId, JOINERS.preferences.slice(1, 7))
  const people = await participantsOf(roundId)
  const person = people.find(({ name }) => name === JOINERS.preferences[0])!
  await staffAccount('staff4', person)
}

async function prepared(
  city: City,
  plan: {
    name: string
    days: [string, string, string]
    from: string
    joiners: string[]
    posts: number[]
    scorers: Actor[]
  }
): Promise<number> {
  const { cast, units } = city
  const hr2 = await cast.hr2()
  const unitId = units.get(plan.from)!
  clock.freeze(addMonths(plan.days[0], -1))
  await engageJoiners(unitId, plan.joiners, hr2)
  const roundId = await createRound(await input(city, plan.name, plan.days, 13), hr2)
  const version = async () => (await roundById(roundId)).version
  for (const postId of plan.posts) {
    await addPost(
      {
        roundId,
        version: await version(),
        postId,
        listId: null,
        capacity: 2,
        minimum: 0,
        natures: ['editorial', 'technical'],
        requirements: requirementsOf(postId, plan.posts),
      },
      hr2
    )
  }
  for (const { id: listId } of await listsOf(roundId)) {
    for (const [index, { userId }] of plan.scorers.entries()) {
      await addScorer({ listId, userId: userId!, weight: index === 0 ? '0.6' : '0.4' }, hr2)
    }
  }
  await enterParticipants({ roundId, version: await version(), unitIds: [unitId] }, hr2)
  await approve(roundId, await cast.hrhead())
  return roundId
}

const requirementsOf = (postId: number, posts: number[]) =>
  NEW_POSTS[posts.indexOf(postId)].requirements

async function engageJoiners(unitId: number, names: string[], actor: Actor) {
  const post = await db
    .from('posts')
    .where({ unit_id: unitId, nature: 'editorial' })
    .orderBy('id')
    .firstOrFail()
  for (const [index, name] of names.entries()) {
    const personId = await createPerson(
      {
        name,
        sex: index % 2 ? 'male' : 'female',
        birthOn: `199${index % 9}-0${(index % 8) + 1}-15`,
      },
      actor
    )
    await openAssignment(
      {
        personId,
        kind: 'main',
        unitId,
        departmentId: Number(post.department_id),
        postId: Number(post.id),
        employmentType: 'contract',
        validFrom: clock.today(),
        source: 'event',
      },
      actor
    )
  }
}

async function chooseAll(roundId: number, names: string[]) {
  const codes = (await postsOf(roundId)).map(({ code }) => code)
  const people = new Map((await participantsOf(roundId)).map((person) => [person.name, person]))
  for (const [index, name] of names.entries()) {
    const order = codes.map((_, place) => codes[(index * 2 + place * 3) % codes.length])
    const choice = { posts: order.slice(0, 3 + (index % 3)), acceptsPlacement: index % 4 !== 0 }
    const person = people.get(name)!
    const receivedAt = clock.now()
    await saveChoice({ participantId: person.id, choice, source: 'self', receivedAt }, self(person))
  }
}

/** The person by himself, as an account would act. */
function self({ personId, name }: Participant): Actor {
  return { userId: null, personId, name, requestId: null } as Actor
}

function staffAccount(username: string, { personId, name }: Participant) {
  return enterAccount({ username, name, role: null, personId })
}

async function approve(roundId: number, head: Actor) {
  const { version } = await roundById(roundId)
  await approveRound({ roundId, version, grant: head.authorize('selection.approve') }, head)
  await advanceRound(roundId)
}

async function input(
  { cast, units, no }: City,
  name: string,
  [preferencesFrom, preferencesUntil, rankingUntil]: [string, string, string],
  number: number
): Promise<RoundInput> {
  const actor = await cast.hr1()
  const documentId = await inTransaction((trx) =>
    recordDocument(trx, actor, { documentNo: no(number) })
  )
  return {
    name,
    unitId: units.get('融媒体中心')!,
    documentId,
    previousId: null,
    preferencesFrom,
    preferencesUntil,
    rankingUntil,
    publicityDays: 5,
    objectionDays: 5,
    confirmationDays: 5,
    maxPreferences: 5,
    tieKeys: [],
  }
}
