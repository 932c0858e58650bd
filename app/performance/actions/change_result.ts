import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, toInt, updateVersioned, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { Rating } from '../domain/codes.js'
import type { FigureChange } from '../domain/score.js'
import type { CardRow } from '../queries/cards.js'

export type ResultStage = 'import' | 'calibration' | 'decision' | 'appeal' | 'correction'

export interface ResultChange {
  stage: ResultStage
  /** Left out: stays as it is. */
  score?: string | null
  rating?: Rating | null
  /** Figures that a correction changed already. */
  figures?: FigureChange[]
  reason: string | null
  documentId?: number | null
  grant?: ActiveGrant | null
}

const UNSIGNED = { signed_at: null, signed_agreed: null, sign_comment: null }

/**
 * The one way in which a score or a rating changes: a place for 优秀 is taken or given back by one
 * guarded UPDATE, the change is a new version of the result with its reason, the event is on record.
 * Returns whether anything changed.
 */
export async function changeResult(
  trx: Trx,
  actor: Actor,
  card: CardRow,
  version: number,
  change: ResultChange
): Promise<boolean> {
  const score = change.score === undefined ? card.score : change.score
  const rating = change.rating === undefined ? card.rating : change.rating
  const figures = change.figures ?? []
  if (score === card.score && rating === card.rating && figures.length === 0) return false
  if (rating !== card.rating) await movePlace(trx, card, rating)
  // who has signed has signed the version before: the new one is to be signed again
  const signature = card.signedAt === null ? {} : UNSIGNED
  await updateVersioned(trx, 'scorecards', card.id, version, { score, rating, ...signature })
  await insertRow(trx, 'scorecard_changes', {
    scorecard_id: card.id,
    result_version: await nextVersion(trx, card.id),
    stage: change.stage,
    score_before: card.score,
    score_after: score,
    rating_before: card.rating,
    rating_after: rating,
    figures: figures.length ? JSON.stringify(figures) : null,
    reason: change.reason,
    document_id: change.documentId ?? null,
    actor_id: actor.userId,
    recorded_at: clock.now(),
  })
  await record(trx, actor, {
    action: `performance.card.${change.stage}`,
    subjectType: 'scorecard',
    subjectId: card.id,
    changes: {
      ...(score === card.score ? {} : { score: [card.score, score] }),
      ...(rating === card.rating ? {} : { rating: [card.rating, rating] }),
      ...(figures.length === 0 ? {} : { figures: figures.map(figureText).join('；') }),
      reason: change.reason,
    },
    grant: change.grant,
  })
  return true
}

const figureText = ({ name, before, after }: FigureChange) => `${name} ${before ?? '—'} → ${after}`

async function nextVersion(trx: Trx, cardId: number): Promise<number> {
  const [row] = await trx
    .from('scorecard_changes')
    .where('scorecard_id', cardId)
    .max('result_version as latest')
  return toInt(row.latest) + 1
}

/** Only people of the base take a place; leaders are apart. */
async function movePlace(trx: Trx, card: CardRow, rating: Rating | null) {
  const before = card.inBase && card.rating === 'excellent' ? 1 : 0
  const after = card.inBase && rating === 'excellent' ? 1 : 0
  if (before === after) return
  const quota = trx
    .from('excellent_quotas')
    .where({ cycle_id: card.cycleId, employment_type: card.employmentType })
  if (after) {
    quota.where((room) => room.where('binding', 0).orWhereNull('cap').orWhereRaw('used < cap'))
  }
  const moved = await quota.update({ used: trx.raw('used + ?', [after - before]) })
  if (!affected(moved)) await refusePlace(trx, card)
}

async function refusePlace(trx: Trx, card: CardRow): Promise<never> {
  const row = await trx
    .from('excellent_quotas')
    .where({ cycle_id: card.cycleId, employment_type: card.employmentType })
    .firstOrFail()
  throw new DomainError('performance.errors.no_excellent_place', {
    person: card.personName,
    base: Number(row.base),
    cap: Number(row.cap),
    used: Number(row.used),
  })
}
