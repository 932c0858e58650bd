import { join } from 'node:path'
import { workdaysBetween } from '#calendar/domain/working_days'
import { loadCalendar } from '#calendar/queries/load_calendar'
import { approvedResolutions } from '#governance/queries/resolutions'
import { runImport } from '#imports/actions/run_import'
import { resolveUnit } from '#organization/queries/resolve_unit'
import { decideConflict, type ConflictChoice } from '#programme/actions/decide_conflict'
import { acceptEvidence, returnEvidence, submitEvidence } from '#programme/actions/evidence'
import { changeFixedDate } from '#programme/actions/fixed_dates'
import { addLink } from '#programme/actions/links'
import { keepForecast } from '#programme/actions/observe'
import { reportProgress } from '#programme/actions/report_progress'
import { createItem } from '#programme/actions/save_item'
import { setBaseline } from '#programme/actions/set_baseline'
import { evidenceById } from '#programme/queries/evidence'
import { thePlan } from '#programme/queries/plan'
import type { LinkType } from '#programme/domain/schedule/solve'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { enterAccount } from './cast.js'
import type { City } from './city.js'

/** Work below the milestones: number, name, lead unit, working days, what it waits for. */
const WORKS: [string, string, string, number, [string, LinkType, number][]][] = [
  ['4.1', '核定编制并下达批文', '市委编办', 15, [['1', 'FS', 0]]],
  ['4.2', '挂牌筹备', '市委宣传部', 8, [['4.1', 'FS', 0]]],
  ['5.1', '人员花名册核对确认', '市委编办', 20, [['1', 'FS', 0]]],
  ['5.2', '在编人员连人带编划转', '市人社局', 30, [['5.1', 'FS', 0]]],
  ['5.3', '编外人员双向选择和转聘', '市人社局', 25, [['5.2', 'SS', 5]]],
  ['6.1', '立项审批和初步设计', '融媒体中心', 40, [['1', 'FS', 0]]],
  ['6.2', '设备采购和平台安装', '融媒体中心', 50, [['6.1', 'FS', 0]]],
  ['6.3', '采编流程再造和培训', '融媒体中心', 10, [['6.2', 'FF', 2]]],
  [
    ...(['6.4', '中央厨房试运行', '融媒体中心', 10] as const),
    [
      ['6.2', 'FS', 0],
      ['6.3', 'FS', 0],
    ],
  ],
  ['7.1', '移动客户端上线', '融媒体中心', 30, [['6.2', 'SS', 20]]],
  ['7.2', '分类绩效考核办法审定', '市人社局', 25, [['5.2', 'SS', 0]]],
]

const CRITERIA: Record<string, string> = {
  '5.1': '花名册经单位和编办双方盖章，差异为零',
  '5.2': '全部批次执行，人员和编制划转前后守恒，无人待定',
  '6.1': '项目建议书、可研、初步设计均取得批复',
  '6.4': '连续十个工作日一次采集、多渠道发布无事故',
}

/**
 * The plan as it was printed, its two contradictions decided, the first baseline; the transfers
 * extended by a resolution, the kitchen overdue, evidence waiting on the desks.
 */
export async function tellProgramme(city: City): Promise<void> {
  const { cast, today, day, folder, units } = city
  const { lgoffice: office, leader } = cast
  clock.freeze(day('2022-01-12'))
  await runImport({
    definition: 'milestones',
    path: join(folder, 'reform-plan.xlsx'),
    fileName: 'reform-plan.xlsx',
    asOf: day('2022-01-10'),
    actor: await office(),
    answers: { starts_on: day('2021-11-01'), document: city.no(1) },
    confirm: true,
  })
  await enterAccount({
    username: 'rmtliaison',
    name: '白露',
    role: 'liaison',
    unitId: units.get('融媒体中心')!,
  })
  clock.freeze(day('2022-01-14'))
  const reason = '方案文号和批准日期均在上一年，属年份误写'
  await decide(['1', '4'], 'suggestion', reason, await leader())
  await decide(['3', '5'], 'suggestion', reason, await leader())
  await planWork(await office())
  for (const [number, on, text] of [
    ['1', '2021-12-28', '方案经市委常委会审议通过并印发'],
    ['2', '2021-12-30', '经营性业务、资产和人员清单已交接'],
    ['3', '2021-12-31', '营业执照已换发，章程已备案'],
  ]) {
    await finish(number, day(on), text, await office(), await leader())
  }
  clock.freeze(day('2022-01-17'))
  const first = { name: '方案批准时的计划', reason: '日期冲突决定后首次排定', documentId: null }
  await setBaseline(first, await office())

  clock.freeze(day('2022-02-28'))
  for (const [number, on, text] of [
    ['4.1', '2022-02-20', '编办批文已下达，核定编制 187 名'],
    ['4.2', '2022-02-25', '牌匾、印章、场地到位'],
    ['4', '2022-02-28', '市融媒体中心挂牌成立'],
  ]) {
    await finish(number, day(on), text, await office(), await leader())
  }
  clock.freeze(addDays(city.quarter, 1))
  await report('5.2', city.quarter, null, await office())
  await extendTransfers(city)
  await reportNow(city)
  await handIn(city, today)
}

