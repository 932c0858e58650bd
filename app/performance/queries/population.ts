import type { Client } from '#decisions/queries/client'
import { idOrNull, inChunks } from '#shared/database'
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

/** Start of a service that nobody wrote down. */
const LONG_AGO = '1900-01-01'

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
  const others = await servicesElsewhere([...byPerson.keys()], rows, input.period, client)
  const known = await firstDays([...byPerson.keys()], client)
  const leaves = await leavesOf([...byPerson.keys()], input.period, client)
  return [...byPerson].flatMap(([personId, all]) => {
    const list = all
      .map((row) => ({ row, service: serviceOf(row, known.get(personId)!) }))
      .filter(({ service }) => service.from < input.period.to)
    if (list.length === 0) return []
    const last = list.at(-1)!.row
    const leader = input.leaders.has(personId) || Boolean(last.leader_post)
    const services = list.map(({ service }) => service)
    const elsewhere = (others.get(personId) ?? []).map((row) =>
      serviceOf(row, known.get(personId)!)
    )
    const away = leaves.get(personId) ?? []
    const participant = {
      personId,
      unitId: Number(last.unit_id),
      departmentId: idOrNull(last.department_id),
      postId: idOrNull(last.post_id),
      nature: last.post_nature,
      category: last.quota_category ?? last.post_category,
      employmentType: last.employment_type,
      standing: standingOf(input.kind, input.period, services, away, leader, elsewhere),
    }
    return [participant]
  })
}

function servicesIn({ period, unitIds }: PopulationInput, client: Client) {
  return servicesDuring(period, client)
    .whereIn('a.unit_id', unitIds)
    .whereIn('a.employment_type', ['establishment', 'contract'])
}

/** What these people did in the period besides: in other units, or as somebody the company pays. */
async function servicesElsewhere(
  personIds: number[],
  here: Array<{ id: number }>,
  period: PopulationInput['period'],
  client: Client
) {
  const counted = new Set(here.map(({ id }) => Number(id)))
  const rows = await inChunks(personIds, 400, (piece) =>
    servicesDuring(period, client).whereIn('a.person_id', piece)
  )
  const others = rows.filter(({ id }) => !counted.has(Number(id)))
  return Map.groupBy(others, (row) => Number(row.person_id))
}

function servicesDuring(period: PopulationInput['period'], client: Client) {
  return assignmentQuery(client)
    .where({ 'a.kind': 'main', 'a.live': 1 })
    .where((begun) => begun.where('a.valid_from', '<', period.to).orWhere('a.source', 'roster'))
    .where((open) => open.whereNull('a.valid_to').orWhere('a.valid_to', '>', period.from))
    .select('o.category as post_category')
    .orderBy('a.valid_from')
    .orderBy('a.id')
}

/** The day on which each person's record begins, in whatever unit. */
async function firstDays(personIds: number[], client: Client): Promise<Map<number, string>> {
  const rows = await inChunks(personIds, 400, (piece) =>
    client
      .from('assignments')
      .where({ kind: 'main', live: 1 })
      .whereIn('person_id', piece)
      .groupBy('person_id')
      .select('person_id')
      .min('valid_from as first')
  )
  return new Map(rows.map((row) => [Number(row.person_id), row.first]))
}

function serviceOf(row: any, firstDay: string): Service {
  // The roster with which a record begins says where somebody stands, not since when: the real
  // start is earlier, not before the person began to work at all.
  const fromRoster = row.source === 'roster' && row.valid_from === firstDay
  return {
    from: fromRoster ? (row.work_started_on ?? LONG_AGO) : row.valid_from,
    roster: fromRoster ? row.valid_from : null,
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
