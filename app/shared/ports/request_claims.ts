import type { Trx } from '#shared/database'

/** Numbers of the records that count on a seat of an approved 用编申请, read behind a lock. */
type Claims = (request: { id: number; unitId: number }, trx: Trx) => Promise<string[]>

const sources: Claims[] = []

/** A request that is to be given up or to expire asks who counts on its seats; people and recruitment answer. */
export const requestClaimsPort = {
  register(source: Claims) {
    sources.push(source)
  },
  async of(request: { id: number; unitId: number }, trx: Trx): Promise<string[]> {
    const names = []
    for (const claims of sources) names.push(...(await claims(request, trx)))
    return names
  },
}
