import type { Transitions } from '#shared/transitions'

/** 计划 → 自评 → 评分 → 校准 → 集体研究 → 公示 → 签字确认 → 办结 */
export const CYCLE_STATES = [
  'planned',
  'self_report',
  'scoring',
  'calibration',
  'decision',
  'publicity',
  'signing',
  'closed',
  'cancelled',
] as const
export type CycleState = (typeof CYCLE_STATES)[number]

export type CycleVerb =
  | 'open_self_report'
  | 'open_scoring'
  | 'calibrate'
  | 'propose'
  | 'reopen'
  | 'publish'
  | 'open_signing'
  | 'close'
  | 'cancel'

/** Results that were imported need no scoring: from planned straight to calibration. */
export const CYCLE_MOVES: Transitions<CycleState, CycleVerb> = {
  open_self_report: { from: ['planned'], to: 'self_report' },
  open_scoring: { from: ['planned', 'self_report'], to: 'scoring' },
  calibrate: { from: ['planned', 'self_report', 'scoring'], to: 'calibration' },
  propose: { from: ['calibration'], to: 'decision' },
  reopen: { from: ['decision'], to: 'calibration' },
  publish: { from: ['decision'], to: 'publicity' },
  open_signing: { from: ['publicity'], to: 'signing' },
  close: { from: ['signing'], to: 'closed' },
  cancel: { from: ['planned', 'self_report', 'scoring'], to: 'cancelled' },
}

/** The steps that a page draws as a line. */
export const CYCLE_LINE: readonly CycleState[] = CYCLE_STATES.slice(0, -1)

/** While results are still being made: values and population may change. */
export const OPEN_STATES: readonly CycleState[] = [
  'planned',
  'self_report',
  'scoring',
  'calibration',
]
/** While a manager writes about whom the rules give no grade. */
export const COMMENT_STATES: readonly CycleState[] = ['scoring', 'calibration']
/** When the results stand (pay may use them); a change from here on is a new version. */
export const RESULT_STATES: readonly CycleState[] = ['publicity', 'signing', 'closed']
