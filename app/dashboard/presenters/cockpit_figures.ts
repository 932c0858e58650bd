import type { I18n } from '@adonisjs/i18n'
import { formatFen } from '#shared/money'
import type { Tone } from '#shared/view/states'
import type { Cockpit } from '../queries/cockpit.js'

export interface ShownFigure {
  label: string
  value: string
  detail: string
  href: string
  tone?: Tone
  /** Per cent of a bar below the value. */
  bar?: number
}

/** The figures of the cockpit in their order, each with the way into its rows. */
export function cockpitFigures(cockpit: Cockpit, i18n: I18n): ShownFigure[] {
  const figure = (name: string, params: Record<string, string | number>) => ({
    label: i18n.t(`dashboard.cockpit.${name}`),
    detail: i18n.t(`dashboard.cockpit.${name}_detail`, params),
  })
  const makers = [transfers, conservation, milestones, tasks, slips, money, attempts, waiting]
  return makers.map((make) => make(cockpit, figure)).filter((made) => made !== null)
}

type Words = (
  name: string,
  params: Record<string, string | number>
) => { label: string; detail: string }
type Maker = (cockpit: Cockpit, words: Words) => ShownFigure | null

const per = (part: number, whole: number) => (whole > 0 ? Math.floor((part * 100) / whole) : 0)

const transfers: Maker = ({ transfers: found }, words) => {
  if (!found) return null
  const { done, planned, blocked, underWay } = found
  return {
    ...words('transfers', { underWay, blocked }),
    value: `${done} / ${planned}`,
    href: '/transfers/batches',
    bar: per(done, planned),
    tone: blocked > 0 ? 'warn' : undefined,
  }
}

const conservation: Maker = ({ transfers: found }, words) => {
  if (!found) return null
  const { executed, unbalanced } = found
  const name = unbalanced ? 'not_conserved' : 'conserved'
  return {
    ...words(name, { executed, unbalanced }),
    value: unbalanced ? String(unbalanced) : '✓',
    href: '/transfers/batches?state=executed',
    tone: unbalanced ? 'danger' : 'ok',
  }
}

const milestones: Maker = ({ programme }, words) => {
  if (!programme) return null
  const count = (light: string) =>
    programme.milestones.filter((milestone) => milestone.light === light).length
  const [done, red, yellow] = [count('done'), count('red'), count('yellow')]
  const total = programme.milestones.length
  return {
    ...words('milestones', { red, yellow }),
    value: `${done} / ${total}`,
    href: '/programme',
    bar: per(done, total),
    tone: red ? 'danger' : yellow ? 'warn' : undefined,
  }
}

const tasks: Maker = ({ tasks: units }, words) => {
  if (!units) return null
  const sum = (light: 'red' | 'yellow') =>
    units.reduce((total, { lights }) => total + lights[light], 0)
  const [red, yellow] = [sum('red'), sum('yellow')]
  return {
    ...words('tasks', { red, yellow }),
    value: String(units.reduce((total, unit) => total + unit.total, 0)),
    href: '/governance/tasks',
    tone: red ? 'danger' : yellow ? 'warn' : undefined,
  }
}

const slips: Maker = ({ programme }, words) => {
  if (!programme) return null
  const late = programme.slips.filter(({ days }) => days > 0)
  const most = Math.max(0, ...late.map(({ days }) => days))
  const name = programme.slipsSince ? 'slips' : 'slips_unknown'
  return {
    ...words(name, { date: programme.slipsSince ?? '', most }),
    value: programme.slipsSince ? String(late.length) : '—',
    href: late.length ? '#slips' : '/programme/baselines',
    tone: late.length ? 'warn' : undefined,
  }
}

const money: Maker = ({ funds }, words) => {
  if (!funds || funds.budget === 0) return null
  const rate = per(funds.paid, funds.released)
  return {
    ...words('funds', { released: formatFen(funds.released), rate }),
    value: formatFen(funds.paid),
    href: '/funds',
    bar: rate,
  }
}

const attempts: Maker = ({ discipline }, words) => {
  if (!discipline) return null
  const { attempts: all, recentAttempts, warnings } = discipline
  return {
    ...words('attempts', { recent: recentAttempts, warnings }),
    value: String(all),
    href: '/discipline/records?outcome=refused',
    tone: recentAttempts || warnings ? 'warn' : undefined,
  }
}

const waiting: Maker = ({ waiting: items }, words) => {
  const late = items.filter(({ daysLeft }) => daysLeft !== null && daysLeft < 0).length
  return {
    ...words('waiting', { late }),
    value: String(items.length),
    href: '/inbox',
    tone: late ? 'danger' : items.length ? 'warn' : undefined,
  }
}
