import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { assignmentsAsOf } from '#people/queries/assignments'
import { isOpenRecovery, whyOpen, type WhyOpen } from '../domain/differences.js'
import type { DifferenceRow } from './differences.js'

export interface OpenRecovery {
  why: WhyOpen
  /** Where the person works now. */
  unit: string
}

/** Of the recoveries that are open still: why, by where the person stands on a day. */
export async function openRecoveries(
  differences: DifferenceRow[],
  day: string,
  client: Client = db
): Promise<Map<number, OpenRecovery>> {
  const open = differences.filter(isOpenRecovery)
  const personIds = [...new Set(open.map(({ personId }) => personId))]
  const places = personIds.length
    ? await assignmentsAsOf(day, { personIds, kind: 'main' }, client as any)
    : []
  const byPerson = new Map(places.map((place) => [place.personId, place]))
  return new Map(
    open.map((difference) => {
      const place = byPerson.get(difference.personId) ?? null
      return [difference.id, { why: whyOpen(difference, place), unit: place?.unitName ?? '' }]
    })
  )
}
