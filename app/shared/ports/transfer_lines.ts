import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'

/**
 * People whom a batch no longer moves: taken out while it is prepared, put into another, or taken
 * back by its reversal.
 */
export interface LinesLeft {
  batchId: number
  personIds: number[]
  intoBatchId: number | null
}

type Follower = (left: LinesLeft, actor: Actor, trx: Trx) => Promise<void>

const followers: Follower[] = []

/** Transfers tells, and who made facts that a batch is to carry out follows its lines. */
export const transferLinesPort = {
  register(follower: Follower) {
    followers.push(follower)
  },
  async left(left: LinesLeft, actor: Actor, trx: Trx) {
    if (left.personIds.length === 0) return
    for (const follow of followers) await follow(left, actor, trx)
  },
}
