import { join } from 'node:path'
import db from '@adonisjs/lucid/services/db'
import { findDecision } from '#decisions/queries/decisions'
import { setHolder } from '#governance/actions/bodies'
import { resolutionToTask } from '#governance/actions/carry_out_resolution'
import { askExtension } from '#governance/actions/extensions'
import {
  addItem,
  holdMeeting,
  inviteMeeting,
  planMeeting,
  recordAttendance,
} from '#governance/actions/meetings'
import {
  addResolution,
  approveMinutes,
  submitMinutes,
  writeMinutes,
} from '#governance/actions/minutes'
import { issueOrder } from '#governance/actions/orders'
import {
  acceptPart,
  reportProgress,
  sendBackPart,
  submitPart,
} from '#governance/actions/report_part'
import { archiveTask, assignTask, createTask, readTask } from '#governance/actions/tasks'
import type { BodyKind } from '#governance/domain/bodies'
import { runSupervision } from '#governance/jobs/run_supervision'
import { bodyOfKind, seatsOf } from '#governance/queries/bodies'
import { attendanceOf, meetingById } from '#governance/queries/meetings'
import { owedParts, partById } from '#governance/queries/parts'
import { resolutionsOf } from '#governance/queries/resolutions'
import { taskById } from '#governance/queries/tasks'
import { runImport } from '#imports/actions/run_import'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, addMonths } from '#shared/dates'
import { enterAccount } from './cast.js'
import type { City } from './city.js'

type Act = () => Promise<Actor>

/** Heads of units without an account of their own: they are told on paper. */
const HEADS = {
  市委编办: '马国强',
  市人社局: '孙丽华',
  市财政局: '周永年',
  市发改局: '韩志勇',
  市网信办: '宋佳',
  市经信局: '冯远',
  市深改办: '秦川',
  市文广局: '陆瑶',
  国投集团: '方志强',
  市法制办: '叶青',
} as const

/** Offices of the leading group; 组织部长 is vacant for now. */
const OFFICES = { 市长: '江宏', 市委副书记: '唐建国', 常务副市长: '白雪松' } as const

/**
 * The leading group and its tasks: imported with the plan, two meetings held and a third to come,
 * parts reported, sent back, accepted and overdue, and orders whose clocks have gone different ways.
 */
export async function tellGovernance(city: City): Promise<void> {
  const { cast, today, day, folder } = city
  const office = cast.lgoffice
  clock.freeze(day('2022-01-12'))
  await runImport({
    definition: 'governance',
    path: join(folder, 'reform-plan.xlsx'),
    fileName: 'reform-plan.xlsx',
    asOf: day('2022-01-10'),
    answers: {},
    actor: await office(),
    confirm: true,
  })
  const units = await unitIds()
  const finance = await enterAccount({
    username: 'caizheng',
    name: '许静',
    role: 'liaison',
    unitId: units.get('市财政局')!,
  })
  const cyber = await enterAccount({
    username: 'wangxin',
    name: '彭越',
    role: 'liaison',
    unitId: units.get('市网信办')!,
  })
  const second = await enterAccount({
    username: 'lgoffice2',
    name: '田野',
    role: 'leading_group_office',
  })
  const propaganda = await enterAccount({
    username: 'xuanchuan',
    name: '宋文涛',
    role: 'leadership',
  })
  await seatHolders(city, units, await propaganda())

  const issued = await firstMeeting(city, units)
  await donePlan(city, second)
  await reports(city, { finance, cyber, second, units })
  await reportStanding(city)
  const resolutionId = (await resolutionsOf(issued))[1].id
  clock.freeze(addDays(addMonths(today, -2), 4))
  await resolutionToTask(
    {
      resolutionId,
      leadUnitId: units.get('市财政局')!,
      rhythm: null,
      dueOn: addDays(today, 20),
    },
    await office()
  )
  await overdue(city, units)
  await latelyHeld(city)
  clock.freeze(today)
  await toCome(city)
}

