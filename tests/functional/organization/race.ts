import { DomainError } from '#shared/errors'
import { inTransaction } from '#shared/database'
import { fillQuota, reserveQuota, type SeatsInput } from '#organization/actions/quota/fill_quota'
import { CATEGORY_ORDER } from '#organization/domain/codes'
import { quotaBalances } from '#organization/queries/quota_balances'
import { givenUnit } from '#tests/support/givens'
import { givenSeats, system } from './givens.js'

export interface RaceResult {
  rounds: number
  authorised: number
  /** Claims that were answered with a seat. */
  granted: number
  /** Seats that the ledger shows as taken. */
  taken: number
  vacant: number
  /** Rounds in which more or fewer claims won than there were places. */
  wrongRounds: number
  unexpected: unknown[]
}

/**
 * Rounds in which more claims than there are vacant places arrive at once: filling and reserving,
 * of all categories. The same seed gives the same rounds.
 */
export async function contendedRounds(rounds: number, seed = 20220110): Promise<RaceResult> {
  const unitId = await givenUnit()
  const next = generator(seed)
  const result: RaceResult = {
    rounds,
    authorised: 0,
    granted: 0,
    taken: 0,
    vacant: 0,
    wrongRounds: 0,
    unexpected: [],
  }
  for (let round = 0; round < rounds; round++) {
    const places = 1 + next(3)
    await givenSeats(unitId, 'full', { [CATEGORY_ORDER[next(3)]]: places })
    const claims = Array.from({ length: places + 1 + next(3) }, (_, index) =>
      claim(seats(unitId, `${round}:${index}`, next(3)), next(2) === 0)
    )
    const answers = await Promise.allSettled(claims)
    const granted = answers.filter(({ status }) => status === 'fulfilled').length
    result.authorised += places
    result.granted += granted
    if (granted !== places) result.wrongRounds++
    for (const answer of answers) {
      if (answer.status === 'rejected' && !isNoRoom(answer.reason)) {
        result.unexpected.push(answer.reason)
      }
    }
  }
  for (const row of await quotaBalances({ unitIds: [unitId] })) {
    result.taken += row.filled + row.reserved
    result.vacant += row.vacant
  }
  return result
}

function claim(input: SeatsInput, reserving: boolean) {
  return inTransaction<unknown>((trx) =>
    reserving ? reserveQuota(trx, system, input) : fillQuota(trx, system, input)
  )
}

function isNoRoom(reason: unknown): boolean {
  return reason instanceof DomainError && reason.key === 'organization.errors.no_room'
}

function seats(unitId: number, key: string, category: number): SeatsInput {
  return {
    key,
    unitId,
    fundingType: 'full',
    wanted: { [CATEGORY_ORDER[category]]: 1 },
    effectiveOn: '2022-03-01',
    documentId: null,
    reason: null,
    subjectType: 'test',
    subjectId: 1,
  }
}

function generator(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
