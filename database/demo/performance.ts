import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { runImport } from '#imports/actions/run_import'
import { raiseAppeal } from '#performance/actions/appeals'
import { bookPoints } from '#performance/actions/book_points'
import { createIndicator } from '#performance/actions/indicators'
import {
  moveCycle,
  openSigning,
  proposeResults,
  resolveCycle,
} from '#performance/actions/move_cycle'
import { saveSelfReport, signCard } from '#performance/actions/own_card'
import { planCycle, USUAL_RATE } from '#performance/actions/plan_cycle'
import { calibrateCard, rateCard } from '#performance/actions/rate_card'
import { saveScheme } from '#performance/actions/save_scheme'
import { saveScoring } from '#performance/actions/save_scoring'
import type { IndicatorKind, IndicatorSource } from '#performance/domain/codes'
import { DEFAULT_FORMULA } from '#performance/domain/score'
import { cardById, cardList, type CardRow } from '#performance/queries/cards'
import { cycleById } from '#performance/queries/cycles'
import { scoringDesk } from '#performance/queries/scoring_desk'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { enterAccount, enterStaff } from './cast.js'
import type { City } from './city.js'
import { setLeaders, tellClosedReviews } from './performance_closed.js'
import { at, document, reviewedYear, takingPart } from './performance_desk.js'

const SHEET = 'pay/2022-q2.xlsx'
const NATURES = ['editorial', 'technical', 'commercial', 'administrative'] as const
const NAMES = { editorial: '采编', technical: '技术', commercial: '经营', administrative: '行政' }
/** From the collective decision until 公示 is over, with its free days. */
const UNTIL_SIGNING = 12

/**
 * Last year and the quarter before: closed, with what the year leads to. The last full quarter: results imported, decided with the warning, made public, being signed, one
 * appeal. The quarter that runs: in scoring, a manager's desk half done.
 */
export async function tellPerformance(city: City): Promise<void> {
  const { cast, today, quarter } = city
  const next = addMonths(quarter, 3)
  clock.freeze(addDays(quarter, -20))
  await enterSchemes(city, next)
  await tellClosedReviews(city)

  const decided = addDays(today, -UNTIL_SIGNING - 2) > next ? addDays(today, -14) : next
  clock.freeze(decided)
  const cycleId = await tellQuarter(city)
  if (addDays(decided, UNTIL_SIGNING) <= today) await tellSigning(city, cycleId)

  clock.freeze(addDays(next, 1) < today ? addDays(today, -1) : today)
  await tellScoring(city, next)
  clock.freeze(today)
  await cast.hr1()
}

/** The library and a scheme for each class of posts; from the running quarter on with work points. */
async function enterSchemes(city: City, next: string) {
  const hr1 = await city.cast.hr1()
  const documentId = await document(city, 61, '关于印发分类绩效考核办法的通知', hr1)
  // in force before the quarter and the year that were reviewed first
  const validFrom = `${reviewedYear(city)}-01-01`
  const indicator = (
    code: string,
    name: string,
    kind: IndicatorKind,
    source: IndicatorSource,
    formula: string | null = null
  ) =>
    createIndicator(
      { code, name, kind, measure: '分', source, formula, validFrom, documentId },
      hr1
    )
  const sheet = [
    { indicatorId: await indicator('GZL', '工作量分', 'quantity', 'imported'), weight: 5_000 },
    { indicatorId: await indicator('ZLF', '质量分', 'quality', 'imported'), weight: 5_000 },
    { indicatorId: await indicator('CQL', '出勤率', 'attendance', 'imported'), weight: 0 },
    { indicatorId: await indicator('JJF', '加减分', 'adjustment', 'imported'), weight: 0 },
  ]
  const points = await indicator(
    'GF',
    '工分折算',
    'quantity',
    'work_points',
    'limit(数值 / 30 * 100, 0, 120)'
  )
  await saveScheme(
    {
      code: 'FA-000',
      name: '年度考核方案',
      unitId: city.units.get('融媒体中心')!,
      cycleKind: 'year',
      nature: null,
      category: null,
      employmentType: null,
      formula: DEFAULT_FORMULA,
      tilt: '1',
      documentId,
      validFrom,
      items: sheet,
      scorers: { manager: 10_000, peer: 0, service: 0 },
    },
    hr1
  )
  const done = [
    { indicatorId: await indicator('RWWC', '任务完成', 'quantity', 'entered'), weight: 2_000 },
    { indicatorId: await indicator('GJZL', '工作质量', 'quality', 'entered'), weight: 4_000 },
  ]
  const rest = [
    { indicatorId: await indicator('CQ', '出勤折算', 'attendance', 'computed'), weight: 0 },
    { indicatorId: await indicator('JCF', '奖惩分', 'adjustment', 'entered'), weight: 0 },
  ]
  for (const [index, nature] of NATURES.entries()) {
    const scheme = {
      code: `FA-00${index + 1}`,
      name: `${NAMES[nature]}岗位绩效考核方案`,
      nature,
      unitId: city.units.get('融媒体中心')!,
      cycleKind: 'quarter' as const,
      category: null,
      employmentType: null,
      formula: DEFAULT_FORMULA,
      tilt: '1',
      documentId,
    }
    const scorers = { manager: 10_000, peer: 0, service: 0 }
    await saveScheme({ ...scheme, scorers, validFrom, items: sheet }, hr1)
    const editorial = nature === 'editorial'
    await saveScheme(
      {
        ...scheme,
        scorers: { manager: 7_000, peer: 3_000, service: 0 },
        tilt: editorial ? '1.05' : '1',
        validFrom: next,
        items: editorial
          ? [{ indicatorId: points, weight: 4_000 }, ...done, ...rest]
          : [{ ...done[0], weight: 5_000 }, { ...done[1], weight: 5_000 }, ...rest],
      },
      hr1
    )
  }
}

