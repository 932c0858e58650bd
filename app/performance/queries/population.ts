import type { Client } from '#decisions/queries/client'
import { inChunks } from '#shared/database'
import { assignmentQuery } from '#people/queries/assignment_rows'
import type { CycleKind } from '../domain/codes.js'
import { standingOf, type Leave, type Service, type Standing } from '../domain/population.js'

/** Who takes part in a cycle, where the person stands and what is particular. */
export interface Participant {
  personId: number
  unitId: number
  departmentId: number | null
  postId: number | null
  nature: string | null
  category: string | null
  employmentType: string
  standing: Standing
}

export interface PopulationInput {
  kind: CycleKind
  period: { from: string; to: string }
  unitIds: number[]
  leaders: ReadonlySet<number>
}

/**
 * Everybody with a main assignment in the units during the period, establishment and contract
 * staff; the company reviews its own people. Leader posts on record are leaders of the cycle.
 */
export async function populationOf(input: PopulationInput, client: Client): Promise<Participant[]> {
  const rows = await servicesIn(input, client)
  const byPerson = Map.groupBy(rows, (row) => Number(row.person_id))
  const leaves = await leavesOf([...byPerson.keys()], input.period, client)
  return [...byPerson].map(([personId, list]) => {
    const last = list.at(-1)!
    const leader = input.leaders.has(personId) || Boolean(last.leader_post)
    const services = list.map(serviceOf)
    const away = leaves.get(personId) ?? []
    return {
      personId,
      unitId: Number(last.unit_id),
      departmentId: idOrNull(last.department_id),
      postId: idOrNull(last.post_id),
      nature: last.post_nature,
      category: last.quota_category ?? last.post_category,
      employmentType: last.employment_type,
      standing: standingOf(input.kind, input.period, services, away, leader),
    }
  })
}

function servicesIn({ period, unitIds }: PopulationInput, client: Client) {
  return assignmentQuery(client)
    .where({ 'a.kind': 'main', 'a.live': 1 })
    .whereIn('a.unit_id', unitIds)
    .whereIn('a.employment_type', ['establishment', 'contract'])
    .where('a.valid_from', '<', period.to)
    .where((open) => open.whereNull('a.valid_to').orWhere('a.valid_to', '>', period.from))
    .select('o.category as post_category')
    .orderBy('a.valid_from')
    .orderBy('a.id')
}

function serviceOf(row: any): Service {
  return {
    // A roster says where somebody stands, not since when: the real start is earlier.
    from: row.source === 'roster' ? '1900-01-01' : row.valid_from,
    to: row.valid_to,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    employmentType: row.employment_type,
  }
}

/** Long leaves of these people that touch the period; a return that was carried out ends one. */
async function leavesOf(
  personIds: number[],
  period: { from: string; to: string },
  client: Client
): Promise<Map<number, Leave[]>> {
  const events = await inChunks(personIds, 400, (piece) =>
    client
      .from('personnel_events')
      .whereIn('person_id', piece)
      .whereIn('kind', ['long_leave', 'return'])
      .where('state', 'done')
      .orderBy('effective_on')
      .select('person_id', 'kind', 'effective_on', 'until_on', 'details')
  )
  const leaves = new Map<number, Leave[]>()
  for (const event of events) {
    const personId = Number(event.person_id)
    const list = leaves.get(personId) ?? []
    const open = list.at(-1)
    if (event.kind === 'return') {
      if (open && (open.to === null || open.to > event.effective_on)) open.to = event.effective_on
      continue
    }
    const type = JSON.parse(event.details).leaveType ?? 'personal'
    leaves.set(personId, [...list, { type, from: event.effective_on, to: event.until_on }])
  }
  for (const [personId, list] of leaves) {
    const inside = list.filter(
      ({ from, to }) => from < period.to && (to === null || to > period.from)
    )
    leaves.set(personId, inside)
  }
  return leaves
}

const idOrNull = (value: unknown) => (value === null ? null : Number(value))
