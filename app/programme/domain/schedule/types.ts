export type LinkType = 'FS' | 'SS' | 'FF' | 'SF'

/** The task waits for `id`: FS its finish, SS its start; FF and SF bind the task's own finish. */
export interface ScheduleLink {
  id: string
  type: LinkType
  /** Working days, negative for an overlap. */
  lag: number
}

export interface ScheduleTaskInput {
  id: string
  /** Working days; 0 is a milestone. */
  duration: number
  after?: readonly ScheduleLink[]
  /** Civil dates `YYYY-MM-DD`. */
  notBefore?: string | null
  fixedFinish?: string | null
}

export interface ScheduleInstance {
  /** Absent: only Saturdays and Sundays are free. */
  calendar?: { holidays: readonly string[]; workdays: readonly string[] }
  start?: string | null
  tasks: readonly ScheduleTaskInput[]
}

/** Inclusive civil dates; null for members of a cycle and what comes after them. */
export interface ScheduleTaskResult {
  earliestStart: string | null
  earliestFinish: string | null
  latestStart: string | null
  latestFinish: string | null
  /** Working days. */
  slack: number | null
  critical: boolean
}

export interface ScheduleConflict {
  task: string
  kind: 'cycle' | 'fixed_before_predecessor' | 'negative_slack'
  message: string
  because: string[]
}

export interface ScheduleWarning {
  task: string
  kind: 'fixed_on_free_day'
  message: string
}

export interface ScheduleResult {
  tasks: Record<string, ScheduleTaskResult>
  conflicts: ScheduleConflict[]
  warnings: ScheduleWarning[]
}

/** A network that cannot be computed at all; the message names the place. */
export class ScheduleError extends Error {}
