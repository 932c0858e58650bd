export const LIGHTS = ['red', 'yellow', 'green', 'grey', 'done'] as const
export type Light = (typeof LIGHTS)[number]

export type LightReason =
  | 'done'
  | 'disputed'
  | 'cycle'
  | 'overdue'
  | 'negative_slack'
  | 'little_slack'
  | 'enough_slack'
  | 'no_deadline'

interface Facts {
  finishedOn: string | null
  fixedOn: string | null
  /** Its fixed date contradicts another one and nobody has decided. */
  disputed: boolean
  /** It waits for itself, or for something that does. */
  cycle: boolean
  slack: number | null
}

/**
 * Red: overdue or negative slack; yellow: slack under so many working days; grey: not computed.
 * Without a fixed date that it or what follows must keep there is nothing to be late for.
 */
export function lightOf(
  facts: Facts,
  yellowDays: number,
  today: string
): { light: Light; reason: LightReason } {
  if (facts.finishedOn) return { light: 'done', reason: 'done' }
  if (facts.disputed) return { light: 'grey', reason: 'disputed' }
  if (facts.cycle) return { light: 'grey', reason: 'cycle' }
  if (facts.fixedOn && facts.fixedOn < today) return { light: 'red', reason: 'overdue' }
  if (facts.slack === null) return { light: 'green', reason: 'no_deadline' }
  if (facts.slack < 0) return { light: 'red', reason: 'negative_slack' }
  if (facts.slack < yellowDays) return { light: 'yellow', reason: 'little_slack' }
  return { light: 'green', reason: 'enough_slack' }
}
