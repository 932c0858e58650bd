import { openRounds } from '../queries/rounds.js'
import { advanceRound } from '../actions/advance.js'

export const PHASES_JOB = 'selection.phases'
export const PHASES_EVERY_SECONDS = 60

/** Brings every round as far as its dates allow; one that fails does not hold up the others. */
export async function runPhases(): Promise<{ steps: number }> {
  let steps = 0
  let failure: unknown = null
  for (const { id } of await openRounds()) {
    try {
      steps += (await advanceRound(id)).length
    } catch (error) {
      failure = error
    }
  }
  if (failure) throw failure
  return { steps }
}
