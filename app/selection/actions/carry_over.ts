import { assignmentsAsOf } from '#people/queries/assignments'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import type { Trx } from '#shared/database'
import { carriedOver } from '../queries/next_round.js'
import { participantsOf } from '../queries/participants.js'
import type { RoundRow } from '../queries/rounds.js'
import { settle, writeArrangement } from './arrangements.js'
import { enterFresh, writePeople } from './people.js'

/**
 * A round that opens takes over whom the round before left without a place and for whom the next
 * round is the next step; each is settled on the list there. Who can choose none of its posts, or is
 * still bound by a round under way, stays on the list with owner and next step.
 */
export async function carryOver(trx: Trx, round: RoundRow, actor: Actor) {
  if (round.previousId === null) return
  const waiting = await carriedOver(round.previousId, trx)
  // Who takes part in a round held on paper stands on its sheet.
  if (round.sealed) {
    const personIds = waiting.map(({ personId }) => personId)
    const staff = await assignmentsAsOf(
      clock.today(),
      { kind: 'main', personIds, employmentType: 'contract' },
      trx
    )
    const count = await enterFresh(trx, round, staff)
    if (count) await writePeople(trx, actor, round.id, 'entered', { people: count })
  }
  const people = new Set((await participantsOf(round.id, trx)).map(({ personId }) => personId))
  for (const { id, version, personId } of waiting) {
    if (!people.has(personId)) continue
    await settle(trx, id, version, 'next_round')
    await writeArrangement(trx, actor, id, 'settled', {
      outcome: 'next_round',
      round: round.number,
    })
  }
}
