import type { Actor } from '#shared/actor'
import type { Tone } from '#shared/view/states'
import { peopleFigures, type PeopleFigures } from './people_figures.js'
import { quotaFigures, type QuotaFigure } from './quota_figures.js'
import {
  accountFigures,
  batchFigures,
  decisionFigures,
  nextBatches,
  totalOf,
  type BatchUnderWay,
} from './work_figures.js'

const SHOWN_BATCHES = 5

export interface OpeningFigure {
  /** Below `dashboard.figures`; its `<name>_detail` takes `params`. */
  name: string
  value: number
  href: string
  tone?: Tone
  params?: Record<string, number>
}

export interface Opening {
  figures: OpeningFigure[]
  people: PeopleFigures | null
  quota: QuotaFigure[] | null
  batches: BatchUnderWay[]
}

/** What the first page of this actor opens with: only what the grants reach, each with the way to its rows. */
export async function openingFigures(actor: Actor, today: string): Promise<Opening> {
  const people = await peopleFigures(actor, today)
  const quota = await quotaFigures(actor)
  const figures = [
    people && peopleFigure(people),
    quota && quotaFigure(quota),
    await batchFigure(actor),
    await decisionFigure(actor),
    await accountFigure(actor),
  ]
  return {
    figures: figures.filter((figure) => figure !== null),
    people,
    quota,
    batches: await nextBatches(actor, { first: SHOWN_BATCHES }),
  }
}

function peopleFigure({ total, byEmployment }: PeopleFigures): OpeningFigure {
  const params = Object.fromEntries(byEmployment.map((row) => [row.employment, row.people]))
  return { name: 'people', value: total, href: '/people/persons', params }
}

function quotaFigure(rows: QuotaFigure[]): OpeningFigure {
  const sum = (field: 'authorised' | 'filled' | 'reserved' | 'vacant' | 'over') =>
    rows.reduce((total, row) => total + row[field], 0)
  const over = sum('over')
  const params = { filled: sum('filled'), reserved: sum('reserved'), vacant: sum('vacant'), over }
  return {
    name: over > 0 ? 'quota_over' : 'quota',
    value: sum('authorised'),
    href: '/organization/quota',
    tone: over > 0 ? 'danger' : undefined,
    params,
  }
}

async function batchFigure(actor: Actor): Promise<OpeningFigure | null> {
  const counts = await batchFigures(actor)
  if (!counts) return null
  const submitted = counts.find(({ state }) => state === 'submitted')?.rows ?? 0
  return {
    name: 'batches',
    value: totalOf(counts),
    href: '/transfers/batches',
    params: { submitted },
  }
}

async function decisionFigure(actor: Actor): Promise<OpeningFigure | null> {
  const counts = await decisionFigures(actor)
  if (!counts) return null
  const open = totalOf(counts)
  const proposed = counts.find(({ state }) => state === 'proposed')?.rows ?? 0
  return {
    name: 'decisions',
    value: open,
    href: '/decisions',
    tone: open > 0 ? 'danger' : 'ok',
    params: { proposed },
  }
}

async function accountFigure(actor: Actor): Promise<OpeningFigure | null> {
  const counts = await accountFigures(actor)
  if (!counts) return null
  return {
    name: 'accounts',
    value: counts.active,
    href: '/accounts/users',
    params: { disabled: counts.disabled },
  }
}
