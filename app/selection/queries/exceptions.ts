import db from '@adonisjs/lucid/services/db'
import { participantsOf } from './participants.js'
import type { RoundRow } from './rounds.js'

/** The exceptions asked for in a round, newest first, with the pairs that each would leave blocking. */
export async function exceptionsOf(round: RoundRow) {
  const people = new Map((await participantsOf(round.id)).map((row) => [row.id, row.name]))
  const rows = await db
    .from('selection_exceptions as x')
    .leftJoin('selection_posts as s', 's.id', 'x.post_id')
    .leftJoin('documents as d', 'd.id', 'x.document_id')
    .leftJoin('users as a', 'a.id', 'x.asked_by')
    .where('x.round_id', round.id)
    .orderBy('x.id', 'desc')
    .select('x.*', 's.code', 'd.document_no', 'a.name as asker')
  return rows.map((row) => ({
    id: Number(row.id),
    name: people.get(Number(row.participant_id)) ?? '',
    code: row.code as string | null,
    reason: row.reason as string,
    documentNo: row.document_no as string,
    asker: row.asker as string | null,
    askedBy: row.asked_by === null ? null : Number(row.asked_by),
    state: row.state as string,
    pairs: (JSON.parse(row.blocking) as { participantId: number; post: string }[]).map((pair) => ({
      name: people.get(pair.participantId) ?? '',
      post: pair.post,
    })),
    version: Number(row.version),
  }))
}
