import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'

/** An act that reform discipline may forbid for now. */
export interface FreezeQuestion {
  /** `<module>.<act>`; discipline knows under which rule it stands. */
  act: string
  unitIds: number[]
  /** Civil date on which the act takes effect. */
  date: string
  reformDocumentId: number | null
  /** Who does it: then the answer goes on record. Left out, the question is only a look ahead. */
  actor?: Actor
  /** The record that it is about. */
  subject?: { type: string; id: number }
  personId?: number | null
  amountFen?: number
  /** Set when discipline never stops it (retirement, correction…): it is put on record alone. */
  allowed?: string | null
}

/** `code` is a translation key that names the rule; null: nothing forbids it. */
export type FreezeAnswer = { code: string; params: Record<string, string> } | null
type Guard = (question: FreezeQuestion, trx?: Trx) => Promise<FreezeAnswer>

const guards: Guard[] = []

/** Every module above and below asks; discipline answers (nobody registered: nothing is frozen). */
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
  /** Asks, and throws the refusal with the rule that it cites. */
  async pass(question: FreezeQuestion, trx?: Trx): Promise<void> {
    const answer = await freezePort.ask(question, trx)
    if (answer) throw new DomainError(answer.code, answer.params)
  },
}
