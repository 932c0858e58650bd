import type { I18n } from '@adonisjs/i18n'
import { unitOptions } from '#organization/presenters/options'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { maySeeResult } from '../access.js'
import { roundTarget } from '../reach.js'
import { scorerOptions } from '../queries/people_choices.js'
import { openCount } from '../domain/preferences.js'
import { deadlineOf, hasReached, ROUND_STATES } from '../domain/rounds.js'
import { wordsOf } from '../domain/outcome.js'
import { accountOf, STANDS } from '../queries/account.js'
import { arrangementsOf } from '../queries/arrangements.js'
import { savedCount } from '../queries/choices.js'
import { exceptionsOf } from '../queries/exceptions.js'
import { objectionsOf } from '../queries/objections.js'
import { participantPage } from '../queries/participants.js'
import { listsOf, postsOf } from '../queries/posts.js'
import { scorersOf } from '../queries/rankings.js'
import { matchingById, matchingsOf, type MatchingRow } from '../queries/results.js'
import type { RoundRow } from '../queries/rounds.js'
import { arrangementsFor } from './arrangements.js'
import { rankingsTab } from './rankings_tab.js'
import { resultParts } from './result.js'

export const TABS = [
  'overview',
  'posts',
  'people',
  'rankings',
  'result',
  'objections',
  'exceptions',
  'arrangements',
] as const
export type TabName = (typeof TABS)[number]

type Query = Record<string, string | undefined>

/** The tabs that this person may open now, and what the asked one shows. */
export async function tabOf(tab: TabName, round: RoundRow, actor: Actor, i18n: I18n, query: Query) {
  const target = roundTarget(round)
  const may = (act: string) => actor.may(`selection.${act}`, target)
  const people = may('people')
  const matching = round.matchingId === null ? null : await matchingById(round.matchingId)
  const seesResult = matching !== null && (await maySeeResult(actor, round, matching))
  const open: Record<TabName, boolean> = {
    overview: true,
    posts: true,
    people,
    rankings: people && hasReached(round.state, 'ranking'),
    result: seesResult,
    objections: people && hasReached(round.state, 'publicity'),
    exceptions: people && hasReached(round.state, 'matching'),
    arrangements: people && hasReached(round.state, 'confirmation'),
  }
  const shown: TabName = open[tab] ? tab : 'overview'
  const common = {
    shown,
    tabs: TABS.filter((name) => open[name]).map((name) => ({
      label: i18n.t(`selection.tabs.${name}`),
      url: `/selection/rounds/${round.id}?tab=${name}`,
      active: name === shown,
    })),
    deadline: deadlineOf(round),
    mayPrepare: may('prepare'),
    mayChange: may('prepare') && round.state === 'preparation' && round.sealed,
    mayApprove: may('approve'),
    mayEnter: may('enter'),
    userId: actor.userId,
  }
  switch (shown) {
    case 'posts':
      return { ...common, ...(await postsTab(round)) }
    case 'people':
      return { ...common, ...(await peopleTab(round, actor, query)) }
    case 'rankings':
      return {
        ...common,
        lists: await rankingsTab(round),
        substitutes:
          common.mayApprove && round.state === 'ranking'
            ? (await scorerOptions()).filter(({ value }) => value !== actor.userId)
            : [],
      }
    case 'result':
      return {
        ...common,
        matchings: await matchingsOf(round.id),
        ...(await resultParts(round, matching!, actor, i18n, {
          post: query.post ?? null,
          way: query.way ?? null,
          cursor: query.cursor ?? null,
        })),
      }
    case 'objections':
      return { ...common, objections: await objectionsOf({ roundId: round.id }) }
    case 'exceptions':
      return { ...common, exceptions: await exceptionsOf(round) }
    case 'arrangements':
      return {
        ...common,
        arrangements: arrangementsFor(actor, await arrangementsOf({ roundId: round.id })),
      }
    default:
      return {
        ...common,
        ...(await overviewTab(round, seesResult, actor)),
        matching,
        ...(matching && checkedParts(matching)),
      }
  }
}

/** What the checker found of the whole, and what may be said of it. */
function checkedParts({ kind, check, summary }: MatchingRow) {
  return {
    checked: {
      pairs: check.blockingPairs.length + summary.exceptionPairs.length,
      violations: check.violations.length + summary.exceptionViolations.length,
    },
    words: wordsOf(kind, summary.exceptions.length),
  }
}

/** How many objections keep a publicity open whose days are over. */
async function heldBy(round: RoundRow): Promise<number> {
  if (round.state !== 'publicity' || clock.today() <= round.publicityUntil!) return 0
  return (await objectionsOf({ roundId: round.id, state: 'filed' })).length
}

async function overviewTab(round: RoundRow, seesResult: boolean, actor: Actor) {
  const account = await accountOf(round)
  const saved = await savedCount(round.id)
  return {
    account,
    mayReEngage: actor.may('transfers.prepare', { unitIds: account.from }),
    stands: STANDS.filter((stand) => account.counts[stand] > 0),
    /** A number that is too small to be told is null. */
    saved: openCount(saved),
    seesResult,
    posts: await postsOf(round.id),
    held: await heldBy(round),
    phases: ROUND_STATES,
    phase: ROUND_STATES.indexOf(round.state),
    nextMonth: addMonths(`${clock.today().slice(0, 7)}-01`, 1),
  }
}

async function postsTab(round: RoundRow) {
  const scorers = await scorersOf(round.id)
  return {
    posts: await postsOf(round.id),
    lists: (await listsOf(round.id)).map((list) => ({
      ...list,
      scorers: scorers.filter(({ listId }) => listId === list.id),
    })),
  }
}

async function peopleTab(round: RoundRow, actor: Actor, query: Query) {
  const natures = ['editorial', 'technical', 'commercial', 'administrative']
  const filters = {
    roundId: round.id,
    text: query.q ?? null,
    nature: natures.find((name) => name === query.nature) ?? null,
    saved: query.saved === 'yes' ? true : query.saved === 'no' ? false : null,
  }
  const account = await accountOf(round)
  const page = await participantPage({ ...filters, cursor: query.cursor ?? null })
  return {
    page,
    filters,
    natures,
    total: account.total,
    standsOf: Object.fromEntries(account.stands),
    units: await unitOptions(actor.unitsFor('selection.prepare')),
  }
}
