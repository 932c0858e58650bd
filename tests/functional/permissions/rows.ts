import { ROLES, type Role } from '#shared/actor'
import type { Ground } from './world.js'

/** Who may ask for a route. */
export interface Row {
  /** With a grant that reaches the record's unit. */
  own: readonly Role[]
  /** With a grant over another unit only. */
  other: readonly Role[]
  /** With a grant over everything. */
  all: readonly Role[]
  /** The person whom the record is about, without any grant. */
  self: boolean
  /** Somebody who is not signed in. */
  anonymous: boolean
}

/**
 * A module's part of the matrix. `at` names the record of each parameter of the routes below a
 * prefix (`{ 'transfers.batches': { id: 'batch' } }`), `build` makes those records in the own unit.
 */
export interface Rows {
  rows: Record<string, Row>
  at?: Record<string, Record<string, string>>
  build?: (ground: Ground) => Promise<Record<string, number | string>>
}

const roles = (text: string): Role[] => {
  const list = text.split(/\s+/).filter(Boolean) as Role[]
  const unknown = list.filter((role) => !ROLES.includes(role))
  if (unknown.length) throw new Error(`no such role: ${unknown.join(', ')}`)
  return list
}

/** Without signing in. */
export const open: Row = { own: ROLES, other: ROLES, all: ROLES, self: true, anonymous: true }
/** Everybody who is signed in; what is shown is the own. */
export const everyone: Row = { ...open, anonymous: false }
/** Nobody but in another way than by a role (a link, a file of one's own). */
export const nobody: Row = { own: [], other: [], all: [], self: false, anonymous: false }
/** These roles wherever their unit is: lists that show their own reach, forms that start something. */
export const anywhere = (text: string): Row => {
  const list = roles(text)
  return { ...nobody, own: list, other: list, all: list }
}
/** These roles in the record's unit and in no other. */
export const inUnit = (text: string): Row => {
  const list = roles(text)
  return { ...nobody, own: list, all: list }
}
/** These roles by a grant over everything: what belongs to no unit. */
export const overAll = (text: string): Row => ({ ...nobody, all: roles(text) })
/** Different roles by each. */
export const mixed = (own: string, other: string, all: string): Row => ({
  ...nobody,
  own: roles(own),
  other: roles(other),
  all: roles(all),
})
/** And the person whom the record is about. */
export const orSelf = (row: Row): Row => ({ ...row, self: true })
