import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import type { Fact, FactSource } from '#shared/ports/facts'

const DONE = ['done', 'read', 'archived']

/** 任务办结: every task of the plan that has an end is done. */
const planTasks: FactSource = {
  code: 'governance.plan_tasks_done',
  read: (_asOf, trx) => tasksFact(trx ?? db, 'plan'),
}

/** 议定事项落实: every task that came out of a resolution is done. */
const resolutionTasks: FactSource = {
  code: 'governance.resolution_tasks_done',
  read: (_asOf, trx) => tasksFact(trx ?? db, 'resolution'),
}

/** 督办销号: no supervision order is running past its deadline. */
const overdueOrders: FactSource = {
  code: 'governance.orders_in_time',
  async read(_asOf, trx) {
    const rows = await (trx ?? db).from('supervision_orders').select('state', 'last_step')
    const late = rows.filter((row) => row.state === 'running' && Number(row.last_step) >= 1)
    return {
      met: late.length === 0,
      done: rows.length - late.length,
      planned: rows.length,
      url: '/governance/orders?state=running&level=1',
      missing: late.length
        ? [{ key: 'governance.facts.missing_orders', params: { count: late.length } }]
        : [],
    }
  },
}

export const governanceFacts = [planTasks, resolutionTasks, overdueOrders]

async function tasksFact(client: Client, source: string): Promise<Fact> {
  const rows = await client
    .from('tasks')
    .where('source_kind', source)
    .whereNull('rhythm')
    .whereNotIn('state', ['draft', 'ended'])
    .groupBy('state')
    .select('state')
    .count('* as total')
  const count = (states: string[] | null) =>
    rows
      .filter((row) => states === null || states.includes(row.state))
      .reduce((sum, row) => sum + toInt(row.total), 0)
  const planned = count(null)
  const done = count(DONE)
  return {
    met: planned > 0 && done === planned,
    done,
    planned,
    url: `/governance/tasks?source=${source}`,
    missing:
      planned > done
        ? [{ key: 'governance.facts.missing_tasks', params: { count: planned - done } }]
        : [],
  }
}
