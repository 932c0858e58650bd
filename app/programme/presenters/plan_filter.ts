import { LIGHTS, type Light } from '../domain/lights.js'
import type { SlipRow } from '../queries/baselines.js'
import { unitsOf } from '../queries/forecast.js'
import { GROUPINGS, type Grouping } from './plan_view.js'

export interface PlanFilter {
  by: Grouping
  closed: ReadonlySet<string>
  unit: number | null
  light: Light | null
  phase: number | null
  q: string | null
}

/** What the address says; anything else in it is left out. */
export function planFilter(query: Record<string, any>): PlanFilter {
  const number = (value: unknown) => {
    const id = Number(value)
    return Number.isSafeInteger(id) && id > 0 ? id : null
  }
  return {
    by: GROUPINGS.find((name) => name === query.by) ?? 'phase',
    closed: new Set(
      String(query.closed ?? '')
        .split(',')
        .filter(Boolean)
    ),
    unit: number(query.unit),
    light: LIGHTS.find((name) => name === query.light) ?? null,
    phase: number(query.phase),
    q: typeof query.q === 'string' && query.q.trim() ? query.q.trim().slice(0, 100) : null,
  }
}

export function matching(rows: readonly SlipRow[], filter: PlanFilter): SlipRow[] {
  return rows.filter(
    (row) =>
      (!filter.unit || unitsOf(row).includes(filter.unit)) &&
      (!filter.light || row.forecast.light === filter.light) &&
      (!filter.phase || row.id === filter.phase || row.phaseId === filter.phase) &&
      (!filter.q || row.name.includes(filter.q) || row.number === filter.q)
  )
}
