import { randomBytes } from 'node:crypto'
import { seal, sha256, unseal } from '#shared/crypto'
import { DomainError } from '#shared/errors'
import {
  padded,
  receiptText,
  unpadded,
  type Choice,
  type ChoiceDraft,
  type SealedChoice,
} from './domain/preferences.js'
import { hasReached, type RoundState } from './domain/rounds.js'

/**
 * The only place where a choice is encrypted or opened. The order opens when ranking is closed, the
 * set of posts when preferences are; before that only the person's own page and the two who entered
 * a paper form read it, through `openOwn`.
 */
const orderPurpose = (roundId: number) => `selection:order:${roundId}`
const setPurpose = (roundId: number) => `selection:set:${roundId}`
const paperPurpose = (roundId: number) => `selection:paper:${roundId}`
const SALT = 'selection:salt'

export function sealChoice(roundId: number, choice: Choice) {
  const whole: SealedChoice = { ...choice, nonce: randomBytes(16).toString('hex') }
  return {
    choice: whole,
    columns: {
      order_sealed: seal(padded(whole), orderPurpose(roundId)),
      set_sealed: seal(padded([...choice.posts].sort()), setPurpose(roundId)),
    },
  }
}

/** The person's own choice, at any time. */
export function openOwn(roundId: number, orderSealed: string): SealedChoice {
  return unpadded(unseal(orderSealed, orderPurpose(roundId)))
}

/** Everybody's order, once ranking is closed. */
export function openOrder(round: { id: number; state: RoundState }, orderSealed: string) {
  if (!hasReached(round.state, 'matching')) throw new DomainError('selection.errors.still_sealed')
  return openOwn(round.id, orderSealed)
}

/** The posts that somebody chose, once preferences are closed: for the rankers of those posts. */
export function openSet(round: { id: number; state: RoundState }, setSealed: string): string[] {
  if (!hasReached(round.state, 'ranking')) throw new DomainError('selection.errors.still_sealed')
  return unpadded(unseal(setSealed, setPurpose(round.id)))
}

/** A paper form as the first of the two typed it. */
export function sealPaper(roundId: number, choice: ChoiceDraft): string {
  return seal(padded(choice), paperPurpose(roundId))
}

export function openPaper(roundId: number, sealed: string): ChoiceDraft {
  return unpadded(unseal(sealed, paperPurpose(roundId)))
}

export function freshSalt(): string {
  return seal(randomBytes(32).toString('hex'), SALT)
}

/** A name that only the person's own receipt tells: 12 signs, salted for the round. */
export function pseudonymOf(saltSealed: string, personId: number): string {
  return `P${sha256(`${unseal(saltSealed, SALT)}\n${personId}`)
    .slice(0, 11)
    .toUpperCase()}`
}

export function receiptHash(receipt: Parameters<typeof receiptText>[0]): string {
  return sha256(receiptText(receipt))
}

/** The hash that fixes who bears which pseudonym, published when preferences close. */
export function listHash(
  saltSealed: string,
  people: readonly { pseudonym: string; name: string }[]
): string {
  const lines = people.map(({ pseudonym, name }) => `${pseudonym}\t${name}`).sort()
  return sha256([unseal(saltSealed, SALT), ...lines].join('\n'))
}

/** The lot of the round: drawn once, after the list is fixed. */
export const drawnSeed = () => randomBytes(16).toString('hex')
