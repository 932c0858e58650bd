import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { BodyKind } from '../domain/bodies.js'
import type { Post } from '../domain/supervision.js'
import { bodyOfKind, holdersOn, seatsOf } from './bodies.js'

/** The unit itself speaks for the reminder; the others by who leads them. */
const BODIES: readonly BodyKind[] = ['joint_meeting', 'leading_group', 'supervisor']

/** The posts of every level of supervision of a unit and who holds them on a civil date. */
export async function supervisionPosts(
  unit: { id: number; name: string },
  onDate: string,
  client: Client = db
): Promise<Post[][]> {
  const head = (await holdersOn(onDate, client)).ofUnit.get(unit.id) ?? null
  const post = { seatId: null, unitId: unit.id }
  const levels: Post[][] = [
    [{ ...post, title: unit.name, holder: { personId: null, name: unit.name } }],
    [{ ...post, title: `${unit.name}主要负责人`, holder: head }],
  ]
  for (const kind of BODIES) levels.push(await headsOf(kind, onDate, client))
  return levels
}

async function headsOf(kind: BodyKind, onDate: string, client: Client): Promise<Post[]> {
  const body = await bodyOfKind(kind, client)
  if (!body) return []
  const heads = (await seatsOf(body.id, onDate, client)).filter(({ role }) => role === 'head')
  if (heads.length === 0) return [{ title: body.name, seatId: null, unitId: null, holder: null }]
  return heads.map(({ id, title, holder }) => ({
    title: `${body.name}：${title}`,
    seatId: id,
    unitId: null,
    holder,
  }))
}
