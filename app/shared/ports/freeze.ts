import type { Trx } from '#shared/database'

/** An HR act that reform discipline may forbid for now. */
export interface FreezeQuestion {
  act: string
  unitIds: number[]
  /** Civil date on which the act takes effect. */
  date: string
  reformDocumentId: number | null
}

/** `code` is a translation key that names the rule; null: nothing forbids it. */
export type FreezeAnswer = { code: string; params: Record<string, string> } | null
type Guard = (question: FreezeQuestion, trx?: Trx) => Promise<FreezeAnswer>

const guards: Guard[] = []

/** Organization, people and transfers ask; discipline answers (nobody registered: nothing is frozen). */
export const freezePort = {
  register(guard: Guard) {
    guards.push(guard)
  },
  async ask(question: FreezeQuestion, trx?: Trx): Promise<FreezeAnswer> {
    for (const guard of guards) {
      const answer = await guard(question, trx)
      if (answer) return answer
    }
    return null
  },
}