/** Secretary, mayor's empty seat, the propaganda minister and the heads of the departments. */
async function seatHolders(city: City, units: Map<string, number>, minister: Actor) {
  const { cast, day } = city
  const office = await cast.lgoffice()
  const leader = await cast.leader()
  const from = day('2022-01-12')
  const group = await bodyOfKind('leading_group')
  const seat = async (title: string) =>
    (await seatsOf(group!.id)).find((row) => row.title === title)!.id
  const give = async (post: { seatId: number } | { unitId: number }, who: Actor) =>
    setHolder({ post, holder: { personId: who.personId, name: who.name }, from }, office)
  await give({ seatId: await seat('市委书记') }, leader)
  await give({ seatId: await seat('宣传部长') }, minister)
  await give({ unitId: units.get('市委宣传部')! }, minister)
  for (const [title, name] of Object.entries(OFFICES)) {
    const holder = { personId: null, name }
    await setHolder({ post: { seatId: await seat(title) }, holder, from }, office)
  }
  for (const [unit, name] of Object.entries(HEADS)) {
    const holder = { personId: null, name }
    await setHolder({ post: { unitId: units.get(unit)! }, holder, from }, office)
  }
}

/** 第1次会议: held with a quorum, minutes signed and issued, one resolution turned into a task. */
async function firstMeeting(city: City, units: Map<string, number>): Promise<number> {
  const { cast, today } = city
  const heldOn = addDays(addMonths(today, -2), 1)
  const meetingId = await plan(
    city,
    'leading_group',
    heldOn,
    '市媒体融合改革工作领导小组第1次会议',
    [
      ['听取人员划转进展情况汇报', '市委编办'],
      ['审议媒体融合专项资金安排', '市财政局'],
    ]
  )
  await hold(city, meetingId, heldOn)
  const office = await cast.lgoffice()
  await writeMinutes(
    {
      meetingId,
      version: await meetingVersion(meetingId),
      observers: '市融媒体中心、市文旅公司',
      minutes:
        '会议听取了人员划转和专项资金安排情况汇报。\n会议指出，媒体融合改革进入关键阶段，各单位要压实责任，倒排工期，确保人员划转、平台建设同步推进。',
    },
    office
  )
  await addResolution(
    {
      meetingId,
      content: '同意在编人员划转时限延长三个月，由市委编办会同市人社局按批次办理。',
      leadUnitId: units.get('市委编办')!,
      dueOn: addMonths(heldOn, 3),
      decisionId: null,
    },
    office
  )
  await addResolution(
    {
      meetingId,
      content: '市财政局按月通报专项资金下达和支付情况，第二批资金随工程进度下达。',
      leadUnitId: units.get('市财政局')!,
      dueOn: addDays(today, 20),
      decisionId: null,
    },
    office
  )
  const pay = await findDecision('contract_staff_pay')
  await addResolution(
    {
      meetingId,
      content: '编外人员待遇按同工同酬原则，参照在编人员绩效工资办法执行。',
      leadUnitId: null,
      dueOn: null,
      decisionId: pay!.id,
    },
    office
  )
  await submitMinutes({ meetingId, version: await meetingVersion(meetingId) }, office)
  clock.freeze(addDays(heldOn, 2))
  await approveMinutes({ meetingId, version: await meetingVersion(meetingId) }, await cast.leader())
  return meetingId
}

interface Stage {
  finance: Act
  cyber: Act
  second: Act
  units: Map<string, number>
}

