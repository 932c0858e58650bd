import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, toInt, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { excellentCap } from '../domain/population.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cardById } from '../queries/cards.js'
import { quotasOf } from '../queries/cycles.js'
import { lockCycle } from './lock_cycle.js'

/**
 * Sets the leaders of the unit apart (art. 2): the supervising body reviews them, they are in no
 * base and take no place. Only while results are being made; the places are counted anew.
 */
export async function setLeader(
  input: { cardId: number; version: number; leader: boolean; documentId: number | null },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, OPEN_STATES)
    const card = await cardById(input.cardId, client)
    const others = card.cases.filter(({ code }) => code !== 'leader')
    if (card.rating === 'excellent') throw new DomainError('performance.errors.rated_already')
    if (card.outlook === 'left') throw new DomainError('performance.errors.not_graded')
    await updateVersioned(client, 'scorecards', card.id, input.version, {
      outlook: input.leader ? 'leader' : 'graded',
      in_base: input.leader ? 0 : 1,
      cases: JSON.stringify(input.leader ? [{ code: 'leader', params: {} }, ...others] : others),
    })
    await countBases(client, cycleId)
    await record(client, actor, {
      action: 'performance.card.leader',
      subjectType: 'scorecard',
      subjectId: input.cardId,
      changes: { leader: input.leader, document_id: input.documentId },
    })
  }, trx)
}

/** Base and cap from the cards as they stand. */
export async function countBases(trx: Trx, cycleId: number) {
  for (const quota of await quotasOf(cycleId, trx)) {
    const [row] = await trx
      .from('scorecards')
      .where({ cycle_id: cycleId, employment_type: quota.employmentType, in_base: 1 })
      .count('* as base')
    const base = toInt(row.base)
    const cap = quota.rate === null ? null : excellentCap(base, quota.rate)
    await trx.from('excellent_quotas').where('id', quota.id).update({ base, cap })
  }
}
