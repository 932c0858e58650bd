import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import type { BodyKind, Quorum, SeatRole } from '../domain/bodies.js'
import { BODY_KINDS, SEAT_ROLES } from '../domain/bodies.js'

export interface BodyRow {
  id: number
  kind: BodyKind
  name: string
  quorum: Quorum
  minutesMark: string
  version: number
}

export interface SeatRow {
  id: number
  bodyId: number
  seatNo: number
  role: SeatRole
  title: string
  unitId: number | null
  unitName: string | null
  validFrom: string
  validTo: string | null
  version: number
  /** Who holds it on the day asked: by the seat, or as head of its unit. */
  holder: Holder | null
}

export interface Holder {
  id: number
  personId: number | null
  name: string
  validFrom: string
  version: number
}

/** In the order of rank: leading group, joint meeting, supervising body. */
export async function allBodies(client: Client = db): Promise<BodyRow[]> {
  const rows = (await client.from('bodies')).map(bodyOf)
  return rows.sort((a, b) => BODY_KINDS.indexOf(a.kind) - BODY_KINDS.indexOf(b.kind))
}

export async function bodyById(id: number, client: Client = db): Promise<BodyRow> {
  const row = await client.from('bodies').where('id', id).first()
  if (!row) throw new NotFoundError('body')
  return bodyOf(row)
}

export async function bodyOfKind(kind: BodyKind, client: Client = db): Promise<BodyRow | null> {
  const row = await client.from('bodies').where('kind', kind).first()
  return row ? bodyOf(row) : null
}

/** Seats in force on a civil date with their holders, heads first. */
export async function seatsOf(
  bodyId: number,
  onDate: string = clock.today(),
  client: Client = db
): Promise<SeatRow[]> {
  const rows = await seatsFrom(client)
    .where('body_seats.body_id', bodyId)
    .where('body_seats.valid_from', '<=', onDate)
    .where((open) =>
      open.whereNull('body_seats.valid_to').orWhere('body_seats.valid_to', '>', onDate)
    )
  const holders = await holdersOn(onDate, client)
  return rows
    .map((row) => seatOf(row, holders))
    .sort(
      (a, b) =>
        SEAT_ROLES.indexOf(a.role) - SEAT_ROLES.indexOf(b.role) ||
        a.seatNo - b.seatNo ||
        a.id - b.id
    )
}

export async function seatById(id: number, client: Client = db): Promise<SeatRow> {
  const row = await seatsFrom(client).where('body_seats.id', id).first()
  if (!row) throw new NotFoundError('seat')
  return seatOf(row, await holdersOn(clock.today(), client))
}

export interface Holders {
  ofSeat: Map<number, Holder>
  ofUnit: Map<number, Holder>
}

/** Who holds which post on a civil date. */
export async function holdersOn(onDate: string, client: Client = db): Promise<Holders> {
  const rows = await client
    .from('post_holders')
    .where('valid_from', '<=', onDate)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', onDate))
    .orderBy('id')
  const holders: Holders = { ofSeat: new Map(), ofUnit: new Map() }
  for (const row of rows) {
    const holder = {
      id: Number(row.id),
      personId: row.person_id === null ? null : Number(row.person_id),
      name: row.name,
      validFrom: row.valid_from,
      version: Number(row.version),
    }
    if (row.seat_id === null) holders.ofUnit.set(Number(row.unit_id), holder)
    else holders.ofSeat.set(Number(row.seat_id), holder)
  }
  return holders
}

/** Posts that a person holds today: seats (by title or as head of their unit) and units. */
export async function postsOfPerson(personId: number, onDate: string = clock.today()) {
  const rows = await db
    .from('post_holders')
    .where('person_id', personId)
    .where('valid_from', '<=', onDate)
    .where((open) => open.whereNull('valid_to').orWhere('valid_to', '>', onDate))
    .select('seat_id', 'unit_id')
  const unitIds = rows.flatMap(({ unit_id: id }) => (id === null ? [] : [Number(id)]))
  const own = rows.flatMap(({ seat_id: id }) => (id === null ? [] : [Number(id)]))
  const asHead = unitIds.length ? await db.from('body_seats').whereIn('unit_id', unitIds) : []
  return { unitIds, seatIds: [...own, ...asHead.map(({ id }) => Number(id))] }
}

export interface UnitHead {
  unitId: number
  unitName: string
  holder: Holder | null
}

/** Units that owe something or have a seat, each with its head today. */
export async function unitHeads(): Promise<UnitHead[]> {
  const holders = await holdersOn(clock.today())
  const rows = await db
    .from('units')
    .whereNull('dissolved_on')
    .where((any) =>
      any
        .whereIn('id', db.from('task_parts').select('unit_id'))
        .orWhereIn('id', db.from('body_seats').whereNotNull('unit_id').select('unit_id'))
    )
    .orderBy('name_pinyin')
    .orderBy('id')
    .select('id', 'name')
  return rows.map((row) => ({
    unitId: Number(row.id),
    unitName: row.name,
    holder: holders.ofUnit.get(Number(row.id)) ?? null,
  }))
}

function seatsFrom(client: Client) {
  return client
    .from('body_seats')
    .leftJoin('units', 'units.id', 'body_seats.unit_id')
    .select('body_seats.*', 'units.name as unit_name')
}

function bodyOf(row: any): BodyRow {
  return {
    id: Number(row.id),
    kind: row.kind,
    name: row.name,
    quorum: row.quorum,
    minutesMark: row.minutes_mark,
    version: Number(row.version),
  }
}

function seatOf(row: any, holders: Holders): SeatRow {
  const id = Number(row.id)
  const unitId = row.unit_id === null ? null : Number(row.unit_id)
  const asHead = unitId === null ? undefined : holders.ofUnit.get(unitId)
  return {
    id,
    bodyId: Number(row.body_id),
    seatNo: Number(row.seat_no),
    role: row.role,
    title: row.title,
    unitId,
    unitName: row.unit_name,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    version: Number(row.version),
    holder: holders.ofSeat.get(id) ?? asHead ?? null,
  }
}
