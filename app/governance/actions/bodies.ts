import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  affected,
  insertRow,
  inTransaction,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { MoveError } from '#shared/errors'
import type { BodyKind, Quorum, SeatRole } from '../domain/bodies.js'
import { bodyById, bodyOfKind, seatById } from '../queries/bodies.js'
import { insertOnce, refuse } from '../guards.js'

const MARKS: Record<BodyKind, string> = {
  leading_group: '市融改纪',
  joint_meeting: '市融改联纪',
  supervisor: '市深改纪',
}

/** The body of a kind, founded when it is not there yet. */
export async function ensureBody(
  trx: Trx,
  actor: Actor,
  kind: BodyKind,
  name: string
): Promise<{ id: number; made: boolean }> {
  const known = await bodyOfKind(kind, trx)
  if (known) return { id: known.id, made: false }
  const id = await insertRow(trx, 'bodies', {
    kind,
    name,
    quorum: 'half',
    minutes_mark: MARKS[kind],
    version: 1,
    created_at: clock.now(),
  })
  await record(trx, actor, {
    action: 'governance.body.founded',
    subjectType: 'body',
    subjectId: id,
    changes: { name },
  })
  return { id, made: true }
}

export async function editBody(
  input: { bodyId: number; version: number; name: string; quorum: Quorum; minutesMark: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await bodyById(input.bodyId, client)
    await updateVersioned(client, 'bodies', before.id, input.version, {
      name: input.name,
      quorum: input.quorum,
      minutes_mark: input.minutesMark,
    })
    await record(client, actor, {
      action: 'governance.body.edited',
      subjectType: 'body',
      subjectId: before.id,
      changes: {
        name: [before.name, input.name],
        quorum: [before.quorum, input.quorum],
        minutes_mark: [before.minutesMark, input.minutesMark],
      },
    })
  }, trx)
}

export interface SeatInput {
  bodyId: number
  role: SeatRole
  /** Name of the office; of a unit's seat the unit's name when left out. */
  title: string | null
  unitId: number | null
  validFrom: string
}

/** Adds a seat; returns its id. */
export async function addSeat(input: SeatInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    if (input.unitId) await assertUnitAlive(client, input.unitId, input.validFrom)
    const unit = input.unitId ? await client.from('units').where('id', input.unitId).first() : null
    const title = input.title ?? unit?.name
    if (!title) refuse('title', 'title_or_unit')
    const [{ last }] = await client
      .from('body_seats')
      .where('body_id', input.bodyId)
      .max('seat_no as last')
    const row = {
      body_id: input.bodyId,
      seat_no: Number(last ?? 0) + 1,
      role: input.role,
      title,
      unit_id: input.unitId,
      valid_from: input.validFrom,
      version: 1,
      created_at: clock.now(),
    }
    const id = await insertOnce(client, 'body_seats', row, () =>
      refuse('title', 'seat_taken', { title })
    )
    await tell(client, actor, 'seat_added', 'body', input.bodyId, { title, role: input.role })
    return id
  }, trx)
}

/** Ends a seat on a day; who holds it by title goes with it. */
export async function endSeat(
  input: { seatId: number; version: number; on: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const seat = await seatById(input.seatId, client)
    if (seat.validTo !== null) throw new MoveError({ id: seat.id, verb: 'end' })
    if (input.on < seat.validFrom) refuse('on', 'before_beginning')
    await updateVersioned(client, 'body_seats', seat.id, input.version, { valid_to: input.on })
    await endHolders(client, { seat_id: seat.id }, input.on)
    await tell(client, actor, 'seat_ended', 'body', seat.bodyId, {
      title: seat.title,
      valid_to: input.on,
    })
  }, trx)
}

export interface HolderInput {
  post: { seatId: number } | { unitId: number }
  /** Null: from that day nobody holds it. */
  holder: { personId: number | null; name: string } | null
  from: string
}

/** Who holds a post from a day on; the one before ends that day. Nobody: the post is vacant. */
export async function setHolder(input: HolderInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const key =
      'seatId' in input.post ? { seat_id: input.post.seatId } : { unit_id: input.post.unitId }
    // who holds it now: another one may just have been put there
    const held = client.from('post_holders').where(key).whereNull('valid_to')
    const before = await held.forUpdate().first()
    if (before && before.valid_from > input.from) refuse('from', 'before_beginning')
    await endHolders(client, key, input.from)
    if (input.holder) await insertHolder(client, key, input.holder, input.from)
    const [subjectType, subjectId] =
      'seatId' in input.post
        ? (['body', (await seatById(input.post.seatId, client)).bodyId] as const)
        : (['unit', input.post.unitId] as const)
    await tell(client, actor, 'holder_set', subjectType, subjectId, {
      holder: [before?.name ?? null, input.holder?.name ?? null],
      valid_from: input.from,
    })
  }, trx)
}

function insertHolder(
  trx: Trx,
  key: Row,
  holder: { personId: number | null; name: string },
  from: string
) {
  return insertOnce(trx, 'post_holders', {
    ...key,
    person_id: holder.personId,
    name: holder.name,
    valid_from: from,
    version: 1,
    created_at: clock.now(),
  })
}

export async function endHolders(trx: Trx, key: Row, on: string) {
  const ended = await trx
    .from('post_holders')
    .where(key)
    .whereNull('valid_to')
    .update({ valid_to: on, updated_at: clock.now(), version: trx.raw('version + 1') })
  return affected(ended)
}

function tell(
  trx: Trx,
  actor: Actor,
  done: string,
  subjectType: string,
  subjectId: number,
  changes: Row
) {
  return record(trx, actor, {
    action: `governance.body.${done}`,
    subjectType,
    subjectId,
    changes,
  })
}
