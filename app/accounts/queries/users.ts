import db from '@adonisjs/lucid/services/db'
import { civilTime, clock } from '#shared/clock'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'

export interface UserRow {
  id: number
  username: string
  name: string
  unit: string | null
  state: string
  locked: boolean
  twoStep: boolean
  lastSignIn: string | null
  demo: boolean
  email: string | null
  version: number
}

/** Accounts by user name; `text` matches name and user name. */
export async function listUsers(filter: {
  text?: string
  state?: string
  cursor: string | null
}): Promise<KeysetPage<UserRow>> {
  const query = db
    .from('users')
    .leftJoin('assignments', (join) =>
      join.on('assignments.person_id', 'users.person_id').andOnVal('assignments.open_main', 1)
    )
    .leftJoin('units', 'units.id', 'assignments.unit_id')
    .select('users.*', 'units.name as unit')
  if (filter.text) {
    const like = `%${filter.text}%`
    query.where((where) =>
      where.where('users.name', 'like', like).orWhere('users.username', 'like', like)
    )
  }
  if (filter.state) query.where('users.state', filter.state)
  const page = await keysetPage<any>(query, {
    column: 'users.username',
    idColumn: 'users.id',
    direction: 'asc',
    size: PAGE_SIZE,
    cursor: filter.cursor,
  })
  return { ...page, rows: page.rows.map(userRow) }
}

export async function userById(id: number): Promise<UserRow> {
  const row = await db
    .from('users')
    .leftJoin('assignments', (join) =>
      join.on('assignments.person_id', 'users.person_id').andOnVal('assignments.open_main', 1)
    )
    .leftJoin('units', 'units.id', 'assignments.unit_id')
    .where('users.id', id)
    .select('users.*', 'units.name as unit')
    .firstOrFail()
  return userRow(row)
}

function userRow(row: any): UserRow {
  return {
    id: Number(row.id),
    username: row.username,
    name: row.name,
    unit: row.unit,
    state: row.state,
    locked: row.locked_until !== null && row.locked_until > clock.now(),
    twoStep: row.totp_enabled_at !== null,
    lastSignIn: row.last_sign_in_at ? civilTime(row.last_sign_in_at) : null,
    demo: Boolean(row.demo),
    email: row.email,
    version: Number(row.version),
  }
}
