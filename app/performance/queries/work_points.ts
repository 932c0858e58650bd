import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull, inChunks, toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'

export interface WorkPointRow {
  id: number
  key: string
  personId: number
  personName: string
  unitId: number
  unitName: string
  departmentId: number | null
  departmentName: string | null
  kind: string
  piece: string
  /** Thousandths of a point. */
  milli: number
  workedOn: string
  reversesId: number | null
  reversedBy: number | null
  reason: string | null
  recordedAt: string
}

export interface WorkPointFilter {
  personId?: number | null
  unitId?: number | null
  departmentId?: number | null
  kind?: string | null
  from?: string | null
  /** Half-open. */
  to?: string | null
  units: 'all' | number[]
  departments?: number[]
  /** The own entries besides what the grants reach. */
  own?: number | null
}

/** Newest first. */
export async function workPointPage(
  filter: WorkPointFilter,
  cursor: string | null
): Promise<KeysetPage<WorkPointRow>> {
  const page = await keysetPage<any>(matching(filter), {
    column: 'work_points.worked_on',
    idColumn: 'work_points.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(pointOf) }
}

export async function workPointList(filter: WorkPointFilter) {
  const rows = await matching(filter).orderBy('work_points.worked_on').orderBy('work_points.id')
  return rows.map(pointOf)
}

/** Sum of the filter, reversals taken off, in thousandths. */
export async function workPointTotal(filter: WorkPointFilter): Promise<number> {
  const [row] = await matching(filter).clearSelect().sum('work_points.points_milli as total')
  return toInt(row.total)
}

export async function workPointById(id: number, client: Client = db): Promise<WorkPointRow> {
  const row = await pointsFrom(client).where('work_points.id', id).first()
  if (!row) throw new NotFoundError('work point')
  return pointOf(row)
}

/** Sum of a period for each of these people, in thousandths. */
export async function workPointSums(
  personIds: number[],
  period: { from: string; to: string },
  client: Client = db
): Promise<Map<number, number>> {
  const rows = await inChunks(personIds, 400, (piece) =>
    client
      .from('work_points')
      .whereIn('person_id', piece)
      .where('worked_on', '>=', period.from)
      .where('worked_on', '<', period.to)
      .groupBy('person_id')
      .select('person_id')
      .sum('points_milli as total')
  )
  return new Map(rows.map((row) => [Number(row.person_id), toInt(row.total)]))
}

/** Kinds that were ever booked, for the filter. */
export async function workPointKinds(): Promise<string[]> {
  const rows = await db.from('work_points').distinct('kind').orderBy('kind')
  return rows.map(({ kind }) => kind)
}

function matching(filter: WorkPointFilter) {
  const query = pointsFrom(db)
  const equal = {
    'work_points.person_id': filter.personId,
    'work_points.unit_id': filter.unitId,
    'work_points.department_id': filter.departmentId,
    'work_points.kind': filter.kind,
  }
  for (const [column, value] of Object.entries(equal)) if (value) query.where(column, value)
  if (filter.from) query.where('work_points.worked_on', '>=', filter.from)
  if (filter.to) query.where('work_points.worked_on', '<', filter.to)
  if (filter.units !== 'all') {
    const { units, departments = [], own = null } = filter
    query.where((reach) => {
      reach.whereIn('work_points.unit_id', units.length ? units : [-1])
      if (departments.length) reach.orWhereIn('work_points.department_id', departments)
      if (own !== null) reach.orWhere('work_points.person_id', own)
    })
  }
  return query
}

function pointsFrom(client: Client) {
  return client
    .from('work_points')
    .join('persons', 'persons.id', 'work_points.person_id')
    .join('units', 'units.id', 'work_points.unit_id')
    .leftJoin('departments', 'departments.id', 'work_points.department_id')
    .leftJoin('work_points as back', 'back.reverses_id', 'work_points.id')
    .select('work_points.*', 'persons.name as person_name', 'units.name as unit_name')
    .select('departments.name as department_name', 'back.id as reversed_by')
}

function pointOf(row: any): WorkPointRow {
  return {
    id: Number(row.id),
    key: row.entry_key,
    personId: Number(row.person_id),
    personName: row.person_name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    departmentId: idOrNull(row.department_id),
    departmentName: row.department_name,
    kind: row.kind,
    piece: row.piece,
    milli: toInt(row.points_milli),
    workedOn: row.worked_on,
    reversesId: idOrNull(row.reverses_id),
    reversedBy: idOrNull(row.reversed_by),
    reason: row.reason,
    recordedAt: row.recorded_at,
  }
}
