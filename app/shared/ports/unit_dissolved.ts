import type { Trx } from '#shared/database'

/** Something open that a dissolved unit still holds; each must get a successor or an end. */
export interface OpenHolding {
  kind: string
  id: number
  title: string
  url: string | null
}

export interface DissolutionHandler {
  kind: string
  list(unitId: number, trx: Trx): Promise<OpenHolding[]>
  /** Hands one over to the successor, or ends it when `successorId` is null. */
  settle(id: number, successorId: number | null, date: string, trx: Trx): Promise<void>
}

const handlers: DissolutionHandler[] = []

export const unitDissolvedPort = {
  register(handler: DissolutionHandler) {
    handlers.push(handler)
  },
  /** What modules may find open; each kind has a name on the page of the change. */
  kinds(): string[] {
    return handlers.map(({ kind }) => kind)
  },
  async list(unitId: number, trx: Trx): Promise<OpenHolding[]> {
    const lists = await Promise.all(handlers.map((handler) => handler.list(unitId, trx)))
    return lists.flat()
  },
  async settle(
    holding: { kind: string; id: number },
    successorId: number | null,
    date: string,
    trx: Trx
  ) {
    const handler = handlers.find((item) => item.kind === holding.kind)
    if (!handler) throw new Error(`no module holds ${holding.kind}`)
    await handler.settle(holding.id, successorId, date, trx)
  },
}
