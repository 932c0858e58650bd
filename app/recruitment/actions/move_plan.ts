import { publicityPeriod } from '#calendar/domain/publicity'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import { MoveError } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { tiedAtLast } from '../domain/scoring.js'
import { seatPlan } from '../domain/seats.js'
import { APPLICATION_MOVES, RECRUITMENT_MOVES, type RecruitmentVerb } from '../domain/states.js'
import { applicationList, type ApplicationRow } from '../queries/applications.js'
import { objectionsOf } from '../queries/objections.js'
import { recruitmentById, type RecruitmentRow } from '../queries/recruitments.js'
import { recruitmentPosts } from '../queries/recruitment_posts.js'
import { releaseSeats, versioned, type PlanMove } from './approve_plan.js'
import { holdPlan } from './hold_plan.js'
import { logPlan, refuse } from './log.js'

/** The notice is out: applications are taken between its two dates. */
export async function publishNotice(input: PlanMove, actor: Actor, trx?: Trx) {
  await move(input, 'publish', 'published', actor, trx, async (_client, plan) => {
    if (plan.applyTo < clock.today()) refuse('period_past')
    return { announced_on: clock.today() }
  })
}

/** Applications end with their last day, never before. */
export async function startReview(input: PlanMove, actor: Actor, trx?: Trx) {
  await move(input, 'review', 'review_started', actor, trx, async (_client, plan) => {
    if (clock.today() <= plan.applyTo) refuse('still_open', { to: plan.applyTo })
    return {}
  })
}

/**
 * Tests begin when everybody is reviewed and each post has the people of its ratio (or fewer
 * places, or a document). Tickets, rooms and seats are fixed.
 */
export async function startTests(input: PlanMove, actor: Actor, trx?: Trx) {
  await move(input, 'test', 'tests_started', actor, trx, async (client, plan) => {
    const people = await applicationList({ recruitmentId: plan.id }, client)
    const waiting = people.filter(({ state }) => state === 'submitted').length
    if (waiting) refuse('not_reviewed', { count: waiting })
    const posts = await recruitmentPosts(plan.id, client)
    const open = posts.filter(({ places }) => places > 0)
    const qualified = people.filter(({ state }) => state === 'qualified')
    const thin = open.filter(({ id, places, ratioDocumentId }) => {
      const count = qualified.filter(({ recruitmentPostId }) => recruitmentPostId === id).length
      return ratioDocumentId === null && count < places * plan.openRatio
    })
    if (thin.length) {
      refuse('ratio', { posts: thin.map(({ name }) => name).join('、'), ratio: plan.openRatio })
    }
    const direct = plan.writtenWeight === 0
    const order = new Map(open.map(({ id }, at) => [id, at]))
    const seated = seatPlan(
      qualified
        .filter(({ recruitmentPostId }) => order.has(recruitmentPostId))
        .map((one) => ({
          id: one.id,
          post: order.get(one.recruitmentPostId)!,
          key: one.identityDigest,
        })),
      `${clock.today().slice(0, 4)}${String(plan.id).padStart(3, '0')}`,
      plan.seatsPerRoom
    )
    for (const { id, ticketNo, room, seat } of seated) {
      await client
        .from('recruitment_applications')
        .where('id', id)
        .update({
          ticket_no: ticketNo,
          room_no: room,
          seat_no: seat,
          shortlisted: direct ? true : null,
          version: client.raw('version + 1'),
          updated_at: clock.now(),
        })
    }
    await leaveOut(
      client,
      qualified.filter(({ recruitmentPostId }) => !order.has(recruitmentPostId))
    )
    return direct ? { written_closed_at: clock.now() } : {}
  })
}

/**
 * The best of each post become candidates. Where nothing parts two people at the last place a
 * further test must, so it stops and names them.
 */
