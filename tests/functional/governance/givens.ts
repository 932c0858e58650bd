import { createTask, assignTask, addPart, type TaskInput } from '#governance/actions/tasks'
import { setHolder, addSeat, ensureBody } from '#governance/actions/bodies'
import { issueOrder } from '#governance/actions/orders'
import { partsOfTask } from '#governance/queries/parts'
import { taskById } from '#governance/queries/tasks'
import type { BodyKind } from '#governance/domain/bodies'
import type { Actor } from '#shared/actor'
import { inTransaction } from '#shared/database'
import { givenActor, givenPerson, givenUnit } from '#tests/support/givens'

/** A person with an account, as holder of posts. */
export async function givenHolder(name: string) {
  const personId = await givenPerson({ name, external: true })
  return { personId, name, actor: await givenActor({ role: 'leadership', personId }) }
}

export type Holder = Awaited<ReturnType<typeof givenHolder>>

/** Offices of the city: the propaganda department leads the joint meeting, two heads the group. */
export async function givenCity() {
  const office = await givenActor({ role: 'leading_group_office' })
  const leader = await givenActor({ role: 'leadership' })
  const department = await givenUnit({ name: '市委宣传部', kind: 'external' })
  const finance = await givenUnit({ name: '市财政局', kind: 'external' })
  const personnel = await givenUnit({ name: '市人社局', kind: 'external' })
  const body = (kind: BodyKind, name: string) =>
    inTransaction(async (trx) => (await ensureBody(trx, office, kind, name)).id)
  const group = await body('leading_group', '市媒体融合改革工作领导小组')
  const joint = await body('joint_meeting', '媒体融合改革工作联席会议')
  const seat = (bodyId: number, role: 'head' | 'member', title: string, unitId?: number) =>
    addSeat({ bodyId, role, title, unitId: unitId ?? null, validFrom: '2020-01-01' }, office)
  const seats = {
    secretary: await seat(group, 'head', '市委书记'),
    mayor: await seat(group, 'head', '市长'),
    finance: await seat(group, 'member', '市财政局', finance),
    joint: await seat(joint, 'head', '市委宣传部', department),
    personnel: await seat(joint, 'member', '市人社局', personnel),
  }
  return { office, leader, department, finance, personnel, group, joint, seats }
}

export type City = Awaited<ReturnType<typeof givenCity>>

/** Somebody becomes head of a unit or takes a seat, long before. */
export function hold(post: { unitId: number } | { seatId: number }, holder: Holder, actor: Actor) {
  return setHolder({ post, holder, from: '2020-01-01' }, actor)
}

/** A task that was handed to its units. */
export async function givenTask(
  city: City,
  input: Partial<TaskInput> = {},
  support: readonly number[] = []
) {
  const taskId = await createTask(
    {
      title: '安排媒体融合专项资金',
      sourceKind: 'instruction',
      source: '市委书记批示',
      bodyId: city.group,
      leadUnitId: city.finance,
      dueOn: '2026-03-31',
      rhythm: null,
      criteria: null,
      ...input,
    },
    city.office
  )
  for (const unitId of support) {
    await addPart({ taskId, unitId, content: `配合事项${unitId}`, dueOn: null }, city.office)
  }
  const { version } = await taskById(taskId)
  await assignTask({ taskId, version }, city.office)
  const [lead, ...others] = await partsOfTask(taskId)
  return { taskId, lead, others }
}

/** An order on the lead's part of a new task. */
export async function givenOrder(city: City, deadlineOn: string) {
  const { taskId, lead } = await givenTask(city, { dueOn: deadlineOn })
  const input = { partId: lead.id, requirement: '按期办结', deadlineOn: null }
  const orderId = await issueOrder(input, city.office)
  return { taskId, partId: lead.id, orderId }
}
