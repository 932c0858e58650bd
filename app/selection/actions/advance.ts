import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { civilDate, clock } from '#shared/clock'
import { affected, bulkInsert, inTransaction, type Trx } from '#shared/database'
import { MoveError, StaleError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { dueMove, ROUND_MOVES, type RoundVerb } from '../domain/rounds.js'
import { participantsOf } from '../queries/participants.js'
import { listProgress } from '../queries/rankings.js'
import { roundById, type RoundRow } from '../queries/rounds.js'
import { drawnSeed, listHash } from '../sealing.js'
import { giveUpSilent } from './answers.js'
import { holdRound } from './hold_round.js'
import { runMatching } from './run_matching.js'
import { syncArrangements } from './arrangements.js'
import { carryOver } from './carry_over.js'

/** A save that reached the server before midnight is let through before the phase ends. */
export const GRACE_SECONDS = 120

/**
 * Brings a round as far as its dates allow, each step in a transaction of its own: phases that are
 * over end, the list of pseudonyms is fixed and hashed, then the seed is drawn, then it is solved.
 * Run again, by another instance or after a stop, it finds what is left to do and nothing else.
 * Gives the steps that were taken.
 */
export async function advanceRound(roundId: number): Promise<string[]> {
  const actor = Actor.system()
  const steps: string[] = []
  for (;;) {
    const round = await roundById(roundId)
    const step = nextStep(round)
    if (!step || !(await tryStep(round, step, actor))) return steps
    steps.push(step)
  }
}

type Step = RoundVerb | 'draw_seed' | 'match'

function nextStep(round: RoundRow): Step | null {
  if (round.listHash !== null && round.seed === null) return 'draw_seed'
  if (round.state === 'matching') return round.matchingId === null ? 'match' : null
  if (round.state === 'preparation' && !round.sealed) return round.approved ? 'take_over' : null
  const grace = round.state === 'preferences' ? GRACE_SECONDS : 0
  return dueMove(round, civilDate(clock.in(-grace)))
}

/** False: somebody else was quicker, or people have still to act. */
async function tryStep(round: RoundRow, step: Step, actor: Actor): Promise<boolean> {
  try {
    return await inTransaction((trx) => {
      if (step === 'draw_seed') return drawSeed(trx, round, actor)
      if (step === 'match') return match(trx, round, actor)
      return endPhase(trx, round, step, actor)
    })
  } catch (error) {
    if (error instanceof MoveError || error instanceof StaleError) return false
    throw error
  }
}

async function endPhase(trx: Trx, at: RoundRow, verb: RoundVerb, actor: Actor): Promise<boolean> {
  await holdRound(trx, at.id)
  let round = at
  if (verb === 'end_publicity' && (await objectionsWait(trx, round.id))) return false
  if (verb === 'end_confirmation') {
    await giveUpSilent(trx, round, actor)
    round = await roundById(round.id, trx)
    // Somebody got a place that was given up, and has time to answer.
    if (dueMove(round, clock.today()) !== verb) return true
  }
  const values =
    verb === 'close_preferences' || verb === 'take_over' ? await fixedList(trx, round) : {}
  await moveState(trx, 'selection_rounds', round, ROUND_MOVES, verb, values)
  if (verb === 'close_ranking' && !(await keepRankings(trx, round))) {
    // People have still to be scored: the phase stays open past its day and says so.
    throw new MoveError({ id: round.id, verb })
  }
  const changes = { state: [round.state, ROUND_MOVES[verb].to], ...publicOf(values) }
  await record(trx, actor, {
    action: `selection.round.${verb}`,
    subjectType: 'selection_round',
    subjectId: round.id,
    changes,
  })
  if (verb === 'open' || verb === 'take_over') await carryOver(trx, round, actor)
  if (verb === 'end_publicity' || verb === 'end_confirmation') {
    await syncArrangements(trx, await roundById(round.id, trx))
  }
  return true
}

const publicOf = (values: { list_hash?: string }) =>
  values.list_hash ? { list_hash: values.list_hash } : {}

/** Who bears which pseudonym is fixed before the lot is known. */
async function fixedList(trx: Trx, round: RoundRow) {
  return { list_hash: listHash(round.saltSealed, await participantsOf(round.id, trx)) }
}

async function drawSeed(trx: Trx, round: RoundRow, actor: Actor): Promise<boolean> {
  const seed = drawnSeed()
  const drawn = await trx
    .from('selection_rounds')
    .where('id', round.id)
    .whereNull('seed')
    .whereNotNull('list_hash')
    .update({ seed, seed_drawn_at: clock.now(), version: round.version + 1 })
  if (!affected(drawn)) return false
  await record(trx, actor, {
    action: 'selection.round.seed_drawn',
    subjectType: 'selection_round',
    subjectId: round.id,
    changes: { seed, list_hash: round.listHash },
  })
  return true
}

/** What the scorers say together becomes the ranking; false while somebody has not spoken. */
async function keepRankings(trx: Trx, round: RoundRow): Promise<boolean> {
  const progress = await listProgress(round, trx)
  const rows = progress.flatMap(({ list, combined }) =>
    [...combined].map(([participantId, result]) => ({ listId: list.id, participantId, result }))
  )
  if (rows.some(({ result }) => result.kind === 'incomplete')) return false
  await bulkInsert(
    trx,
    'selection_rankings',
    rows.map(({ listId, participantId, result }) => ({
      list_id: listId,
      participant_id: participantId,
      score_centi: result.kind === 'score' ? result.scoreCenti : null,
      reason: result.kind === 'unacceptable' ? result.reason : null,
      source: 'scorers',
      version: 1,
      created_at: clock.now(),
    }))
  )
  return true
}

async function match(trx: Trx, round: RoundRow, actor: Actor): Promise<boolean> {
  const id = await runMatching(trx, actor, round, { kind: 'first' })
  return id !== null
}

async function objectionsWait(trx: Trx, roundId: number): Promise<boolean> {
  const row = await trx
    .from('selection_objections')
    .where({ round_id: roundId, state: 'filed' })
    .first()
  return Boolean(row)
}
