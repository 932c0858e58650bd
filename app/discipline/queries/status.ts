import { findDecision } from '#decisions/queries/decisions'
import { clock } from '#shared/clock'
import { countDifferences } from './counts.js'
import { countExemptions } from './exemptions.js'
import { standingFreeze, type FreezeRow } from './freezes.js'
import { countRecords, type RecordCounts } from './records.js'
import { countWarnings } from './warnings.js'

/**
 * undecided: dates and units are open; undeclared: decided, but nobody declared; ahead, running,
 * over: by the dates of the declared one.
 */
export type FreezePhase = 'undecided' | 'undeclared' | 'ahead' | 'running' | 'over'

export interface FreezeStatus {
  phase: FreezePhase
  freeze: FreezeRow | null
  decisionId: number | null
  /** Days until it ends (running) or begins (ahead); else null. */
  daysLeft: number | null
}

/** Where the freeze stands today, for every page that shows it. */
export async function freezeStatus(): Promise<FreezeStatus> {
  const freeze = await standingFreeze()
  const decision = await findDecision('discipline_freeze')
  const decisionId = decision?.id ?? null
  if (!freeze) {
    const phase = decision?.state === 'decided' ? 'undeclared' : 'undecided'
    return { phase, freeze: null, decisionId, daysLeft: null }
  }
  const today = clock.today()
  const phase = today < freeze.from ? 'ahead' : today < freeze.to ? 'running' : 'over'
  const until = phase === 'ahead' ? freeze.from : phase === 'running' ? freeze.to : null
  return { phase, freeze, decisionId, daysLeft: until ? days(today, until) : null }
}

/** Recent attempts are those of the last seven days. */
export interface DisciplineFigures extends RecordCounts {
  exemptionsWaiting: number
  differences: number
  warnings: number
}

/** What the inspector and the cockpit count; each figure opens into its list. */
export async function disciplineFigures(units: 'all' | number[]): Promise<DisciplineFigures> {
  const since = clock.in(-7 * 24 * 3600)
  return {
    ...(await countRecords(units, since)),
    exemptionsWaiting: await countExemptions({ state: 'submitted', units }),
    differences: await countDifferences(units),
    warnings: await countWarnings({ state: 'open', units }),
  }
}

function days(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
