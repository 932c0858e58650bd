import type { Trx } from '#shared/database'

/** Places of posts that something under way has promised, by post. */
type Claims = (postIds: number[], trx: Trx) => Promise<Map<number, number>>

const sources: Claims[] = []

/** A hire asks how many places of a post are promised; what moves people answers. */
export const postClaimsPort = {
  register(source: Claims) {
    sources.push(source)
  },
  async of(postId: number, trx: Trx): Promise<number> {
    let promised = 0
    for (const claims of sources) promised += (await claims([postId], trx)).get(postId) ?? 0
    return promised
  },
}
