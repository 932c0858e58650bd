import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError, NotFoundError } from '#shared/errors'
import { circleClosedBy } from '../domain/circles.js'
import type { PlanLink } from '../domain/plan.js'
import { thePlan } from '../queries/plan.js'
import { lockPlan } from './lock_plan.js'
import { itemIn } from './save_item.js'

/** Lets an item wait for another one; never in a circle. Returns the link's id. */
export async function addLink(input: PlanLink, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await lockPlan(client)
    const plan = await thePlan(client)
    const [from, to] = [itemIn(plan, input.fromId), itemIn(plan, input.toId)]
    const circle = circleClosedBy(plan.links, input)
    if (circle) {
      const names = circle.map((id) => itemIn(plan, id).name).join(' → ')
      refuse('circle', { names })
    }
    const id = await insertLink(client, input)
    await record(client, actor, {
      action: 'programme.link.added',
      subjectType: 'work_item',
      subjectId: to.id,
      // Its number alone: who reads the history of one need not see the other.
      changes: { from: from.number, type: input.type, lag: input.lag },
    })
    return id
  }, trx)
}

export async function removeLink(input: { linkId: number }, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockPlan(client)
    const plan = await thePlan(client)
    const link = plan.links.find(({ id }) => id === input.linkId)
    if (!link) throw new NotFoundError('work link')
    const from = itemIn(plan, link.fromId)
    await client.from('work_links').where('id', link.id).delete()
    await record(client, actor, {
      action: 'programme.link.removed',
      subjectType: 'work_item',
      subjectId: link.toId,
      changes: { from: from.number, type: link.type, lag: link.lag },
    })
  }, trx)
}

export async function insertLink(trx: Trx, { fromId, toId, type, lag }: PlanLink): Promise<number> {
  try {
    return await insertRow(trx, 'work_links', {
      from_id: fromId,
      to_id: toId,
      type,
      lag,
      created_at: clock.now(),
    })
  } catch (error) {
    if (isUniqueViolation(error)) refuse('link_exists')
    throw error
  }
}

function refuse(name: string, params: Record<string, string> = {}): never {
  const code = `programme.errors.${name}`
  throw new DomainError(code, params, [{ field: 'from_id', code, params }])
}
