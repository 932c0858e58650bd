import type { LinkType } from './schedule/types.js'

export const ITEM_KINDS = ['milestone', 'work'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]
export const LINK_TYPES = ['FS', 'SS', 'FF', 'SF'] as const satisfies readonly LinkType[]

/** What the calculation needs of a milestone or a work item; dates are civil dates. */
export interface PlanItem {
  id: number
  kind: ItemKind
  /** Working days; 0 for a milestone. */
  duration: number
  notBefore: string | null
  fixedOn: string | null
  /** Set when the plan names a month only: its last working day is meant. */
  fixedMonth: string | null
  startedOn: string | null
  finishedOn: string | null
  /** Working days that were left on a day, that day included. */
  remainingDays: number | null
  remainingAsOf: string | null
}

/** `toId` waits for `fromId`. */
export interface PlanLink {
  fromId: number
  toId: number
  type: LinkType
  lag: number
}

export interface Plan<Item extends PlanItem = PlanItem> {
  startsOn: string
  /** Slack below so many working days is a yellow light. */
  yellowDays: number
  items: readonly Item[]
  links: readonly PlanLink[]
}
