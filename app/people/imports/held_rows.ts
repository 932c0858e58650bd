import db from '@adonisjs/lucid/services/db'
import { inChunks } from '#shared/database'

/** One question a person and two units, however often and from whichever side it comes. */
export function heldCode(personId: number, unitIds: readonly [number, number]): string {
  const [low, high] = [...unitIds].sort((a, b) => a - b)
  return `claimed_by_two_units:${personId}:${low}:${high}`
}

/** Codes of held questions about these people that are decided. */
export async function settledHolds(personIds: number[]): Promise<Map<string, boolean>> {
  const rows = await inChunks(personIds, 400, (piece) =>
    db
      .from('decisions')
      .where({ kind: 'held', subject_type: 'person', state: 'decided' })
      .whereIn('subject_id', piece)
      .select('code')
  )
  return new Map(rows.map(({ code }) => [code, true]))
}
