import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { Rating } from '../domain/codes.js'
import { RESULT_STATES } from '../domain/cycle_states.js'
import { cardList } from './cards.js'
import { cycleById, cycleList, type CycleRow } from './cycles.js'

/** What pay takes from a cycle for one person; exact decimals as text, as the sheet names them. */
export interface ResultForPay {
  cardId: number
  personId: number
  personName: string
  unitId: number
  unitName: string
  departmentId: number | null
  departmentName: string | null
  postId: number | null
  postName: string | null
  /** 岗位性质 */
  nature: string | null
  /** 岗位类别 */
  category: string | null
  employmentType: string
  frontLine: boolean
  /** 岗位价值系数 */
  coefficient: string | null
  /** 工作量分 */
  quantity: string | null
  /** 质量分 */
  quality: string | null
  /** 加减分 */
  adjustment: string
  /** 出勤率 */
  attendance: string
  /** By the scheme of the class, after calibration. */
  score: string | null
  rating: Rating | null
  leader: boolean
  /** Grows with every correction: pay names it, so that a difference can be traced. */
  resultVersion: number
}

/**
 * Results of a cycle whose collective decision stands (publicity, signing, closed), one a person,
 * in the order of names; `decided` is false before that and the list is empty.
 */
export async function resultsForPay(
  cycleId: number,
  client: Client = db
): Promise<{ cycle: CycleRow; decided: boolean; results: ResultForPay[] }> {
  const cycle = await cycleById(cycleId, client)
  const decided = RESULT_STATES.includes(cycle.state)
  if (!decided) return { cycle, decided, results: [] }
  const cards = await cardList({ cycleId, units: 'all' }, client)
  const versions = await resultVersions(cycleId, client)
  const results = cards.map((card) => ({
    cardId: card.id,
    personId: card.personId,
    personName: card.personName,
    unitId: card.unitId,
    unitName: card.unitName,
    departmentId: card.departmentId,
    departmentName: card.departmentName,
    postId: card.postId,
    postName: card.postName,
    nature: card.nature,
    category: card.category,
    employmentType: card.employmentType,
    frontLine: card.frontLine,
    coefficient: card.coefficient,
    quantity: card.quantity,
    quality: card.quality,
    adjustment: card.adjustment ?? '0',
    attendance: card.attendance ?? '1',
    score: card.score,
    rating: card.rating,
    leader: card.outlook === 'leader',
    resultVersion: versions.get(card.id) ?? 0,
  }))
  return { cycle, decided, results }
}

/** Cycles whose results pay may use, newest first. */
export async function cyclesForPay(units: 'all' | number[]): Promise<CycleRow[]> {
  return cycleList({ units, states: RESULT_STATES })
}

async function resultVersions(cycleId: number, client: Client): Promise<Map<number, number>> {
  const rows = await client
    .from('scorecard_changes')
    .join('scorecards', 'scorecards.id', 'scorecard_changes.scorecard_id')
    .where('scorecards.cycle_id', cycleId)
    .groupBy('scorecard_id')
    .select('scorecard_id')
    .max('result_version as latest')
  return new Map(rows.map((row) => [Number(row.scorecard_id), Number(row.latest)]))
}
