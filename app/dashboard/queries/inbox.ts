import type { Actor } from '#shared/actor'
import { inboxPort, type InboxItem, type Translate } from '#shared/ports/inbox'
import { daysBetween } from '../domain/days.js'

export interface WaitingItem extends InboxItem {
  /** Whole days from today to the deadline, negative when it has passed; null without one. */
  daysLeft: number | null
}

/** What waits for the actor, by deadline, with the days that are left. */
export async function waitingItems(
  actor: Actor,
  t: Translate,
  today: string
): Promise<WaitingItem[]> {
  const items = await inboxPort.items(actor, t)
  return items.map((item) => ({
    ...item,
    daysLeft: item.due ? daysBetween(today, item.due) : null,
  }))
}
