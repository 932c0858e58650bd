import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, isUniqueViolation, type Trx } from '#shared/database'
import type { HeldEvidence } from '../queries/decisions.js'

export interface HoldInput {
  /** Names the question once and for all: the same row imported again finds the same hold. */
  code: string
  subjectType: string
  subjectId: number | null
  /** `title` is its name in lists; `units` are the choices; never plain personal numbers. */
  evidence: HeldEvidence
}

/** Leaves a question open by name; returns its id, the same one for the same code. */
export async function holdForDecision(trx: Trx, actor: Actor, input: HoldInput): Promise<number> {
  const known = await trx.from('decisions').where({ code: input.code, live: 1 }).first()
  if (known) return Number(known.id)
  try {
    const id = await insertRow(trx, 'decisions', {
      kind: 'held',
      code: input.code,
      state: 'open',
      subject_type: input.subjectType,
      subject_id: input.subjectId,
      evidence: JSON.stringify(input.evidence),
      version: 1,
      created_at: clock.now(),
    })
    await record(trx, actor, {
      action: 'decisions.decision.held',
      subjectType: 'decision',
      subjectId: id,
      changes: { code: input.code },
    })
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const row = await trx
      .from('decisions')
      .where({ code: input.code, live: 1 })
      .forUpdate()
      .firstOrFail()
    return Number(row.id)
  }
}
