/** What a person chose: post codes in order, and whether placement elsewhere is accepted (服从调剂). */
export interface Choice {
  posts: string[]
  acceptsPlacement: boolean
}

/** As a form has it: null while nothing is said of placement. */
export interface ChoiceDraft {
  posts: string[]
  acceptsPlacement: boolean | null
}

/** What is kept of it, with a random part so that the receipt's hash cannot be guessed back. */
export interface SealedChoice extends Choice {
  nonce: string
}

export type ChoiceRefusal =
  | { code: 'empty' }
  | { code: 'too_many'; most: number }
  | { code: 'repeated'; post: string }
  | { code: 'not_eligible'; post: string }
  | { code: 'placement_open' }

/** Why this choice cannot be saved, null when it can. `allowed` are the posts for the person's nature. */
export function choiceRefusal(
  choice: ChoiceDraft,
  allowed: ReadonlySet<string>,
  most: number
): ChoiceRefusal | null {
  if (choice.posts.length === 0) return { code: 'empty' }
  if (choice.posts.length > most) return { code: 'too_many', most }
  const seen = new Set<string>()
  for (const post of choice.posts) {
    if (seen.has(post)) return { code: 'repeated', post }
    if (!allowed.has(post)) return { code: 'not_eligible', post }
    seen.add(post)
  }
  return choice.acceptsPlacement === null ? { code: 'placement_open' } : null
}

const BLOCK = 512

/** Filled up to full blocks, so that the length of what is encrypted says nothing of the number of posts. */
export function padded(value: unknown): string {
  const text = JSON.stringify(value)
  const bytes = Buffer.byteLength(text)
  return text + ' '.repeat((BLOCK - (bytes % BLOCK)) % BLOCK)
}

export function unpadded<T>(text: string): T {
  return JSON.parse(text)
}

/** The text that a receipt's SHA-256 stands for; the person can compute it again from the receipt. */
export function receiptText(receipt: {
  round: string
  pseudonym: string
  revision: number
  savedAt: string
  choice: SealedChoice
}): string {
  const { posts, acceptsPlacement, nonce } = receipt.choice
  return [
    receipt.round,
    receipt.pseudonym,
    receipt.revision,
    receipt.savedAt,
    posts.join(','),
    acceptsPlacement ? 'yes' : 'no',
    nonce,
  ].join('\n')
}

/** Fewer people than this are not counted out loud: a small number points at a person. */
export const SMALLEST_COUNT = 5

/** A count as HR may see it before the result; null: fewer than five. */
export function openCount(count: number): number | null {
  return count >= SMALLEST_COUNT ? count : null
}