/** The results of the last full quarter from the sheet, up to the collective decision. */
async function tellQuarter(city: City): Promise<number> {
  const { cast, units, quarter, folder } = city
  const hr1 = await cast.hr1()
  const head = await cast.hrhead()
  const centre = units.get('融媒体中心')!
  const cycleId = await planCycle(
    {
      kind: 'quarter',
      date: quarter,
      unitId: centre,
      unitIds: takingPart(city),
      documentId: await document(city, 62, '关于开展季度绩效考核的通知', hr1),
      minimumGroup: 5,
      appealDays: 30,
      rate: USUAL_RATE,
    },
    hr1
  )
  await setLeaders(city, cycleId)
  await runImport({
    definition: 'review_results',
    path: join(folder, SHEET),
    fileName: '季度考核结果.xlsx',
    asOf: clock.today(),
    answers: { cycle: `${cycleId}:${centre}` },
    actor: hr1,
    confirm: true,
  })
  const held = await db
    .from('decisions')
    .where({ subject_type: 'scorecard', state: 'open' })
    .firstOrFail()
  await proposeDecision(
    {
      decisionId: Number(held.id),
      version: Number(held.version),
      fields: { choice: 'reject' },
      documentId: await document(city, 63, '考核结果核对说明', hr1),
      effectiveOn: null,
      reason: '同一人两行，经部门核实以第4行为准',
    },
    hr1
  )
  await decide(
    { decisionId: Number(held.id), version: Number(held.version) + 1 },
    await cast.leader()
  )
  await moveCycle({ ...(await at(cycleId)), verb: 'calibrate' }, head)
  await rateNewcomers(cycleId, head)
  await proposeResults(await at(cycleId), head)
  await resolveCycle(
    {
      ...(await at(cycleId)),
      documentId: await document(city, 64, '中心办公会议纪要（季度考核结果）', hr1),
      comment: '季度优秀超出比例，年度考核时在名额内统筹',
    },
    await cast.leader()
  )
  return cycleId
}

/** Signed by most of those who have an account; one person appeals. */
async function tellSigning(city: City, cycleId: number) {
  const { cast, today } = city
  clock.freeze(addDays(today, -1))
  await openSigning(await at(cycleId), await cast.hrhead())
  const cards = await cardList({ cycleId, employmentType: 'establishment', units: 'all' })
  const low = cards.find(({ rating }) => rating === 'basically_qualified')!
  const good = cards.find(({ rating, inBase }) => rating === 'excellent' && inBase)!
  const appellant = await staff('kaohe1', low)
  await raiseAppeal(
    { cardId: low.id, reason: '本季度有两周抽调参加重大报道，工作量未计入，请复核。' },
    appellant
  )
  const signer = await staff('kaohe2', good)
  const { version } = await cardById(good.id)
  await signCard({ cardId: good.id, version, agreed: true, comment: null }, signer)
}

