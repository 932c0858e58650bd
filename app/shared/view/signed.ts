import { formatFen } from '#shared/money'

/** A difference shows which way it goes: `+3`, `-3`, `0`. */
export function signed(difference: number): string {
  return difference > 0 ? `+${difference}` : String(difference)
}

/** The same of fen: `+¥66.00`. */
export function signedMoney(differenceFen: number): string {
  return `${differenceFen > 0 ? '+' : ''}${formatFen(differenceFen)}`
}
