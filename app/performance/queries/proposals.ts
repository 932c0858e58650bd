import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { ProposalKind } from '../domain/consequences.js'
import type { Rating } from '../domain/codes.js'

export interface ProposalRow {
  cardId: number
  personId: number
  personName: string
  unitName: string
  departmentName: string | null
  rating: Rating | null
  kinds: ProposalKind[]
  resultVersion: number
}

/**
 * What the ratings of a year's cycle lead to, one row a person: the newest version of each result.
 * Pay reads it for steps and performance pay.
 */
export async function proposalsOf(cycleId: number, client: Client = db): Promise<ProposalRow[]> {
  const rows = await client
    .from('rating_proposals')
    .join('scorecards', 'scorecards.id', 'rating_proposals.scorecard_id')
    .join('persons', 'persons.id', 'scorecards.person_id')
    .join('units', 'units.id', 'scorecards.unit_id')
    .leftJoin('departments', 'departments.id', 'scorecards.department_id')
    .where('scorecards.cycle_id', cycleId)
    .orderBy('persons.name_pinyin')
    .orderBy('scorecards.id')
    .orderBy('rating_proposals.id')
    .select('rating_proposals.*', 'scorecards.person_id', 'scorecards.rating')
    .select('persons.name', 'units.name as unit_name', 'departments.name as department_name')
  const byCard = Map.groupBy(rows, (row) => Number(row.scorecard_id))
  return [...byCard].map(([cardId, list]) => {
    const newest = Math.max(...list.map((row) => Number(row.result_version)))
    const [first] = list
    return {
      cardId,
      personId: Number(first.person_id),
      personName: first.name,
      unitName: first.unit_name,
      departmentName: first.department_name,
      rating: first.rating,
      kinds: list.filter((row) => Number(row.result_version) === newest).map(({ kind }) => kind),
      resultVersion: newest,
    }
  })
}
