import db from '@adonisjs/lucid/services/db'
import { buildActor } from '#accounts/queries/build_actor'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { sha256 } from '#shared/crypto'
import { inTransaction } from '#shared/database'
import { mayOnItem, outlook, unitsOf, type ForecastRow } from './forecast.js'

export interface FeedRow {
  id: number
  name: string
  unitId: number | null
  unitName: string | null
  createdAt: string
  readAt: string | null
  revokedAt: string | null
}

/** The own addresses, newest first. */
export async function feedsOf(userId: number): Promise<FeedRow[]> {
  const rows = await db
    .from('calendar_feeds')
    .leftJoin('units', 'units.id', 'calendar_feeds.unit_id')
    .where('calendar_feeds.user_id', userId)
    .orderBy('calendar_feeds.id', 'desc')
    .select('calendar_feeds.*', 'units.name as unit')
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    unitId: row.unit_id === null ? null : Number(row.unit_id),
    unitName: row.unit,
    createdAt: row.created_at,
    readAt: row.read_at,
    revokedAt: row.revoked_at,
  }))
}

export interface Feed {
  name: string
  actor: Actor
  rows: ForecastRow[]
}

/**
 * What an address shows today: only what its owner may see today. Null when it is unknown, revoked,
 * or its owner's account is closed.
 */
export async function readFeed(token: string): Promise<Feed | null> {
  const row = await db
    .from('calendar_feeds')
    .join('users', 'users.id', 'calendar_feeds.user_id')
    .where('calendar_feeds.token_digest', sha256(token))
    .whereNull('calendar_feeds.revoked_at')
    .where('users.state', 'active')
    .select('calendar_feeds.*')
    .first()
  if (!row) return null
  const actor = await buildActor(Number(row.user_id))
  const view = await outlook()
  await inTransaction((trx) =>
    trx.from('calendar_feeds').where('id', row.id).update({ read_at: clock.now() })
  )
  const unitId = row.unit_id === null ? null : Number(row.unit_id)
  const rows = (view?.rows ?? [])
    .filter((item) => mayOnItem(actor, 'programme.view', item))
    .filter((item) => (unitId ? unitsOf(item).includes(unitId) : concerns(actor, item)))
  return { name: row.name, actor, rows }
}

/** The own items and those of the own units; who sees everything gets the milestones beside the own. */
function concerns(actor: Actor, item: ForecastRow): boolean {
  if (item.responsibleId === actor.userId) return true
  const units = actor.unitsFor('programme.view')
  if (units === 'all') return item.kind === 'milestone'
  return unitsOf(item).some((id) => units.includes(id))
}
