import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
import { departmentChoices } from '#people/queries/choices'
import { usersForScoring } from '../queries/scorer_choices.js'
import { SCORER_ROLES, type CycleKind } from '../domain/codes.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { lastDayOf, type ReviewCase } from '../domain/population.js'
import type { OpenedCycle } from '../policies.js'
import { cardFilterOf } from '../queries/card_filter.js'
import { cardCount, cardList, cardPage } from '../queries/cards.js'
import { cycleUnits } from '../queries/cycles.js'
import { proposalsOf } from '../queries/proposals.js'
import { progressOf } from '../queries/progress.js'
import { caseTexts } from './cases.js'
import { departmentSpread, distribution, scorerSpread, spreadPicture } from './spread.js'

const TABS = ['overview', 'cards', 'scorers', 'spread', 'decision', 'proposals'] as const
export type Tab = (typeof TABS)[number]

/** Only a year's ratings lead to steps and pay. */
export function tabsOf({ kind }: { kind: CycleKind }): Tab[] {
  return TABS.filter((tab) => tab !== 'proposals' || kind === 'year')
}

/** What the tab of a cycle shows, and nothing of the others. */
export async function tabOf(
  tab: Tab,
  opened: OpenedCycle,
  query: Record<string, any>,
  actor: Actor,
  i18n: I18n
): Promise<Record<string, unknown>> {
  switch (tab) {
    case 'overview':
      return overview(opened, i18n)
    case 'cards':
    case 'decision':
      return cards(tab, opened, query, actor, i18n)
    case 'scorers':
      return scorers(opened, actor)
    case 'spread':
      return spread(opened, i18n)
    case 'proposals':
      return {
        ...(await proposals(opened)),
        mayApply: actor.may('performance.apply', { unitId: opened.cycle.unitId }),
      }
  }
}

/** What still has to be decided comes first. */
async function proposals({ cycle }: OpenedCycle) {
  const all = await proposalsOf(cycle.id)
  const undecided = all.filter(({ decision }) => decision === null)
  const decided = all.filter(({ decision }) => decision !== null)
  return { proposals: [...undecided, ...decided], undecided: undecided.length }
}

/** Cases first: what needs a word by the rules. */
async function overview({ cycle, scope }: OpenedCycle, i18n: I18n) {
  const listed = await cardList({ cycleId: cycle.id, flag: 'cases', ...scope })
  // taken for granted of everybody on a roster that came later: one sentence, not a row each
  const isPresumed = ({ code }: ReviewCase) => code === 'from_roster'
  const presumed = listed.filter(({ cases }) => cases.some(isPresumed))
  const particular = listed.filter(({ cases }) => !cases.every(isPresumed))
  return {
    lastDay: lastDayOf(cycle.period),
    presumed: {
      people: presumed.length,
      date: presumed[0]?.cases.find(isPresumed)!.params.date ?? null,
    },
    particular: particular.map(({ cases, ...card }) => {
      const own = cases.filter((one) => !isPresumed(one))
      return { ...card, texts: caseTexts(own, i18n) }
    }),
  }
}

async function cards(
  tab: 'cards' | 'decision',
  { cycle, scope }: OpenedCycle,
  query: Record<string, any>,
  actor: Actor,
  i18n: I18n
) {
  const filter = cardFilterOf(query)
  const all = { ...filter, cycleId: cycle.id, ...scope }
  const page = await cardPage(all, { by: 'name', direction: 'asc' }, query.cursor ?? null)
  return {
    filter,
    page: {
      ...page,
      rows: page.rows.map((card) => ({ ...card, texts: caseTexts(card.cases, i18n) })),
    },
    total: await cardCount(all),
    departments: await departmentsOf(cycle.id, cycle.period.from),
    mayRate:
      tab === 'decision' &&
      ['calibration', 'decision'].includes(cycle.state) &&
      actor.may('performance.decide', { unitId: cycle.unitId }),
    maySuggest:
      cycle.state === 'calibration' && actor.may('performance.calibrate', { unitId: cycle.unitId }),
  }
}

async function departmentsOf(cycleId: number, date: string) {
  const units = await cycleUnits(cycleId)
  const lists = await Promise.all(
    units.map(async (unit) => {
      const choices = await departmentChoices(unit.id, date)
      return choices.map(({ value, label }) => ({
        value,
        label: units.length > 1 ? `${unit.name} · ${label}` : label,
      }))
    })
  )
  return lists.flat()
}

async function scorers({ cycle }: OpenedCycle, actor: Actor) {
  const mayAppoint =
    OPEN_STATES.includes(cycle.state) && actor.may('performance.prepare', { unitId: cycle.unitId })
  return {
    scorers: await progressOf(cycle.id),
    mayAppoint,
    roles: SCORER_ROLES,
    users: mayAppoint ? await usersForScoring() : [],
    departments: mayAppoint ? await departmentsOf(cycle.id, cycle.period.from) : [],
  }
}

async function spread({ cycle, scope }: OpenedCycle, i18n: I18n) {
  const list = await cardList({ cycleId: cycle.id, ...scope })
  const departments = departmentSpread(list)
  const scorerRows = await scorerSpread(
    cycle.id,
    list,
    (role) => i18n.t(`performance.roles.${role}`),
    cycle.minimumGroup
  )
  const scores = list.flatMap(({ score }) => (score === null ? [] : [Number(score)]))
  return {
    groups: [
      {
        title: i18n.t('performance.chart.by_department'),
        rows: departments,
        picture: spreadPicture(
          departments,
          i18n.t('performance.chart.by_department'),
          i18n.t('performance.chart.score')
        ),
      },
      {
        title: i18n.t('performance.chart.by_scorer'),
        rows: scorerRows,
        picture: spreadPicture(
          scorerRows,
          i18n.t('performance.chart.by_scorer'),
          i18n.t('performance.chart.score')
        ),
      },
    ].filter(({ rows }) => rows.length > 0),
    distribution: distribution(scores, i18n),
    scores: scores.length,
  }
}