export async function chooseCandidates(input: PlanMove, actor: Actor, trx?: Trx) {
  await move(input, 'choose', 'candidates_chosen', actor, trx, async (client, plan) => {
    if (!plan.interviewClosedAt) refuse('scores_open')
    const people = await applicationList({ recruitmentId: plan.id }, client)
    for (const post of await recruitmentPosts(plan.id, client)) {
      const ranked = people
        .filter((one) => one.recruitmentPostId === post.id && one.rankNo !== null)
        .map((one) => ({ id: one.id, rank: one.rankNo! }))
      const tied = tiedAtLast(ranked, post.places)
      if (tied.length) {
        refuse('tie', {
          post: post.name,
          names: people
            .filter(({ id }) => tied.includes(id))
            .map(({ name }) => name)
            .join('、'),
        })
      }
      for (const { id } of ranked.slice(0, post.places)) {
        await choose(
          client,
          people.find((one) => one.id === id)!,
          false
        )
      }
    }
    return {}
  })
}

export async function choose(trx: Trx, { id, version }: ApplicationRow, backfill: boolean) {
  await moveState(trx, 'recruitment_applications', { id, version }, APPLICATION_MOVES, 'choose', {
    backfill,
  })
}

/** Publicity of everybody who passed and did not stand in one yet, for working days of the calendar. */
export async function announceResult(input: PlanMove, actor: Actor, trx?: Trx) {
  const calendar = await loadCalendar()
  await move(input, 'announce', 'announced', actor, trx, async (client, plan) => {
    const people = await applicationList({ recruitmentId: plan.id }, client)
    const waiting = people.filter(({ state }) => state === 'candidate')
    if (waiting.length) refuse('checks_open', { names: namesOf(waiting) })
    const ready = people.filter(({ state, publicised }) => state === 'passed' && !publicised)
    if (ready.length === 0) refuse('nobody_to_announce')
    const { from, to } = publicityPeriod(calendar, clock.today(), plan.publicityDays)
    return { publicity_from: from, publicity_to: to }
  })
}

/** After the last day of the publicity, when every objection is answered. */
export async function startHiring(input: PlanMove, actor: Actor, trx?: Trx) {
  await move(input, 'engage', 'hiring_started', actor, trx, async (client, plan) => {
    if (clock.today() <= plan.publicityTo!) refuse('publicity_runs', { to: plan.publicityTo! })
    const objections = await objectionsOf(plan.id, client)
    const open = objections.filter(({ state }) => state === 'open').length
    if (open) refuse('objections_open', { count: open })
    await client
      .from('recruitment_applications')
      .where({ recruitment_id: plan.id, state: 'passed' })
      .update({ publicised: true })
    return {}
  })
}

/** Everybody is settled; seats that nobody took go back. */
export async function closePlan(input: PlanMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await move(input, 'close', 'closed', actor, client, async (_, plan) => {
      const people = await applicationList({ recruitmentId: plan.id }, client)
      const open = people.filter(({ state }) => state === 'candidate' || state === 'passed')
      if (open.length) refuse('people_open', { names: namesOf(open) })
      await leaveOut(
        client,
        people.filter(({ state }) => state === 'qualified')
      )
      return {}
    })
    await releaseSeats(client, input.recruitmentId, actor)
  }, trx)
}

async function leaveOut(trx: Trx, people: readonly ApplicationRow[]) {
  for (const { id, version } of people) {
    const record = { id, version }
    await moveState(trx, 'recruitment_applications', record, APPLICATION_MOVES, 'leave_out')
  }
}

async function move(
  input: PlanMove,
  verb: RecruitmentVerb,
  done: string,
  actor: Actor,
  trx: Trx | undefined,
  work: (client: Trx, plan: RecruitmentRow) => Promise<Record<string, unknown>>
) {
  await inTransaction(async (client) => {
    await holdPlan(client, input.recruitmentId)
    const plan = await recruitmentById(input.recruitmentId, client)
    if (!RECRUITMENT_MOVES[verb].from.includes(plan.state)) {
      throw new MoveError({ id: plan.id, verb })
    }
    const values = await work(client, plan)
    await moveState(client, 'recruitments', versioned(input), RECRUITMENT_MOVES, verb, values)
    await logPlan(client, actor, done, plan.id, values, input.grant)
  }, trx)
}

function namesOf(people: readonly ApplicationRow[]): string {
  return people.map(({ name }) => name).join('、')
}
