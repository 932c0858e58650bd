import type { Trx } from '#shared/database'

/** Places of posts that something under way has promised to others than that person, by post. */
type Claims = (postIds: number[], trx: Trx, personId?: number) => Promise<Map<number, number>>

const sources: Claims[] = []

/** A hire asks how many places of a post are promised; what moves or places people answers. */
export const postClaimsPort = {
  register(source: Claims) {
    sources.push(source)
  },
  async of(postId: number, trx: Trx, personId?: number): Promise<number> {
    let promised = 0
    for (const claims of sources) {
      promised += (await claims([postId], trx, personId)).get(postId) ?? 0
    }
    return promised
  },
}
