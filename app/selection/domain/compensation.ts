import dayjs from 'dayjs'
import { addDays } from '#shared/dates'

/** 劳动合同法 art. 42: nobody of these is given notice under art. 40 and 41. */
export const PROTECTIONS = [
  'pregnancy',
  'medical_period',
  'work_injury',
  'occupational_disease',
  'long_service',
] as const
export type Protection = (typeof PROTECTIONS)[number]

export interface EndingFacts {
  hiredOn: string
  /** Last day under the contract: it counts. */
  endsOn: string
  /** Average of the last twelve months before tax. */
  averagePayFen: number
  /** Three times it is the most that counts; null: not configured. */
  localAverageFen: number | null
  payForNotice: boolean
}

export interface Compensation {
  fen: number
  /** Half years of service, each half a month's pay. */
  halfMonths: number
  years: number
  monthsOver: number
  capped: boolean
  payFen: number
  noticeFen: number
}

const MOST_HALF_MONTHS = 24

/**
 * 经济补偿 (art. 47, 40): a month's pay for each year of service, six months and more count as a
 * year, less as half a one; pay above three times the local average counts as that, and then for
 * twelve years at most; a month more when notice is paid instead of given.
 */
export function compensation(facts: EndingFacts): Compensation {
  const leavesOn = dayjs(addDays(facts.endsOn, 1))
  const months = leavesOn.diff(dayjs(facts.hiredOn), 'month')
  const whole = dayjs(facts.hiredOn).add(months, 'month').isSame(leavesOn, 'day')
  const years = Math.floor(months / 12)
  const monthsOver = months % 12
  const rest = monthsOver >= 6 ? 2 : monthsOver > 0 || !whole ? 1 : 0
  const cap = facts.localAverageFen === null ? null : facts.localAverageFen * 3
  const capped = cap !== null && facts.averagePayFen > cap
  const payFen = capped ? cap : facts.averagePayFen
  const halfMonths = capped ? Math.min(MOST_HALF_MONTHS, years * 2 + rest) : years * 2 + rest
  const noticeFen = facts.payForNotice ? facts.averagePayFen : 0
  return {
    fen: Math.round((payFen * halfMonths) / 2) + noticeFen,
    halfMonths,
    years,
    monthsOver,
    capped,
    payFen,
    noticeFen,
  }
}

export interface ServiceFacts {
  hiredOn: string
  /** Null: unknown. */
  retiresOn: string | null
}

/** Fifteen years in service without a break and less than five to retirement (art. 42 no. 5). */
export function hasLongService({ hiredOn, retiresOn }: ServiceFacts, endsOn: string): boolean {
  if (retiresOn === null) return false
  const served = dayjs(addDays(endsOn, 1)).diff(dayjs(hiredOn), 'month') >= 15 * 12
  return served && dayjs(retiresOn).isBefore(dayjs(endsOn).add(5, 'year'), 'day')
}

/** The first day on which an ending may take effect when notice is given today: thirty days later. */
export const NOTICE_DAYS = 30
