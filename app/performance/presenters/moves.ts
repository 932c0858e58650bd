import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { verbsFrom } from '#shared/transitions'
import type { Move } from '#shared/view/move'
import { CYCLE_LINE, CYCLE_MOVES, type CycleVerb } from '../domain/cycle_states.js'
import type { CycleCounts, CycleRow } from '../queries/cycles.js'

/** Which capability each move asks for, and the address it is sent to. */
export const MOVE_GATES: Record<CycleVerb, { capability: string; path: string }> = {
  open_self_report: { capability: 'performance.prepare', path: 'self-reports' },
  open_scoring: { capability: 'performance.prepare', path: 'opening' },
  cancel: { capability: 'performance.prepare', path: 'cancellation' },
  calibrate: { capability: 'performance.calibrate', path: 'calibration' },
  propose: { capability: 'performance.calibrate', path: 'proposal' },
  reopen: { capability: 'performance.calibrate', path: 'reopening' },
  publish: { capability: 'performance.resolve', path: 'resolution' },
  open_signing: { capability: 'performance.calibrate', path: 'signing' },
  close: { capability: 'performance.calibrate', path: 'closing' },
}

/** The moves that the table and the grants allow now; `publish` has a form of its own. */
export function movesOf(actor: Actor, cycle: CycleRow, counts: CycleCounts, i18n: I18n): Move[] {
  const target = { unitId: cycle.unitId }
  return verbsFrom(CYCLE_MOVES, cycle.state)
    .filter((verb) => verb !== 'publish')
    .filter((verb) => actor.may(MOVE_GATES[verb].capability, target))
    .map((verb): Move => {
      const runs =
        verb === 'open_signing' && cycle.publicityTo !== null && clock.today() <= cycle.publicityTo
      return {
        label: i18n.t(`performance.moves.${verb}`),
        url: `/performance/cycles/${cycle.id}/${MOVE_GATES[verb].path}`,
        tone: verb === 'cancel' ? 'danger' : verb === 'reopen' ? 'plain' : 'primary',
        disabled: runs,
        reason: runs
          ? i18n.t('performance.errors.publicity_runs', { date: cycle.publicityTo })
          : undefined,
        confirm: i18n.t(`performance.confirm.${verb}`, {
          count: counts.cards,
          missing: counts.graded - counts.scored,
          days: cycle.appealDays,
        }),
      }
    })
}

/** The steps of a cycle as a line. */
export function cycleLine(cycle: CycleRow, i18n: I18n) {
  return {
    steps: CYCLE_LINE.map((state) => i18n.t(`performance.states.${state}`)),
    current: CYCLE_LINE.indexOf(cycle.state),
  }
}
