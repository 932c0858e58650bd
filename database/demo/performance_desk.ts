import { recordDocument } from '#decisions/actions/record_document'
import { cycleById } from '#performance/queries/cycles'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import type { City } from './city.js'

/** Reviewed by the supervising body, in no base. */
export const LEADERS = ['崔洋磊', '吴芳琪']

/** The merged units, whose people the centre reviews with its own. */
export function takingPart({ units }: City): number[] {
  return ['广播电视台', '报社', '新闻网络舆情中心'].map((name) => units.get(name)!)
}

/** The last year that was over when the quarter began: reviewed as a whole by now, whatever day it is. */
export function reviewedYear({ quarter }: City): number {
  return Number(quarter.slice(0, 4)) - 1
}

export async function at(cycleId: number) {
  return { cycleId, version: (await cycleById(cycleId)).version }
}

export function document(city: City, number: number, title: string, actor: Actor) {
  return inTransaction((trx) =>
    recordDocument(trx, actor, {
      documentNo: city.no(number),
      title,
      issuer: '市融媒体中心',
      issuedOn: clock.today(),
    })
  )
}
