import { record } from '#audit/actions/record'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { CalendarDays } from '#calendar/domain/working_days'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import {
  dateConflicts,
  newConflicts,
  same,
  withDates,
  yearSlip,
  type DateChange,
  type DateConflict,
} from '../domain/conflicts.js'
import { thePlan, type PlanOnRecord } from '../queries/plan.js'
import { writeFixedDate } from './fixed_dates.js'
import { lockPlan } from './lock_plan.js'
import { itemIn } from './save_item.js'

export const CHOICES = ['suggestion', 'dates', 'unlink'] as const
export type ConflictChoice = (typeof CHOICES)[number]

export interface ConflictDecision extends DateConflict {
  choice: ConflictChoice
  /** With `dates`: the dates that hold, of either end. */
  fromOn: string | null
  toOn: string | null
  reason: string
  documentId: number | null
  grant?: ActiveGrant | null
}

/**
 * Decides which of two dates that contradict each other is wrong, or that the one need not wait for
 * the other. Refused when the contradiction would stay or another one arise.
 */
export async function decideConflict(input: ConflictDecision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockPlan(client)
    const calendar = await loadCalendar(client)
    const plan = await thePlan(client)
    const known = dateConflicts(plan, calendar)
    if (!known.some((pair) => same(pair, input))) {
      throw new DomainError('programme.errors.no_conflict')
    }
    const changes = changesBy(plan, calendar, input)
    const decided = input.choice === 'unlink' ? withoutLinks(plan, input) : withDates(plan, changes)
    refuseOthers(plan, known, dateConflicts(decided, calendar), input)
    const [from, to] = [itemIn(plan, input.fromId), itemIn(plan, input.toId)]
    for (const { itemId, after } of changes) {
      const source = 'conflict'
      await writeFixedDate(client, actor, itemId, { ...input, fixedOn: after, source })
    }
    if (input.choice === 'unlink') {
      await client.from('work_links').where({ from_id: from.id, to_id: to.id }).delete()
    }
    const id = await insertRow(client, 'conflict_decisions', {
      from_id: from.id,
      to_id: to.id,
      from_on: from.fixedOn,
      to_on: to.fixedOn,
      choice: input.choice,
      reason: input.reason,
      document_id: input.documentId,
      changes: JSON.stringify(changes),
      decided_by: actor.userId,
      decided_at: clock.now(),
    })
    for (const itemId of new Set([from.id, to.id, ...changes.map((change) => change.itemId)])) {
      const change = changes.find((one) => one.itemId === itemId)
      await record(client, actor, {
        action: 'programme.conflict.decided',
        subjectType: 'work_item',
        subjectId: itemId,
        changes: {
          ...(change && { fixed_on: [change.before, change.after] }),
          choice: input.choice,
          reason: input.reason,
          decision_id: id,
        },
        grant: input.grant,
      })
    }
  }, trx)
}

function changesBy(
  plan: PlanOnRecord,
  calendar: CalendarDays,
  input: ConflictDecision
): DateChange[] {
  if (input.choice === 'unlink') return []
  if (input.choice === 'suggestion') {
    const changes = yearSlip(plan, calendar, input)
    if (!changes) throw new DomainError('programme.errors.no_suggestion')
    return changes
  }
  const wanted = [
    { itemId: input.fromId, after: input.fromOn },
    { itemId: input.toId, after: input.toOn },
  ]
  const changes = wanted.flatMap(({ itemId, after }) => {
    const before = itemIn(plan, itemId).fixedOn!
    return after && after !== before ? [{ itemId, before, after }] : []
  })
  if (changes.length === 0) refuse('no_change')
  return changes
}

function withoutLinks(plan: PlanOnRecord, { fromId, toId }: DateConflict): PlanOnRecord {
  return { ...plan, links: plan.links.filter((link) => !same(link, { fromId, toId })) }
}

function refuseOthers(
  plan: PlanOnRecord,
  known: readonly DateConflict[],
  left: readonly DateConflict[],
  decided: DateConflict
) {
  if (left.some((pair) => same(pair, decided))) refuse('conflict_stays')
  const [fresh] = newConflicts(known, left)
  if (!fresh) return
  const [from, to] = [itemIn(plan, fresh.fromId), itemIn(plan, fresh.toId)]
  refuse('conflict_arises', { from: from.name, to: to.name })
}

function refuse(name: string, params: Record<string, string> = {}): never {
  const code = `programme.errors.${name}`
  throw new DomainError(code, params, [{ field: 'from_on', code, params }])
}