/** What the leading group resolved: the transfers may take longer, the kitchen does not wait for them. */
async function extendTransfers({ cast, today }: City) {
  const [resolution] = await approvedResolutions('划转时限延长', 1)
  if (!resolution?.number || !resolution.dueOn) return
  clock.freeze(addDays(addMonths(today, -2), 4))
  const transfers = await itemOf('5')
  await changeFixedDate(
    {
      itemId: transfers.id,
      version: transfers.version,
      fixedOn: resolution.dueOn,
      resolutionNo: resolution.number,
      reason: '经营岗位安置和舆情中心人员去向需另行决定',
    },
    await cast.lgoffice()
  )
  const parallel = '中央厨房建设与人员划转并行推进，不以划转完成为前提'
  await decide(['5', '6'], 'unlink', parallel, await cast.leader())
  const again = { name: '划转延期后的计划', reason: '按议定事项调整', documentId: null }
  await setBaseline(again, await cast.lgoffice())
}

/** Under way: the transfers in time, the kitchen late, the whole just within its last days. */
async function reportNow({ cast, today }: City) {
  const office = await cast.lgoffice()
  const calendar = await loadCalendar()
  const daysTo = (date: string) => workdaysBetween(calendar, today, addDays(date, 1))
  const end = daysTo((await itemOf('7')).fixedOn!)
  const transfers = Math.max(10, daysTo((await itemOf('5')).fixedOn!))
  // Two days for the training and ten of trial run after it, three to spare.
  const install = Math.max(1, end - 15)
  const reportOn = async (back: number, number: string, startedOn: string, left: number) => {
    const on = addDays(today, -back)
    clock.freeze(on)
    await report(number, startedOn, left + workdaysBetween(calendar, on, today), office)
  }
  await reportOn(20, '6.2', addDays(today, -60), Math.max(1, install - 6))
  await reportOn(18, '5.3', addDays(today, -35), Math.max(5, transfers - 8))
  await reportOn(16, '5.2', addDays(today, -100), Math.max(5, transfers - 9))
  await reportOn(15, '7.2', addDays(today, -30), 12)
  clock.freeze(addDays(today, -7))
  await keepForecast()
  await reportOn(2, '6.2', addDays(today, -60), install)
}

/** Evidence that waits for the office and for the leader, and one that came back. */
async function handIn({ cast }: City, today: string) {
  const hr1 = await cast.hr1()
  clock.freeze(addDays(today, -3))
  const selection = await submit('5.3', addDays(today, -4), '双向选择结果已公示', hr1)
  const { version } = await evidenceById(selection)
  await returnEvidence(
    { evidenceId: selection, version, comment: '公示期未满，转聘合同尚未签订' },
    await cast.lgoffice()
  )
  clock.freeze(addDays(today, -1))
  await report('5.1', addDays(today, -70), 1, await cast.lgoffice())
  await report('6.1', addDays(today, -110), 1, await cast.lgoffice())
  await submit('5.1', addDays(today, -6), '三家单位花名册均已双方盖章，差异为零', hr1)
  const design = '项目建议书、可研、初步设计三项批复齐备'
  await submit('6.1', addDays(today, -5), design, await cast.lgoffice())
  clock.freeze(today)
  await keepForecast()
}

async function planWork(actor: Actor) {
  for (const [number, name, unit, duration, after] of WORKS) {
    const phase = await itemOf(number.split('.')[0])
    const itemId = await createItem(
      {
        number,
        name,
        kind: 'work',
        phaseId: phase.id,
        duration,
        supportUnitIds: [],
        leadUnitId: await unitId(unit),
        responsibleId: null,
        notBefore: null,
        deliverable: null,
        criteria: CRITERIA[number] ?? null,
        basis: '六（二）',
        factCode: number === '5.2' ? 'transfers.executed' : null,
      },
      actor
    )
    for (const [before, type, lag] of after) {
      await addLink({ fromId: (await itemOf(before)).id, toId: itemId, type, lag }, actor)
    }
    await addLink({ fromId: itemId, toId: phase.id, type: 'FS', lag: 0 }, actor)
  }
}

async function decide(
  [from, to]: [string, string],
  choice: ConflictChoice,
  reason: string,
  actor: Actor
) {
  await decideConflict(
    {
      fromId: (await itemOf(from)).id,
      toId: (await itemOf(to)).id,
      choice,
      reason,
      fromOn: null,
      toOn: null,
      documentId: null,
      grant: actor.authorize('programme.decide'),
    },
    actor
  )
}

async function finish(number: string, on: string, text: string, author: Actor, judge: Actor) {
  const evidenceId = await submit(number, on, text, author)
  const grant = judge.authorize('programme.accept')
  await acceptEvidence({ evidenceId, version: 1, grant }, judge)
}

async function submit(number: string, happenedOn: string, text: string, actor: Actor) {
  const { id: itemId } = await itemOf(number)
  return submitEvidence({ itemId, happenedOn, text, documentId: null }, actor)
}

async function report(number: string, startedOn: string, left: number | null, actor: Actor) {
  const { id: itemId, version } = await itemOf(number)
  await reportProgress({ itemId, version, startedOn, remainingDays: left, note: null }, actor)
}

async function itemOf(number: string) {
  const { items } = await thePlan()
  return items.find((item) => item.number === number)!
}

async function unitId(name: string): Promise<number> {
  const found = await resolveUnit(name, clock.today())
  if (found.kind !== 'found') throw new Error(`no unit ${name}`)
  return found.unitId
}
