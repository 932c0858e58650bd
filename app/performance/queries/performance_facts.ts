import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { FactSource } from '#shared/ports/facts'
import { schemesOn } from './schemes.js'

const NATURES = ['editorial', 'technical', 'commercial', 'administrative'] as const

/** 分类绩效考核: every class of posts of the reform has a scheme in force. */
export const schemesFact: FactSource = {
  code: 'performance.schemes',
  async read(asOf, trx) {
    const schemes = await schemesOn(asOf, {}, (trx ?? db) as Client)
    const has = (nature: string) =>
      schemes.some((scheme) => scheme.nature === nature || scheme.nature === null)
    const missing = NATURES.filter((nature) => !has(nature))
    return {
      met: missing.length === 0,
      done: NATURES.length - missing.length,
      planned: NATURES.length,
      url: '/performance/schemes',
      missing: missing.map((nature) => ({
        key: `performance.facts.missing_${nature}`,
        params: {},
      })),
    }
  },
}

/** 考核办结: the reviews whose period is over are closed. */
export const closedFact: FactSource = {
  code: 'performance.closed',
  async read(asOf, trx) {
    const rows = await ((trx ?? db) as Client)
      .from('review_cycles')
      .where('period_to', '<=', asOf)
      .whereNot('state', 'cancelled')
      .orderBy('period_from')
    const open = rows.filter(({ state }) => state !== 'closed')
    return {
      met: rows.length > 0 && open.length === 0,
      done: rows.length - open.length,
      planned: rows.length,
      url: '/performance',
      missing: open.map(({ title }) => ({
        key: 'performance.facts.cycle_open',
        params: { title },
      })),
    }
  },
}
