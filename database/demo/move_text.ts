import { addMonths, shiftMonth } from '#shared/dates'
import { checkDigit } from '#people/domain/identity_no'
import { toHalfWidth } from '#organization/domain/text'

export interface Shift {
  years: number
  months: number
}

const IDENTITY = /^\d{17}[\dXx]$/
const pad = (number: number) => String(number).padStart(2, '0')

/** An identity number with its birth moved by whole years; a wrong check digit stays wrong. */
export function moveIdentity(text: string, years: number): string | null {
  const plain = toHalfWidth(text).toUpperCase()
  if (!IDENTITY.test(plain)) return null
  const body = `${plain.slice(0, 6)}${Number(plain.slice(6, 10)) + years}${plain.slice(10, 17)}`
  const right = checkDigit(body)
  const wasRight = checkDigit(plain.slice(0, 17)) === plain[17]
  const last = wasRight ? right : right === '0' ? '1' : '0'
  const moved = body + last
  return text === plain ? moved : toFullWidth(moved)
}

function toFullWidth(text: string): string {
  return text.replace(/[0-9A-Z]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
}

/** Dates as offices write them inside a text, moved by whole months (`months`) or years (`birth`). */
export function moveDates(text: string, shift: Shift, birth: boolean): string {
  const months = birth ? shift.years * 12 : shift.months
  const whole = (year: string, month: string, day: string) =>
    addMonths(`${year}-${pad(Number(month))}-${pad(Number(day))}`, months)
  const part = (year: string, month: string) => shiftMonth(`${year}-${pad(Number(month))}`, months)
  return text
    .replace(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, (_, year, month, day) => {
      const [y, m, d] = whole(year, month, day).split('-')
      return `${y}年${Number(m)}月${Number(d)}日`
    })
    .replace(/(\d{4})年(\d{1,2})月(?!\d)/g, (_, year, month) => {
      const [y, m] = part(year, month).split('-')
      return `${y}年${Number(m)}月`
    })
    .replace(/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g, (_, year, month, day) =>
      whole(year, month, day)
    )
    .replace(/^(\d{4})([./-])(\d{1,2})$/, (_, year, sign, month) => {
      const [y, m] = part(year, month).split('-')
      return `${y}${sign}${month.length === 1 ? Number(m) : m}`
    })
    .replace(/〔(\d{4})〕/g, (_, year) => `〔${Number(year) + shift.years}〕`)
}

/** A text cell of a workbook, moved. */
export function moveText(text: string, shift: Shift, birth: boolean): string {
  return moveIdentity(text, shift.years) ?? moveDates(text, shift, birth)
}
