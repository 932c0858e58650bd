import db from '@adonisjs/lucid/services/db'
import type { Fact, FactSource } from '#shared/ports/facts'
import { transferProgress } from './progress.js'

/** 人员划转完成: every planned batch is executed, nobody is undecided, conservation holds. */
const executed: FactSource = {
  code: 'transfers.executed',
  async read(_asOf, trx): Promise<Fact> {
    const { done, planned, blocked, underWay, unbalanced } = await transferProgress(
      'all',
      trx ?? db
    )
    const missing = [
      ...(underWay ? [{ key: 'transfers.facts.under_way', params: { count: underWay } }] : []),
      ...(blocked ? [{ key: 'transfers.facts.undecided', params: { count: blocked } }] : []),
      ...(unbalanced ? [{ key: 'transfers.facts.unbalanced', params: { count: unbalanced } }] : []),
    ]
    const met = planned > 0 && missing.length === 0
    return { met, done, planned, url: '/transfers/batches', missing }
  },
}

export const transferFacts: FactSource[] = [executed]
