import { record } from '#audit/actions/record'
import { homeAssignmentOf } from '#people/queries/assignments'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, isUniqueViolation, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { Exact } from '#shared/formulas/formula'
import { workPointById } from '../queries/work_points.js'

export interface PointsInput {
  /** Names the fact once and for all, e.g. `story:12:author:5`: booked twice it counts once. */
  key: string
  personId: number
  /** What it was for: `稿件`, `直播`, `值班`. */
  kind: string
  /** The piece: title of the story, name of the programme. */
  piece: string
  /** Exact decimal with at most three places; negative for a deduction. */
  points: string
  workedOn: string
}

const LARGEST = 1_000_000_000

/**
 * Books work points (工分) of a person: the action that the newsroom and other modules call, inside
 * their own transaction. The same key again has no second effect; returns the entry's id.
 */
export async function bookPoints(input: PointsInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    const known = await client.from('work_points').where('entry_key', input.key).first()
    if (known) return Number(known.id)
    return enter(client, actor, { ...input, milli: milliOf(input.points) })
  }, trx)
}

/** Takes an entry back by a second one of the opposite sign, once; returns its id. */
export async function reversePoints(
  input: { entryId: number; reason: string },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    const entry = await workPointById(input.entryId, client)
    if (entry.reversesId !== null) throw new DomainError('performance.errors.is_reversal')
    if (entry.reversedBy !== null) throw new DomainError('performance.errors.reversed_already')
    return enter(client, actor, {
      key: `reversal:${entry.id}`,
      personId: entry.personId,
      kind: entry.kind,
      piece: entry.piece,
      milli: -entry.milli,
      workedOn: entry.workedOn,
      reversesId: entry.id,
      reason: input.reason,
      place: { unitId: entry.unitId, departmentId: entry.departmentId },
    })
  }, trx)
}

interface Entry {
  key: string
  personId: number
  kind: string
  piece: string
  milli: number
  workedOn: string
  reversesId?: number
  reason?: string
  place?: { unitId: number; departmentId: number | null }
}

async function enter(trx: Trx, actor: Actor, entry: Entry): Promise<number> {
  const place = entry.place ?? (await homeAssignmentOf(entry.personId, entry.workedOn, trx))
  if (!place) throw new DomainError('performance.errors.person_without_unit')
  try {
    const id = await insertRow(trx, 'work_points', {
      entry_key: entry.key,
      person_id: entry.personId,
      unit_id: place.unitId,
      department_id: place.departmentId,
      kind: entry.kind,
      piece: entry.piece.slice(0, 200),
      points_milli: entry.milli,
      worked_on: entry.workedOn,
      reverses_id: entry.reversesId ?? null,
      reason: entry.reason ?? null,
      actor_id: actor.userId,
      recorded_at: clock.now(),
    })
    await record(trx, actor, {
      action: entry.reversesId ? 'performance.points.reversed' : 'performance.points.booked',
      subjectType: 'person',
      subjectId: entry.personId,
      changes: { kind: entry.kind, piece: entry.piece, points: pointsText(entry.milli) },
    })
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    if (entry.reversesId) throw new DomainError('performance.errors.reversed_already')
    // Booked by another transaction meanwhile: the same fact, the same entry.
    const row = await trx
      .from('work_points')
      .where('entry_key', entry.key)
      .forUpdate()
      .firstOrFail()
    return Number(row.id)
  }
}

/** Thousandths, from the digits; refused when it is no number of at most three places. */
export function milliOf(text: string): number {
  const points = Exact.parse(text)
  const milli = points?.times(Exact.from(1_000))
  const number = milli ? Number(milli.toString()) : Number.NaN
  if (!Number.isInteger(number) || number === 0 || Math.abs(number) > LARGEST) {
    const params = { value: text }
    const code = 'performance.errors.not_points'
    throw new DomainError(code, params, [{ field: 'points', code, params }])
  }
  return number
}

/** `1250` → `1.25` */
export function pointsText(milli: number): string {
  return Exact.from(milli).dividedBy(Exact.from(1_000)).toString()
}
