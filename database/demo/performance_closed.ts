import { decideConsequences } from '#performance/actions/decide_consequences'
import {
  closeCycle,
  moveCycle,
  openSigning,
  proposeResults,
  resolveCycle,
} from '#performance/actions/move_cycle'
import { planCycle, USUAL_RATE } from '#performance/actions/plan_cycle'
import { rateCard } from '#performance/actions/rate_card'
import { setLeader } from '#performance/actions/set_leaders'
import { suggestRatings } from '#performance/actions/suggest_ratings'
import type { CycleKind, Rating } from '#performance/domain/codes'
import { cardList, type CardRow } from '#performance/queries/cards'
import { cycleById, cycleList } from '#performance/queries/cycles'
import { proposalsOf } from '#performance/queries/proposals'
import { runImport } from '#imports/actions/run_import'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import type { City } from './city.js'
import { at, document, LEADERS, reviewedYear, takingPart } from './performance_desk.js'
import { writeResults } from './pay_workbooks.js'

interface Review {
  kind: CycleKind
  /** A day of the period. */
  date: string
  /** The day on which it is planned; everything else follows. */
  from: string
  file: string
  /** How the figures differ from the sample's. */
  step: number
  documents: [plan: number, decision: number]
  /** Ratings that are given before the best are suggested. */
  rate: (cards: CardRow[]) => Array<{ card: CardRow; rating: Rating; reason: string }>
}

/** The quarter before the merger took effect, and last year: both reviewed by the centre, closed. */
export async function tellClosedReviews(city: City): Promise<void> {
  const { quarter } = city
  await closedReview(city, {
    kind: 'quarter',
    date: addMonths(quarter, -3),
    from: addDays(quarter, 3),
    file: '上季度考核结果.xlsx',
    step: 2,
    documents: [65, 66],
    rate: () => [],
  })
  const cycleId = await closedReview(city, {
    kind: 'year',
    date: `${reviewedYear(city)}-01-01`,
    from: addDays(quarter, 1),
    file: '年度考核结果.xlsx',
    step: 5,
    documents: [67, 68],
    rate: gradesOfTheYear,
  })
  await decideSteps(city, cycleId)
}

/** The weakest results of the establishment staff, and the leader whom the supervising body has rated. */
function gradesOfTheYear(cards: CardRow[]) {
  const [worst, second, third] = cards
    .filter(
      ({ employmentType, outlook }) => employmentType === 'establishment' && outlook === 'graded'
    )
    .sort((a, b) => Number(a.score) - Number(b.score))
  const rated = (card: CardRow, rating: Rating, reason: string) => ({ card, rating, reason })
  const leader = cards.find(({ personName }) => personName === LEADERS[0])!
  return [
    rated(worst, 'unqualified', '连续两个季度未完成岗位目标任务，经集体研究'),
    rated(second, 'basically_qualified', '工作量未达到岗位要求的六成'),
    rated(third, 'basically_qualified', '出现一次播出差错，质量分低于六十分'),
    rated(leader, 'qualified', '主管部门评定'),
  ]
}

/** From the plan to the closing: imported, rated within the places, decided, public, told, closed. */
async function closedReview(city: City, review: Review): Promise<number> {
  const { cast, units } = city
  const { kind, date, from, file } = review
  const [planNo, decisionNo] = review.documents
  const centre = units.get('融媒体中心')!
  const on = (days: number) => clock.freeze(addDays(from, days))
  on(0)
  const hr1 = await cast.hr1()
  const cycleId = await planCycle(
    {
      kind,
      date,
      unitId: centre,
      unitIds: takingPart(city),
      documentId: await document(city, planNo, '关于开展考核工作的通知', hr1),
      minimumGroup: 5,
      appealDays: 30,
      rate: USUAL_RATE,
    },
    hr1
  )
  await setLeaders(city, cycleId)
  await runImport({
    definition: 'review_results',
    path: await writeResults(city.folder, file, review.step),
    fileName: file,
    asOf: clock.today(),
    answers: { cycle: `${cycleId}:${centre}` },
    actor: hr1,
    confirm: true,
  })

  on(7)
  const head = await cast.hrhead()
  await moveCycle({ ...(await at(cycleId)), verb: 'calibrate' }, head)
  for (const { card, rating, reason } of review.rate(await cardList({ cycleId, units: 'all' }))) {
    await rateCard({ cardId: card.id, version: card.version, rating, reason }, head)
  }
  await suggestRatings({ cycleId }, head)
  await proposeResults(await at(cycleId), head)
  on(8)
  const leader = await cast.leader()
  const documentId = await document(city, decisionNo, '中心办公会议纪要（考核结果）', leader)
  await resolveCycle({ ...(await at(cycleId)), documentId, comment: null }, leader)
  on(24)
  await openSigning(await at(cycleId), head)
  on(56)
  await closeCycle(await at(cycleId), head)
  return cycleId
}

/** Leaders are reviewed by the supervising body: the paper of the review says who they are. */
export async function setLeaders(city: City, cycleId: number) {
  const hr1 = await city.cast.hr1()
  const { documentId } = await cycleById(cycleId)
  for (const { id, version, personName } of await cardList({ cycleId, units: 'all' })) {
    if (!LEADERS.includes(personName)) continue
    await setLeader({ cardId: id, version, leader: true, documentId }, hr1)
  }
}

/** Left for later: consequences that wait for the personnel office. */
const UNDECIDED = 6

/** What last year's ratings lead to: most accepted, one refused by reason, a few still to be decided. */
async function decideSteps(city: City, cycleId: number) {
  clock.freeze(addDays(city.quarter, 62))
  const renshe = await city.cast.renshe()
  const documentId = await document(city, 69, '关于年度考核结果运用的批复', renshe)
  const rows = await proposalsOf(cycleId)
  const waiting = rows.slice(-UNDECIDED)
  const [refused, ...accepted] = rows.slice(0, -UNDECIDED)
  const decided = { cycleId, documentId }
  await decideConsequences(
    {
      ...decided,
      cardIds: [refused.cardId],
      accepted: false,
      reason: '受处分期间，薪级晋升另行研究',
    },
    renshe
  )
  await decideConsequences(
    { ...decided, cardIds: accepted.map(({ cardId }) => cardId), accepted: true, reason: null },
    renshe
  )
  if (waiting.length === 0) throw new Error('the demo has no consequence to decide')
}

/** The next one in line is accepted as well, after the months were paid. */
export async function acceptOneMore(city: City): Promise<void> {
  const [cycle] = await cycleList({ units: 'all', kind: 'year', states: ['closed'] })
  const next = (await proposalsOf(cycle.id)).find(
    ({ decision, kinds }) => decision === null && kinds.includes('step_up')
  )!
  const renshe = await city.cast.renshe()
  const documentId = await document(city, 70, '关于补充年度考核结果运用的批复', renshe)
  await decideConsequences(
    { cycleId: cycle.id, cardIds: [next.cardId], accepted: true, documentId, reason: null },
    renshe
  )
}
