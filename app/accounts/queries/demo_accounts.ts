import db from '@adonisjs/lucid/services/db'
import { ROLES, type Role } from '#shared/actor'
import { DEMO_PASSWORD } from '../domain/demo.js'

export interface DemoAccount {
  username: string
  name: string
  roles: Role[]
  password: string
}

/** Demo accounts for the sign-in page, alike roles together; none exist unless the demo city is loaded. */
export async function demoAccounts(): Promise<DemoAccount[]> {
  const rows = await db
    .from('users')
    .leftJoin('grants', (join) =>
      join.on('grants.user_id', 'users.id').andOnVal('grants.state', 'active')
    )
    .where({ 'demo': true, 'users.state': 'active', 'users.failed_sign_ins': 0 })
    .orderBy('users.id')
    .select('users.username', 'users.name', 'grants.role')
  const byName = new Map<string, DemoAccount>()
  for (const row of rows) {
    const account: DemoAccount = byName.get(row.username) ?? {
      username: row.username,
      name: row.name,
      roles: [],
      password: DEMO_PASSWORD,
    }
    account.roles.push(row.role ?? 'staff')
    byName.set(row.username, account)
  }
  return [...byName.values()].sort((a, b) => placeOf(a) - placeOf(b))
}

function placeOf({ roles }: DemoAccount): number {
  return ROLES.indexOf(roles[0])
}
