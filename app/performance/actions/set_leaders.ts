import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { inTransaction, isCheckViolation, toInt, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { excellentCap, standingBy, type ReviewCase } from '../domain/population.js'
import { OPEN_STATES } from '../domain/cycle_states.js'
import { cardById } from '../queries/cards.js'
import { quotasOf } from '../queries/cycles.js'
import { lockCycle } from './lock_cycle.js'
import { assertRatable } from './rate_card.js'

/**
 * Sets the leaders of the unit apart (art. 2): the supervising body reviews them, they are in no
 * base and take no place. Who is none after all stands as the other cases of the person say. Only
 * while results are being made; the places are counted anew.
 */
export async function setLeader(
  input: { cardId: number; version: number; leader: boolean; documentId: number },
  actor: Actor,
  trx?: Trx
) {
  const { cycleId } = await cardById(input.cardId, trx)
  await inTransaction(async (client) => {
    await lockCycle(client, cycleId, OPEN_STATES)
    const card = await cardById(input.cardId, client)
    if (actor.isSelf(card.personId)) throw new DomainError('performance.errors.own_card')
    if (card.rating === 'excellent') throw new DomainError('performance.errors.rated_already')
    if (!input.leader && card.outlook !== 'leader') {
      throw new DomainError('performance.errors.no_leader', { person: card.personName })
    }
    if (card.outlook === 'left') throw new DomainError('performance.errors.not_graded')
    const others = card.cases.filter(({ code }) => code !== 'leader')
    const cases: ReviewCase[] = input.leader ? [{ code: 'leader', params: {} }, ...others] : others
    const { outlook, inBase } = standingBy(cases)
    assertRatable({ ...card, outlook }, card.rating)
    await updateVersioned(client, 'scorecards', card.id, input.version, {
      outlook,
      in_base: inBase ? 1 : 0,
      cases: JSON.stringify(cases),
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

/** Base and cap from the cards as they stand; the database refuses a cap below what is taken. */
export async function countBases(trx: Trx, cycleId: number) {
  for (const quota of await quotasOf(cycleId, trx)) {
    const [row] = await trx
      .from('scorecards')
      .where({ cycle_id: cycleId, employment_type: quota.employmentType, in_base: 1 })
      .count('* as base')
    const base = toInt(row.base)
    const cap = quota.rate === null ? null : excellentCap(base, quota.rate)
    try {
      await trx.from('excellent_quotas').where('id', quota.id).update({ base, cap })
    } catch (error) {
      if (!isCheckViolation(error)) throw error
      const { used } = quota
      throw new DomainError('performance.errors.excellent_over_cap', { used, cap: cap!, base })
    }
  }
}
