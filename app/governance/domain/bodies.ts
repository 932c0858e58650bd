export const BODY_KINDS = ['leading_group', 'joint_meeting', 'supervisor'] as const
export type BodyKind = (typeof BODY_KINDS)[number]

export const SEAT_ROLES = ['head', 'deputy', 'member'] as const
export type SeatRole = (typeof SEAT_ROLES)[number]

export const QUORUMS = ['half', 'two_thirds'] as const
export type Quorum = (typeof QUORUMS)[number]

export const ATTENDANCE = ['invited', 'present', 'substitute', 'absent', 'vacant'] as const
export type Attendance = (typeof ATTENDANCE)[number]

export interface QuorumResult {
  /** Seats that somebody holds: the base. */
  base: number
  needed: number
  came: number
  /** A head or deputy is there in person to preside. */
  presided: boolean
  reached: boolean
}

/**
 * May the meeting resolve? A vacant seat is no part of the base; a substitute counts for the seat,
 * but head and deputies preside in person only.
 */
export function quorumOf(
  rule: Quorum,
  seats: readonly { role: SeatRole; state: Attendance }[]
): QuorumResult {
  const base = seats.filter(({ state }) => state !== 'vacant').length
  const came = seats.filter(({ state }) => state === 'present' || state === 'substitute').length
  const presided = seats.some(({ role, state }) => role !== 'member' && state === 'present')
  const needed = rule === 'half' ? Math.floor(base / 2) + 1 : Math.ceil((base * 2) / 3)
  return { base, needed, came, presided, reached: presided && came >= needed }
}

/** 组长 and 牵头 lead, 副组长 stand in, everybody else is a member; null: no such word. */
export function seatRoleOf(text: string): SeatRole | null {
  const roles: Record<string, SeatRole> = {
    组长: 'head',
    牵头: 'head',
    牵头单位: 'head',
    召集人: 'head',
    总召集人: 'head',
    副组长: 'deputy',
    副召集人: 'deputy',
    成员: 'member',
    成员单位: 'member',
  }
  return roles[text.replace(/\s+/g, '')] ?? null
}
