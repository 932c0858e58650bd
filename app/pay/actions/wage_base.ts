import { record } from '#audit/actions/record'
import { maskAccount } from '#people/domain/identity_no'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { seal } from '#shared/crypto'
import { insertRow, inTransaction, isUniqueViolation, type Row, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { wageBasesOn } from '../queries/wage_bases.js'

export interface WageBaseInput {
  personId: number
  validFrom: string
  step: number | null
  pensionBaseFen: number | null
  housingBaseFen: number | null
  allowanceFen: number | null
  additionalFen: number | null
  leader: boolean
  deductionWay: string
  bonusApart: boolean
  /** Digits; empty keeps the account that is there. */
  account: string | null
  reason: string
  /** The base that the page showed; null when there was none. */
  basedOn: number | null
}

/**
 * A new base of a person from a day on; what was there before stays as it was. Nobody enters the own
 * one. Returns its id.
 */
export async function saveWageBase(input: WageBaseInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    if (actor.isSelf(input.personId)) throw new DomainError('pay.errors.own_base')
    await holdBases(client, [input.personId])
    const before = (await wageBasesOn([input.personId], '9999-12-31', client)).get(input.personId)
    if ((before?.id ?? null) !== input.basedOn) throw new StaleError({ id: input.personId })
    if (input.account !== null && !/^\d{8,30}$/.test(input.account)) {
      const code = 'pay.errors.account'
      throw new DomainError(code, {}, [{ field: 'account', code }])
    }
    const account = input.account
      ? {
          account_sealed: seal(input.account, 'account'),
          account_masked: maskAccount(input.account),
        }
      : {
          account_sealed: before?.accountSealed ?? null,
          account_masked: before?.accountMasked ?? null,
        }
    const id = await putWageBase(client, input.personId, input.validFrom, {
      step: input.step,
      pension_base_fen: input.pensionBaseFen,
      housing_base_fen: input.housingBaseFen,
      allowance_fen: input.allowanceFen,
      additional_deduction_fen: input.additionalFen,
      leader: input.leader,
      deduction_way: input.deductionWay,
      bonus_apart: input.bonusApart,
      ...account,
      reason: input.reason,
      actor_id: actor.userId,
    })
    await record(client, actor, {
      action: 'pay.wage_base.saved',
      subjectType: 'person',
      subjectId: input.personId,
      changes: { valid_from: input.validFrom, reason: input.reason },
    })
    return id
  }, trx)
}

/**
 * Bases of a person are entered one after the other, for each copies from the one before. It comes
 * before anything is read: MySQL shows a transaction the others' work as it was at its first plain read.
 */
export async function holdBases(trx: Trx, personIds: readonly number[]) {
  for (let from = 0; from < personIds.length; from += 400) {
    const ids = personIds.slice(from, from + 400)
    await trx.from('persons').whereIn('id', ids).orderBy('id').forUpdate().select('id')
  }
}

/**
 * Writes a base; one of the same day is superseded by it (law 3). How the person is taxed stays as
 * it was where nothing is said of it.
 */
export async function putWageBase(
  trx: Trx,
  personId: number,
  validFrom: string,
  values: Row
): Promise<number> {
  const old = await trx
    .from('wage_bases')
    .where({ person_id: personId, valid_from: validFrom, live: 1 })
    .first()
  const before = (await wageBasesOn([personId], validFrom, trx)).get(personId)
  const kept = before && { deduction_way: before.deductionWay, bonus_apart: before.bonusApart }
  // the old row leaves the key before the new one enters it
  if (old) await trx.from('wage_bases').where('id', old.id).update({ superseded_by: old.id })
  try {
    const id = await insertRow(trx, 'wage_bases', {
      person_id: personId,
      valid_from: validFrom,
      ...kept,
      ...values,
      recorded_at: clock.now(),
    })
    if (old) await trx.from('wage_bases').where('id', old.id).update({ superseded_by: id })
    return id
  } catch (error) {
    if (isUniqueViolation(error)) throw new StaleError({ id: personId })
    throw error
  }
}
