import { addWorkdays, type CalendarDays } from '#calendar/domain/working_days'
import type { Forecast } from './forecast.js'
import type { Plan, PlanItem } from './plan.js'

/** An assumption: the item takes so many working days more (fewer), a milestone comes later. */
export interface WhatIf {
  itemId: number
  days: number
}

/** Another plan in which the assumptions hold; the plan itself stays as it is. */
export function assume<Item extends PlanItem>(
  plan: Plan<Item>,
  calendar: CalendarDays,
  now: Forecast,
  assumptions: readonly WhatIf[]
): Plan<Item> {
  const days = new Map(assumptions.map((one) => [one.itemId, one.days]))
  const items = plan.items.map((item) => {
    const by = days.get(item.id)
    return by && !item.finishedOn ? { ...item, ...changed(item, by, calendar, now) } : item
  })
  return { ...plan, items }
}

function changed(item: PlanItem, by: number, calendar: CalendarDays, now: Forecast) {
  if (item.kind === 'milestone') {
    const expected = now.items.get(item.id)?.finish ?? null
    return { notBefore: expected && by > 0 ? addWorkdays(calendar, expected, by) : item.notBefore }
  }
  const longer = (days: number) => Math.max(1, days + by)
  return {
    duration: longer(item.duration),
    remainingDays: item.remainingDays === null ? null : longer(item.remainingDays),
  }
}
