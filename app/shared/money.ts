import { withoutGroups } from '#shared/typed_digits'

/** `1234567` fen → `¥12,345.67`; no float touches it. */
export function formatFen(fen: number): string {
  return fen < 0 ? `-¥${tableYuan(-fen)}` : `¥${tableYuan(fen)}`
}

/** 1234567 fen → `12,345.67`, for a table that names its unit once. */
export function tableYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${fen < 0 ? '-' : ''}${yuan}.${digits.slice(-2)}`
}

/**
 * What somebody typed as yuan (`1234.5`, `￥1,234.50`, full-width digits) in fen; null when it is no
 * amount of at most two decimals within ±10^12 yuan. From the digits: no float touches it.
 */
export function parseYuan(text: string): number | null {
  const plain = withoutGroups(text.normalize('NFKC').replace(/^\s*([-+]?)\s*¥|元\s*$/g, '$1'))
  const match = /^([-+]?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain)
  if (!match) return null
  const [, sign, yuan, cents = ''] = match
  const fen = Number(yuan) * 100 + Number(cents.padEnd(2, '0'))
  return sign === '-' && fen !== 0 ? -fen : fen
}

/** Fen as somebody would type it into a field: `123450` → `1234.50`. */
export function typedYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
