import { headcountFigures } from '#organization/domain/headcount'
import { postMisfits } from '#organization/domain/post_fit'
import { holders } from '#organization/queries/post_places'
import type { Trx } from '#shared/database'
import { postClaimsPort } from '#shared/ports/post_claims'
import type { EventFinding } from '../domain/check_event.js'
import type { EventInput } from './save_event.js'

/**
 * The post of a hire is one of the unit, open on the day, for that employment and grade, and has a
 * place beside who holds it and whom batches under way will bring. The post stays locked, and its
 * holders are counted as they stand behind the lock, so that the last place is given once.
 */
export async function checkPost(
  trx: Trx,
  { details, effectiveOn }: Pick<EventInput, 'details' | 'effectiveOn'>,
  unitId: number | null
): Promise<EventFinding[]> {
  if (!details.postId) return []
  const post = await trx
    .from('posts')
    .where({ id: details.postId, unit_id: unitId })
    .forUpdate()
    .first()
  if (!post) return [{ field: 'post_id', code: 'post_elsewhere' }]
  const { grade_top: top, grade_bottom: bottom, valid_from: from, valid_to: to } = post
  const params = { post: post.name }
  const { headcount } = post
  const demands = {
    open: from <= effectiveOn && (to === null || to > effectiveOn),
    employmentType: post.employment_type,
    range: top && bottom ? { top, bottom } : null,
  }
  const staff = { employmentType: details.employmentType ?? null, grade: details.grade ?? null }
  const findings: EventFinding[] = postMisfits(demands, staff).map((code) => ({
    field: FIELDS[code],
    code,
    params,
  }))
  const places = await placesOf(trx, { id: post.id, headcount }, effectiveOn)
  if (places.free === 0) {
    const { held, claimed } = places
    const taken = { ...params, headcount: Number(headcount), held, claimed }
    findings.push({ field: 'post_id', code: 'headcount_full', params: taken })
  }
  return findings
}

const FIELDS = { post_closed: 'post_id', post_employment: 'employment_type', grade_unfit: 'grade' }

/** The places of a post on a day: who holds it, and what batches under way will bring. */
export async function placesOf(
  trx: Trx,
  { id, headcount }: { id: number; headcount: number | null },
  date: string
) {
  const held = await holders(trx, date).where('post_id', id).forUpdate().select('id')
  const promised = await postClaimsPort.of(Number(id), trx)
  return headcountFigures(headcount === null ? null : Number(headcount), held.length, promised)
}
