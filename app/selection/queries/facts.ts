import db from '@adonisjs/lucid/services/db'
import type { FactSource } from '#shared/ports/facts'
import { accountOf } from './account.js'
import { roundById } from './rounds.js'

/** What a milestone of the programme may wait for: everybody of every round engaged anew or settled. */
export const selectionFacts: FactSource[] = [
  {
    code: 'selection.rounds_settled',
    async read(_asOf, trx) {
      const client = trx ?? db
      const rows = await client.from('selection_rounds').orderBy('id').select('id')
      let done = 0
      let planned = 0
      for (const { id } of rows) {
        const { total, counts } = await accountOf(await roundById(Number(id), client), client)
        planned += total
        done += counts.re_engaged + counts.settled
      }
      const open = planned - done
      return {
        met: planned > 0 && open === 0,
        done,
        planned,
        url: '/selection/rounds',
        missing: open > 0 ? [{ key: 'selection.facts.open_people', params: { count: open } }] : [],
      }
    },
  },
]
