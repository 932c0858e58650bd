import type { Transitions } from '#shared/transitions'

export const MEETING_STATES = [
  'planned',
  'invited',
  'held',
  'submitted',
  'approved',
  'cancelled',
] as const
export type MeetingState = (typeof MEETING_STATES)[number]
export type MeetingVerb = 'invite' | 'hold' | 'submit' | 'return' | 'approve' | 'cancel'

/** 拟定 → 通知 → 召开 → 纪要送审 → 签发. */
export const MEETING_MOVES: Transitions<MeetingState, MeetingVerb> = {
  invite: { from: ['planned'], to: 'invited' },
  hold: { from: ['invited'], to: 'held' },
  submit: { from: ['held'], to: 'submitted' },
  return: { from: ['submitted'], to: 'held' },
  approve: { from: ['submitted'], to: 'approved' },
  cancel: { from: ['planned', 'invited'], to: 'cancelled' },
}

/** 发文字号 of the minutes: `市融改纪〔2022〕3号`. */
export function issueNo(mark: string, year: number, issue: number): string {
  return `${mark}〔${year}〕${issue}号`
}

/** How a resolution is cited: `市融改纪〔2022〕3号第2项`. */
export function resolutionNo(issue: string, number: number): string {
  return `${issue}第${number}项`
}

/** Reads a citation: with `第n项`, `(n)` or `-n`; a bare 发文字号 names the whole minutes. */
export function parseResolutionNo(text: string): { issueNo: string; number: number | null } | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[[【(（](\d{4})[\]】)）]/, '〔$1〕')
  const match = /^(.+〔\d{4}〕\d+号)(?:第(\d+)项|[(（](\d+)[)）]|-(\d+))?$/.exec(plain)
  if (!match) return null
  const number = match[2] ?? match[3] ?? match[4]
  return { issueNo: match[1], number: number ? Number(number) : null }
}