/** What the departments reported: one task archived, one sent back, one to be checked, one asking. */
async function reports(city: City, { finance, cyber, second, units }: Stage) {
  const { cast, today } = city
  const office = cast.lgoffice
  const partOf = async (unit: string, word: string) =>
    (await owedParts({ units: [units.get(unit)!] })).find(({ content }) => content.includes(word))!
  const submit = async (partId: number, content: string, liaison: Act) =>
    submitPart({ partId, version: await partVersion(partId), content }, await liaison())

  clock.freeze(addMonths(today, -2))
  const fund = await partOf('市财政局', '专项资金')
  await finishSupporters(fund.taskId, fund.id, office, second)
  await submit(fund.id, '年度预算 1,240 万元已下达，第一批 910 万元到位。', finance)
  await acceptPart({ partId: fund.id, version: await partVersion(fund.id) }, await second())
  clock.freeze(addDays(addMonths(today, -2), 3))
  const read = await taskById(fund.taskId)
  await readTask(
    { taskId: fund.taskId, version: read.version, comment: '资金到位及时，请抓好使用。' },
    await cast.leader()
  )
  await archiveTask({ taskId: fund.taskId, version: read.version + 1 }, await office())

  clock.freeze(addDays(today, -6))
  const media = await partOf('市网信办', '新兴媒体')
  await reportProgress(
    {
      partId: media.id,
      version: await partVersion(media.id),
      content: '两微一端账号备案 11 个，处置侵权转载线索 4 条。',
    },
    await cyber()
  )
  // New tasks by instruction, so that every desk has one whatever day the plan's own were due.
  clock.freeze(addDays(today, -20))
  const built = await assigned(city, {
    title: '核定融媒体中心绩效工资总量所需财力测算',
    leadUnitId: units.get('市财政局')!,
    dueOn: addDays(today, 3),
  })
  const platform = await assigned(city, {
    title: '报送中央厨房项目资金绩效目标',
    leadUnitId: units.get('市财政局')!,
    dueOn: addDays(today, 9),
  })
  const network = await assigned(city, {
    title: '清理整合各单位闲置政务新媒体账号',
    leadUnitId: units.get('市网信办')!,
    // soon by working days whatever weekday today is
    dueOn: addDays(today, 4),
  })
  clock.freeze(addDays(today, -4))
  await submit(built, '已完成测算，附测算表。', finance)
  clock.freeze(addDays(today, -3))
  await sendBackPart(
    {
      partId: built,
      version: await partVersion(built),
      comment: '请补充编外人员部分，并附分管领导签字件。',
    },
    await office()
  )
  clock.freeze(addDays(today, -2))
  await submit(platform, '绩效目标表已报，采购和验收指标已细化。', finance)
  await askExtension(
    {
      partId: network,
      untilOn: addDays(today, 25),
      reason: '县（区）账号仍在核对，需省网信办统一注销。',
    },
    await cyber()
  )
}

/** 基本建设工程立项 stays overdue; so do the reviews that pay and personnel still work on. */
const LATE = [5, 12]

/** What the plan wanted by now: reported on paper, accepted by another person of the office. */
async function donePlan(city: City, checker: Act) {
  const { cast, today } = city
  clock.freeze(addDays(addMonths(today, -2), 2))
  const office = await cast.lgoffice()
  for (const id of await planParts(today, false)) {
    const input = { partId: id, version: await partVersion(id) }
    await submitPart({ ...input, content: '已按方案要求完成，书面材料已报办公室。' }, office)
    await acceptPart({ ...input, version: input.version + 1 }, await checker())
  }
}

/** Standing tasks are reported up to date. */
async function reportStanding(city: City) {
  clock.freeze(addDays(city.today, -3))
  const office = await city.cast.lgoffice()
  for (const id of await planParts(city.today, true)) {
    const content = '本期工作已按要求开展，情况见书面报告。'
    await reportProgress({ partId: id, version: await partVersion(id), content }, office)
  }
}

/** Open parts of the plan that were due; supporting units first, for the lead's completes the task. */
async function planParts(today: string, standing: boolean): Promise<number[]> {
  const query = db
    .from('task_parts')
    .join('tasks', 'tasks.id', 'task_parts.task_id')
    .where('tasks.source_kind', 'plan')
    .where('task_parts.state', 'open')
    .where('task_parts.due_on', '<', today)
    .whereNotIn('tasks.plan_no', [2, ...LATE])
    .orderBy('task_parts.role', 'desc')
    .orderBy('task_parts.id')
    .select('task_parts.id')
  if (standing) query.whereNotNull('tasks.rhythm')
  else query.whereNull('tasks.rhythm')
  return (await query).map(({ id }) => Number(id))
}

/** The supporting units reported through the office, which another of its people accepted. */
async function finishSupporters(taskId: number, leadId: number, office: Act, checker: Act) {
  const rows = await db.from('task_parts').where({ task_id: taskId }).whereNot('id', leadId)
  for (const { id } of rows) {
    const partId = Number(id)
    await submitPart({ partId, version: 1, content: '已配合完成。' }, await office())
    await acceptPart({ partId, version: 2 }, await checker())
  }
}

/** Orders: one past the joint meeting, one past an empty post, one closed in time. */
async function overdue(city: City, units: Map<string, number>) {
  const { today } = city
  const order = async (title: string, unit: string, from: number, due: number) => {
    clock.freeze(addDays(today, from))
    const partId = await assigned(city, {
      title,
      leadUnitId: units.get(unit)!,
      dueOn: addDays(today, due),
    })
    await issueOrder(
      { partId, requirement: '请按时限办结并书面反馈。', deadlineOn: null },
      await city.cast.lgoffice()
    )
  }
  await order('协调电信企业落实中央厨房专线带宽', '市经信局', -24, -9)
  await order('开放政务服务事项数据接口清单', '市政务服务中心', -16, -2)
  await order('批复移动客户端信息系统立项', '市发改局', -10, 6)
  clock.freeze(today)
  await runSupervision()
}