/** The running quarter: self reports written, scoring open, the manager of a department half done. */
async function tellScoring(city: City, next: string) {
  const { cast, units, today } = city
  const hr1 = await cast.hr1()
  const centre = units.get('融媒体中心')!
  const cycleId = await planCycle(
    {
      kind: 'quarter',
      date: next,
      unitId: centre,
      unitIds: takingPart(city),
      documentId: await document(city, 62, '关于开展季度绩效考核的通知', hr1),
      scoreBy: addDays(today, 9),
      minimumGroup: 5,
      appealDays: 30,
      rate: USUAL_RATE,
    },
    hr1
  )
  await setLeaders(city, cycleId)
  const cards = await cardList({ cycleId, units: 'all' })
  const department = largest(cards.filter(({ unitId }) => unitId === centre))
  const manager = await enterAccount({
    username: 'zhuren1',
    name: '史文博',
    role: 'department_manager',
    departmentId: department,
  })
  await enterAccount({ username: 'tongshi1', name: '方晓彤', role: 'scorer', unitId: centre })
  const mine = cards.filter(({ departmentId }) => departmentId === department)
  for (const [index, card] of mine.entries()) await enterPoints(card, index, next, hr1)
  await moveCycle({ ...(await at(cycleId)), verb: 'open_self_report' }, hr1)
  const [user] = await db.from('users').where('username', 'kaohe2')
  if (user) await report(await buildActor(Number(user.id)), cycleId)
  await moveCycle({ ...(await at(cycleId)), verb: 'open_scoring' }, hr1)

  const actor = await manager()
  const { rows, columns } = await scoringDesk(await cycleById(cycleId), actor)
  for (const [index, row] of rows.slice(0, Math.ceil(rows.length / 2)).entries()) {
    const scores = Object.fromEntries(
      columns
        .filter(({ indicatorId, kind }) => row.indicators.has(indicatorId) && kind !== 'adjustment')
        .map(({ indicatorId }, at_) => [
          String(indicatorId),
          String(78 + ((index * 7 + at_ * 5) % 20)),
        ])
    )
    await saveScoring({ cardId: row.card.id, version: null, scores }, actor)
  }
}

const WORK = [
  ['稿件', '改革进行时：融媒体中心挂牌运行', '6'],
  ['短视频', '一分钟看懂办事新流程', '4.5'],
  ['直播', '市民热线大直播', '8'],
  ['值班', '新媒体夜班', '2'],
] as const

async function enterPoints(card: CardRow, index: number, from: string, actor: Actor) {
  for (const [number, [kind, piece, points]] of WORK.entries()) {
    if ((index + number) % 4 === 3) continue
    await bookPoints(
      {
        key: `demo:${card.personId}:${number}`,
        personId: card.personId,
        kind,
        piece,
        points,
        workedOn: from,
      },
      actor
    )
  }
}

async function report(actor: Actor, cycleId: number) {
  const [card] = await cardList({ cycleId, personId: actor.personId!, units: 'all' })
  if (!card) return
  const text = '本季度完成重点报道 6 篇、直播 2 场，参与中央厨房值班 9 天。'
  await saveSelfReport({ cardId: card.id, version: card.version, text }, actor)
}

/** Who joined too late for the sheet has no row in it: the department's word stands for it. */
async function rateNewcomers(cycleId: number, head: Actor) {
  const open = await cardList({ cycleId, outlook: 'graded', flag: 'unrated', units: 'all' })
  for (const { id: cardId, version } of open) {
    const reason = '到岗不久，由所在部门评定'
    await calibrateCard({ cardId, version, score: '80', reason }, head)
    await rateCard({ cardId, version: version + 1, rating: 'qualified', reason }, head)
  }
}

async function staff(username: string, card: CardRow): Promise<Actor> {
  const userId = await enterStaff(username, { id: card.personId, name: card.personName })
  return buildActor(userId)
}

function largest(cards: readonly CardRow[]): number {
  const groups = [...Map.groupBy(cards, ({ departmentId }) => departmentId)]
  const [[departmentId]] = groups
    .filter(([id]) => id !== null)
    .sort(([, a], [, b]) => b.length - a.length)
  return departmentId!
}
