import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { withinUnits } from '#shared/lists/reach'
import type { ProposalKind } from '../domain/consequences.js'
import type { Rating } from '../domain/codes.js'
import type { TitledCycle } from '../domain/cycle_title.js'

export interface ProposalRow {
  cardId: number
  personId: number
  personName: string
  unitName: string
  departmentName: string | null
  rating: Rating | null
  kinds: ProposalKind[]
  resultVersion: number
  decision: { accepted: boolean; documentNo: string; reason: string | null } | null
}

/**
 * What the ratings of a year's cycle lead to, one row a person: the newest version of each result,
 * with what was decided about that version.
 */
export async function proposalsOf(cycleId: number, client: Client = db): Promise<ProposalRow[]> {
  const rows = await newest(client)
    .where('scorecards.cycle_id', cycleId)
    .leftJoin('departments', 'departments.id', 'scorecards.department_id')
    .leftJoin('documents', 'documents.id', 'rating_decisions.document_id')
    .orderBy('persons.name_pinyin')
    .orderBy('scorecards.id')
    .orderBy('rating_proposals.id')
    .select('rating_proposals.*', 'scorecards.person_id', 'scorecards.rating')
    .select('persons.name', 'units.name as unit_name', 'departments.name as department_name')
    .select(
      'rating_decisions.accepted',
      'rating_decisions.reason',
      'documents.document_no as document'
    )
  return [...Map.groupBy(rows, (row) => Number(row.scorecard_id))].map(([cardId, list]) => {
    const [first] = list
    return {
      cardId,
      personId: Number(first.person_id),
      personName: first.name,
      unitName: first.unit_name,
      departmentName: first.department_name,
      rating: first.rating,
      kinds: list.map(({ kind }) => kind),
      resultVersion: Number(first.result_version),
      decision:
        first.accepted === null
          ? null
          : {
              accepted: Boolean(first.accepted),
              documentNo: first.document,
              reason: first.reason,
            },
    }
  })
}

/** How many people's consequences wait for a decision, by cycle. */
export async function undecidedConsequences(
  units: 'all' | number[]
): Promise<Array<{ cycle: TitledCycle & { id: number; number: string }; people: number }>> {
  const query = newest(db)
    .join('review_cycles', 'review_cycles.id', 'scorecards.cycle_id')
    .whereNull('rating_decisions.id')
    .groupBy(...CYCLE)
    .orderBy('review_cycles.id')
    .select(...CYCLE)
    .countDistinct('scorecards.id as people')
  withinUnits(query, 'review_cycles.unit_id', units)
  const rows = await query
  return rows.map(({ id, title, number, kind, period_from: from, people }) => ({
    cycle: { id: Number(id), number, title, kind, period: { from } },
    people: toInt(people),
  }))
}

const CYCLE = ['id', 'title', 'number', 'kind', 'period_from'].map(
  (name) => `review_cycles.${name}`
)

export interface AcceptedStep {
  decisionId: number
  personId: number
  personName: string
  unitId: number
  unitName: string
  rating: Rating
  /** 1 January after the year that was reviewed. */
  from: string
  documentNo: string
}

/** Steps that were accepted by the newest version of a result; pay raises them once. */
export async function acceptedSteps(
  filter: { units: 'all' | number[]; decisionId?: number },
  client: Client = db
): Promise<AcceptedStep[]> {
  const query = newest(client)
    .join('review_cycles', 'review_cycles.id', 'scorecards.cycle_id')
    .join('documents', 'documents.id', 'rating_decisions.document_id')
    .where('rating_decisions.accepted', true)
    .where('rating_proposals.kind', 'step_up')
    .orderBy('persons.name_pinyin')
    .orderBy('scorecards.id')
    .select('rating_decisions.id', 'scorecards.person_id', 'scorecards.unit_id')
    .select('scorecards.rating', 'persons.name', 'units.name as unit_name')
    .select('review_cycles.period_to', 'documents.document_no as document')
  withinUnits(query, 'scorecards.unit_id', filter.units)
  if (filter.decisionId) query.where('rating_decisions.id', filter.decisionId)
  const rows = await query
  return rows.map((row) => ({
    decisionId: Number(row.id),
    personId: Number(row.person_id),
    personName: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    rating: row.rating,
    from: row.period_to,
    documentNo: row.document,
  }))
}

/** Proposals of each card's newest result that has any, with the decision about that version. */
function newest(client: Client) {
  return client
    .from('rating_proposals')
    .join('scorecards', 'scorecards.id', 'rating_proposals.scorecard_id')
    .join('persons', 'persons.id', 'scorecards.person_id')
    .join('units', 'units.id', 'scorecards.unit_id')
    .leftJoin('rating_decisions', (join) => {
      join
        .on('rating_decisions.scorecard_id', 'rating_proposals.scorecard_id')
        .andOn('rating_decisions.result_version', 'rating_proposals.result_version')
    })
    .whereNotExists((later) =>
      later
        .from('rating_proposals as later')
        .whereColumn('later.scorecard_id', 'rating_proposals.scorecard_id')
        .whereColumn('later.result_version', '>', 'rating_proposals.result_version')
    )
}