/** 第2次会议 was held a few days ago; its minutes wait for signature. */
async function latelyHeld(city: City) {
  const { cast, today } = city
  const heldOn = addDays(today, -5)
  const meetingId = await plan(city, 'joint_meeting', heldOn, '媒体融合改革工作联席会议第1次会议', [
    ['研究舆情中心在编人员去向', '市委编办'],
    ['督查逾期事项', '市深改办'],
  ])
  await hold(city, meetingId, heldOn)
  const office = await cast.lgoffice()
  await writeMinutes(
    {
      meetingId,
      version: await meetingVersion(meetingId),
      observers: null,
      minutes: '会议研究了舆情中心在编人员去向和逾期督办事项，提出如下意见。',
    },
    office
  )
  await addResolution(
    {
      meetingId,
      content: '市委编办会同市人社局提出舆情中心在编人员去向的意见，报领导小组决定。',
      leadUnitId: null,
      dueOn: null,
      decisionId: null,
    },
    office
  )
  await submitMinutes({ meetingId, version: await meetingVersion(meetingId) }, office)
}

/** The next meeting of the leading group: invited, so that it stands in the leaders' inbox. */
async function toCome(city: City) {
  await plan(city, 'leading_group', addDays(city.today, 6), '市媒体融合改革工作领导小组第2次会议', [
    ['审议融媒体中心挂牌筹备方案', '市委宣传部'],
    ['听取中央厨房建设进展汇报', null],
  ])
}

async function plan(
  city: City,
  kind: BodyKind,
  heldOn: string,
  title: string,
  items: readonly (readonly [string, string | null])[]
): Promise<number> {
  const office = await city.cast.lgoffice()
  const body = await bodyOfKind(kind)
  if (heldOn < city.today) clock.freeze(addDays(heldOn, -5))
  const meetingId = await planMeeting(
    {
      bodyId: body!.id,
      title,
      heldOn,
      startsAt: '15:00',
      observers: null,
      place: '市委二楼会议室',
    },
    office
  )
  const units = await unitIds()
  for (const [item, unit] of items) {
    const unitId = unit ? (units.get(unit) ?? null) : null
    await addItem({ meetingId, title: item, unitId }, office)
  }
  await inviteMeeting({ meetingId, version: await meetingVersion(meetingId) }, office)
  return meetingId
}

/** Everybody with a seat came, but for one who sent a deputy. */
async function hold(city: City, meetingId: number, heldOn: string) {
  const office = await city.cast.lgoffice()
  clock.freeze(heldOn)
  const seats = (await attendanceOf(meetingId)).filter(({ state }) => state !== 'vacant')
  await recordAttendance(
    {
      meetingId,
      version: await meetingVersion(meetingId),
      seats: seats.map(({ id }, index) => ({
        id,
        reason: null,
        state: index === seats.length - 1 ? ('substitute' as const) : ('present' as const),
        substitute: index === seats.length - 1 ? '梁斌（副局长）' : null,
      })),
    },
    office
  )
  await holdMeeting({ meetingId, version: await meetingVersion(meetingId) }, office)
}

/** A task by instruction, handed out at once; the lead's part. */
async function assigned(
  city: City,
  input: { title: string; leadUnitId: number; dueOn: string }
): Promise<number> {
  const office = await city.cast.lgoffice()
  const group = await bodyOfKind('leading_group')
  const taskId = await createTask(
    {
      ...input,
      sourceKind: 'instruction',
      source: '市委书记批示',
      bodyId: group!.id,
      rhythm: null,
      criteria: '书面反馈，附佐证材料',
    },
    office
  )
  const { version } = await taskById(taskId)
  await assignTask({ taskId, version }, office)
  const row = await db.from('task_parts').where({ task_id: taskId, role: 'lead' }).firstOrFail()
  return Number(row.id)
}

const meetingVersion = async (id: number) => (await meetingById(id)).version
const partVersion = async (id: number) => (await partById(id)).version

async function unitIds(): Promise<Map<string, number>> {
  const rows = await db.from('units').select('id', 'name')
  return new Map(rows.map((row) => [row.name, Number(row.id)]))
}
