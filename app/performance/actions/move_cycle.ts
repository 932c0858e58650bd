import { record } from '#audit/actions/record'
import { publicityPeriod } from '#calendar/domain/publicity'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { inTransaction, toInt, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { APPEALABLE } from '../domain/codes.js'
import { CYCLE_MOVES, type CycleVerb } from '../domain/cycle_states.js'
import { cardList } from '../queries/cards.js'
import { cycleById, quotasOf, type CycleRow } from '../queries/cycles.js'
import { lockCycle } from './lock_cycle.js'
import { appointScorers } from './appoint_scorers.js'
import { changeResult } from './change_result.js'
import { computeCards } from './compute_cards.js'
import { proposeConsequences } from './propose_consequences.js'

export interface MoveInput {
  cycleId: number
  version: number
  grant?: ActiveGrant | null
}

/** 公示 of proposed 优秀: at least this many working days (art. 17). */
export const PUBLICITY_DAYS = 5

/** Why a rating stays undetermined: the word of the rule that the person reads (art. 41). */
const BY_LEAVE = '病事假累计超过半年，按规定不确定档次'

/** Opens self reports, scoring or calibration, or calls the cycle off. */
export async function moveCycle(
  input: MoveInput & {
    verb: 'open_self_report' | 'open_scoring' | 'calibrate' | 'reopen' | 'cancel'
  },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const cycle = await move(client, actor, input, input.verb)
    if (input.verb === 'open_scoring') await appointScorers(client, cycle)
    if (input.verb === 'calibrate') {
      await computeCards(client, cycle)
      await rateUndetermined(client, actor, cycle.id, input.grant)
    }
  }, trx)
}

/** Sends the results to the collective decision; everybody who is graded has score and rating. */
export async function proposeResults(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const cycle = await move(client, actor, input, 'propose')
    const cards = await cardList({ cycleId: cycle.id, units: 'all' }, client)
    const open = cards.filter(
      ({ outlook, score, rating }) => outlook === 'graded' && (score === null || rating === null)
    )
    if (open.length) {
      throw new DomainError('performance.errors.results_missing', {
        count: open.length,
        names: open
          .slice(0, 5)
          .map(({ personName }) => personName)
          .join('、'),
      })
    }
    const held = await client
      .from('decisions')
      .join('scorecards', 'scorecards.id', 'decisions.subject_id')
      .where({ 'decisions.subject_type': 'scorecard', 'decisions.live': 1 })
      .where('scorecards.cycle_id', cycle.id)
      .whereIn('decisions.state', ['open', 'proposed'])
      .count('* as waiting')
    const waiting = toInt(held[0].waiting)
    if (waiting > 0) throw new DomainError('performance.errors.rows_held', { count: waiting })
  }, trx)
}

/**
 * The collective decision (集体研究): the results stand from here on. Proposed 优秀 are made public
 * for working days of the official calendar. More 优秀 than the quarter's share needs a word why.
 */
export async function resolveCycle(
  input: MoveInput & { documentId: number; comment: string | null },
  actor: Actor
) {
  const calendar = await loadCalendar()
  await inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, ['decision'])
    const quotas = await quotasOf(input.cycleId, client)
    const over = quotas.find(({ cap, used }) => cap !== null && used > cap)
    if (over && !input.comment) {
      const params = { used: over.used, cap: over.cap!, base: over.base }
      const code = 'performance.errors.over_needs_word'
      throw new DomainError(code, params, [{ field: 'comment', code, params }])
    }
    const { from, to } = publicityPeriod(calendar, clock.today(), PUBLICITY_DAYS)
    await move(client, actor, input, 'publish', {
      publicity_from: from,
      publicity_to: to,
      decision_document_id: input.documentId,
      decision_comment: input.comment,
      resolved_by: actor.userId,
    })
  })
}

/** After 公示: results go to the people, who sign and may appeal until a day. */
export async function openSigning(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, ['publicity'])
    const before = await cycleById(input.cycleId, client)
    if (before.publicityTo !== null && clock.today() <= before.publicityTo) {
      throw new DomainError('performance.errors.publicity_runs', { date: before.publicityTo })
    }
    await refuseOpenAppeals(client, input.cycleId)
    await move(client, actor, input, 'open_signing', {
      appeal_to: addDays(clock.today(), before.appealDays),
    })
  }, trx)
}

/** Closes the cycle: nothing is open, everybody signed or had the time to, and to appeal. */
export async function closeCycle(input: MoveInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await lockCycle(client, input.cycleId, ['signing'])
    const before = await cycleById(input.cycleId, client)
    await refuseOpenAppeals(client, input.cycleId)
    const [{ unsigned }] = await client
      .from('scorecards')
      .where('cycle_id', input.cycleId)
      .whereNotNull('rating')
      .whereNull('signed_at')
      .whereNotIn('outlook', ['leader', 'left'])
      .count('* as unsigned')
    const runs = before.appealTo !== null && clock.today() <= before.appealTo
    if (runs) await refuseAppealable(client, input.cycleId, before.appealTo!)
    if (toInt(unsigned) > 0 && runs) {
      throw new DomainError('performance.errors.signatures_missing', {
        count: toInt(unsigned),
        date: before.appealTo,
      })
    }
    const cycle = await move(client, actor, input, 'close')
    await proposeConsequences(client, cycle)
  }, trx)
}

/** Who may appeal keeps the time that the notice says, signed or not. */
async function refuseAppealable(trx: Trx, cycleId: number, date: string) {
  const [{ people }] = await trx
    .from('scorecards')
    .where('cycle_id', cycleId)
    .whereIn('rating', [...APPEALABLE])
    .count('* as people')
  if (toInt(people) === 0) return
  throw new DomainError('performance.errors.appeal_runs', { count: toInt(people), date })
}

async function refuseOpenAppeals(trx: Trx, cycleId: number) {
  const [{ open }] = await trx
    .from('review_appeals')
    .join('scorecards', 'scorecards.id', 'review_appeals.scorecard_id')
    .where('scorecards.cycle_id', cycleId)
    .where('review_appeals.state', 'submitted')
    .count('* as open')
  if (toInt(open) > 0)
    throw new DomainError('performance.errors.appeals_open', { count: toInt(open) })
}

/** Whom the rules leave undetermined is rated so, without anybody's choice. */
async function rateUndetermined(
  trx: Trx,
  actor: Actor,
  cycleId: number,
  grant?: ActiveGrant | null
) {
  const cards = await cardList({ cycleId, outlook: 'undetermined', units: 'all' }, trx)
  for (const card of cards.filter(({ rating }) => rating === null)) {
    await changeResult(trx, actor, card, card.version, {
      stage: 'decision',
      rating: 'undetermined',
      reason: BY_LEAVE,
      grant,
    })
  }
}

async function move(
  trx: Trx,
  actor: Actor,
  input: MoveInput,
  verb: CycleVerb,
  values: Row = {}
): Promise<CycleRow> {
  await lockCycle(trx, input.cycleId, CYCLE_MOVES[verb].from)
  const before = await cycleById(input.cycleId, trx)
  const place = { id: input.cycleId, version: input.version }
  const state = await moveState(trx, 'review_cycles', place, CYCLE_MOVES, verb, values)
  await record(trx, actor, {
    action: `performance.cycle.${verb}`,
    subjectType: 'review_cycle',
    subjectId: input.cycleId,
    changes: {
      state: [before.state, state],
      ...(values.decision_document_id ? { document_id: values.decision_document_id } : {}),
      ...(values.decision_comment ? { comment: values.decision_comment } : {}),
    },
    grant: input.grant,
  })
  return cycleById(input.cycleId, trx)
}
