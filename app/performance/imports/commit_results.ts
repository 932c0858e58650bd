import { record } from '#audit/actions/record'
import { recordEffects } from '#imports/actions/effects'
import { isAccepted } from '#imports/domain/levels'
import { refuseOwnRows } from '#imports/domain/own_rows'
import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { lockCycle } from '../actions/lock_cycle.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cycleById } from '../queries/cycles.js'
import { cycleIdOf } from './fields.js'
import type { ResultParsed } from './result_row.js'
import { ResultWriter } from './result_writer.js'
import { countPlaces } from './written_results.js'

/** Writes the results of a cycle: values, ratings, held questions, coefficients of posts. */
export async function commitResults(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const cycleId = cycleIdOf(context.answers)
  await lockCycle(trx, cycleId, OPEN_STATES)
  const cycle = await cycleById(cycleId, trx)
  const writer = new ResultWriter(trx, actor, context, cycle)
  const results = rows.filter(({ sheet, parsed }) => sheet === 'results' && parsed)
  const work = results.filter(({ level, effect }) => isAccepted(level) && effect !== 'same')
  const held = results.filter(({ level }) => level === 'held')
  refuseOwnRows(
    [...work, ...held].map(({ parsed }) => parsed as ResultParsed),
    actor
  )
  await writer.write(work.map(({ parsed }) => parsed))
  for (const row of held) await writer.hold(row)
  const values = rows.filter(
    ({ sheet, parsed, effect }) => sheet === 'post_values' && parsed && effect !== 'same'
  )
  for (const { parsed } of values) await writer.postValue(parsed)
  await countPlaces(trx, cycle)
  await recordEffects(trx, context.importId, writer.effects)
  await record(trx, actor, {
    action: 'performance.cycle.imported',
    subjectType: 'review_cycle',
    subjectId: cycle.id,
    changes: { cards: work.length, held: held.length },
  })
  return {
    cards: work.length,
    same: rows.filter(({ effect }) => effect === 'same').length,
    held: held.length,
    post_values: values.length,
  }
}
