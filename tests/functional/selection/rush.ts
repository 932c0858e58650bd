import { advanceRound } from '#selection/actions/advance'
import { saveChoice } from '#selection/actions/save_choice'
import { ownChoice } from '#selection/queries/choices'
import { participantsOf } from '#selection/queries/participants'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { givenSealedRound } from './givens.js'

const ORDERS = [['C01'], ['C02', 'C01'], ['C03', 'C02', 'C01'], ['C01', 'C03']]

/**
 * Everybody saves in the last second of the last day while the phases' job runs: what arrived in
 * time is saved although it waited past midnight. Tells how long it took and what was lost.
 */
export async function rush(people: number) {
  const { roundId } = await givenSealedRound(people)
  clock.freeze('2022-02-25 15:59:59.000')
  await advanceRound(roundId)
  const receivedAt = clock.now()
  const everybody = await participantsOf(roundId)
  const started = process.hrtime.bigint()
  clock.freeze('2022-02-25 16:00:30.000')
  const saves = everybody.map(({ id, personId, name }, index) =>
    saveChoice(
      {
        participantId: id,
        source: 'self',
        receivedAt,
        choice: { posts: ORDERS[index % ORDERS.length], acceptsPlacement: true },
      },
      new Actor(null, personId, name, 'zh-CN', [])
    )
  )
  const [answers] = await Promise.all([Promise.allSettled(saves), advanceRound(roundId)])
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const refused = answers.filter(({ status }) => status === 'rejected').length
  let lost = 0
  for (const [index, person] of everybody.entries()) {
    const own = await ownChoice(person)
    if (own?.choice.posts.join() !== ORDERS[index % ORDERS.length].join()) lost += 1
  }
  return { seconds, refused, lost }
}
