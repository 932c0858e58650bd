import { effectsOf, type ImportEffectRow } from '#imports/actions/effects'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, bulkInsert, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext } from '#shared/ports/imports'
import { lockCycle } from '../actions/lock_cycle.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cycleById, type CycleRow } from '../queries/cycles.js'
import { computeLate, countPlaces, valueRow } from './written_results.js'
import { cycleIdOf } from './fields.js'

/** Takes the results back while the cycle is open; a card that was worked on since stops it, by name. */
export async function undoResults(trx: Trx, _actor: Actor, context: ImportContext) {
  const cycleId = cycleIdOf(context.answers)
  await lockCycle(trx, cycleId, OPEN_STATES)
  const cycle = await cycleById(cycleId, trx)
  const cards = await effectsOf(trx, context.importId, 'scorecard')
  for (const { subjectId, before } of cards) {
    const version = Number(before!.version)
    const back = await trx
      .from('scorecards')
      .where({ id: subjectId, version: version + 1 })
      .update({ rating: before!.rating, version: version + 2, updated_at: clock.now() })
    if (!affected(back)) {
      const card = await trx
        .from('scorecards')
        .join('persons', 'persons.id', 'scorecards.person_id')
        .where('scorecards.id', subjectId)
        .select('persons.name')
        .firstOrFail()
      throw new DomainError('performance.errors.result_in_use', { name: card.name })
    }
    await trx
      .from('card_values')
      .where({ scorecard_id: subjectId, source: 'imported', source_id: context.importId })
      .delete()
    const values = before!.values as Array<{ indicatorId: number; value: string; sourceId: number }>
    await bulkInsert(
      trx,
      'card_values',
      values.map((old) => valueRow(subjectId, old.indicatorId, old.value, old.sourceId))
    )
    await trx
      .from('scorecard_changes')
      .where({ scorecard_id: subjectId, stage: 'import', reason: context.fileName })
      .delete()
  }
  await takeScoresBack(trx, cycle, cards)
  for (const { subjectId } of await effectsOf(trx, context.importId, 'post_value')) {
    await trx.from('post_values').where('superseded_by', subjectId).update({ superseded_by: null })
    await trx.from('post_values').where('id', subjectId).delete()
  }
  for (const { subjectId } of await effectsOf(trx, context.importId, 'decision')) {
    await trx.from('decisions').where({ id: subjectId, state: 'open' }).delete()
  }
  await countPlaces(trx, cycle)
}

/** Computed again from the values that were there; a score that was calibrated by hand as it stood. */
async function takeScoresBack(trx: Trx, cycle: CycleRow, cards: ImportEffectRow[]) {
  await computeLate(
    trx,
    cycle,
    cards.map(({ subjectId }) => subjectId)
  )
  for (const { subjectId, before } of cards) {
    if (!before!.score) continue
    await trx.from('scorecards').where('id', subjectId).update({ score: before!.score })
  }
}
