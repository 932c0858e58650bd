import db from '@adonisjs/lucid/services/db'
import { inChunks } from '#shared/database'
import type { Client } from '#decisions/queries/client'

/** One question a person and two units, however often and from whichever side it comes. */
export function heldCode(personId: number, unitIds: readonly [number, number]): string {
  const [low, high] = [...unitIds].sort((a, b) => a - b)
  return `claimed_by_two_units:${personId}:${low}:${high}`
}

/**
 * Questions about these people by their code, with their state. Whom a question is about is its
 * subject: after a merge its own code still names the record that is gone.
 */
export async function heldQuestions(
  personIds: number[],
  client: Client = db
): Promise<Map<string, string>> {
  const rows = await inChunks(personIds, 400, (piece) =>
    client
      .from('decisions')
      .where({ kind: 'held', subject_type: 'person', live: 1 })
      .whereIn('subject_id', piece)
      .select('subject_id', 'evidence', 'state')
  )
  const questions = new Map<string, string>()
  for (const { subject_id: personId, evidence, state } of rows) {
    const units = (JSON.parse(evidence).units ?? []).map(({ unitId }: any) => Number(unitId))
    if (units.length === 2) questions.set(heldCode(Number(personId), units), state)
  }
  return questions
}
