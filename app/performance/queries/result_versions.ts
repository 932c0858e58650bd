import db from '@adonisjs/lucid/services/db'
import type { Rating } from '../domain/codes.js'
import type { FigureChange } from '../domain/score.js'

export interface ChangeRow {
  version: number
  stage: string
  scoreBefore: string | null
  scoreAfter: string | null
  ratingBefore: Rating | null
  ratingAfter: Rating | null
  figures: FigureChange[]
  reason: string | null
  documentNo: string | null
  actor: string | null
  recordedAt: string
}

/** The versions of a result, newest first. */
export async function changesOf(cardId: number): Promise<ChangeRow[]> {
  const rows = await db
    .from('scorecard_changes')
    .leftJoin('documents', 'documents.id', 'scorecard_changes.document_id')
    .leftJoin('users', 'users.id', 'scorecard_changes.actor_id')
    .where('scorecard_id', cardId)
    .orderBy('result_version', 'desc')
    .select('scorecard_changes.*', 'documents.document_no', 'users.name as actor')
  return rows.map((row) => ({
    version: Number(row.result_version),
    stage: row.stage,
    scoreBefore: row.score_before,
    scoreAfter: row.score_after,
    ratingBefore: row.rating_before,
    ratingAfter: row.rating_after,
    figures: JSON.parse(row.figures ?? '[]'),
    reason: row.reason,
    documentNo: row.document_no,
    actor: row.actor,
    recordedAt: row.recorded_at,
  }))
}
