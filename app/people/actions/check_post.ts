import { headcountFigures } from '#organization/domain/headcount'
import { postMisfits } from '#organization/domain/post_fit'
import { holders } from '#organization/queries/post_places'
import type { Trx } from '#shared/database'
import { postClaimsPort } from '#shared/ports/post_claims'
import type { EventFinding } from '../domain/check_event.js'
import { namesOf, otherHires } from '../queries/approved_hires.js'
import { promisedPlaces } from '../queries/promised_places.js'
import type { EventInput } from './save_event.js'

/**
 * The post of a hire is one of the unit, open on the day, for that employment and grade, and has a
 * place beside who holds it, whom batches and selection rounds under way will bring and who begins later. The post stays
 * locked, and all of them are counted as they stand behind the lock, so that the last place is given
 * once.
 */
export async function checkPost(
  trx: Trx,
  input: Pick<EventInput, 'id' | 'details' | 'effectiveOn'> & { personId?: number },
  unitId: number | null
): Promise<EventFinding[]> {
  const { details, effectiveOn } = input
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
  const places = await placesOf(trx, post as PostPlaces, effectiveOn, input)
  if (places.free === 0) {
    const { held, claimed, promised } = places
    const events = namesOf(places.hires) || 'none'
    const taken = { ...params, headcount: Number(headcount), held, claimed, promised, events }
    findings.push({ field: 'post_id', code: 'headcount_full', params: taken })
  }
  return findings
}

const FIELDS = { post_closed: 'post_id', post_employment: 'employment_type', grade_unfit: 'grade' }

export interface PostPlaces {
  id: number
  unit_id: number
  headcount: number | null
}

/**
 * The places of a post on a day: who holds it, whom batches and selection rounds under way will
 * bring, and what is promised to who begins later, the event itself and its person left out.
 */
export async function placesOf(
  trx: Trx,
  { id, unit_id: unitId, headcount }: PostPlaces,
  date: string,
  { id: eventId, personId }: { id?: number; personId?: number } = {}
) {
  const postId = Number(id)
  const held = await holders(trx, date).where('post_id', postId).forUpdate().select('id')
  const claimed = await postClaimsPort.of(postId, trx, personId)
  const hires = (await otherHires(trx, Number(unitId), eventId)).filter(
    ({ details }) => details.postId === postId
  )
  const promised = (await promisedPlaces([postId], date, trx, hires)).get(postId) ?? 0
  const limit = headcount === null ? null : Number(headcount)
  const { free } = headcountFigures(limit, held.length, claimed + promised)
  return { free, held: held.length, claimed, promised, hires }
}
