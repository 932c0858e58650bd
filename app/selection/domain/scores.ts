/** One scorer's word on one person. */
export interface ScoreEntry {
  scorerId: number
  kind: 'score' | 'unacceptable' | 'withdrawn'
  scoreCenti: number | null
  reason: string | null
}

export interface Scorer {
  id: number
  /** Exact decimal text, above zero. */
  weight: string
}

export type Combined =
  | { kind: 'incomplete'; missing: number[] }
  | { kind: 'unacceptable'; reason: string }
  | { kind: 'score'; scoreCenti: number; spreadCenti: number }

export const MAX_SCORE_CENTI = 10_000

/** `82`, `82.5`, `８２.50` → hundredths of a point from 0 to 100; null for anything else. */
export function parseScore(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const centi = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return centi <= MAX_SCORE_CENTI ? centi : null
}

/** Hundredths as people write them: `8250` → `82.5`. */
export function scoreText(centi: number | null): string {
  if (centi === null) return ''
  const whole = Math.floor(centi / 100)
  const rest = String(centi % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return rest ? `${whole}.${rest}` : String(whole)
}

/** A weight such as `0.3` or `2`, above zero; null for anything else. */
export function parseWeight(text: string): string | null {
  const plain = text.normalize('NFKC').trim()
  return /^\d{1,4}(\.\d{1,4})?$/.test(plain) && /[1-9]/.test(plain) ? plain : null
}

/**
 * The list's word on a person: the weighted mean of those who scored, to the hundredth, half up;
 * who withdrew for interest has no weight. Unacceptable when those who say so have more than half
 * of the weight. Incomplete while somebody has not spoken, or everybody withdrew.
 */
export function combine(scorers: readonly Scorer[], entries: readonly ScoreEntry[]): Combined {
  const said = new Map(entries.map((entry) => [entry.scorerId, entry]))
  const missing = scorers.filter(({ id }) => !said.has(id)).map(({ id }) => id)
  const voices = scorers
    .filter(({ id }) => said.has(id) && said.get(id)!.kind !== 'withdrawn')
    .map(({ id, weight }) => ({ weight: weightUnits(weight), entry: said.get(id)! }))
  if (missing.length > 0 || voices.length === 0) return { kind: 'incomplete', missing }
  const sum = (list: typeof voices) => list.reduce((total, { weight }) => total + weight, 0n)
  const against = voices.filter(({ entry }) => entry.kind === 'unacceptable')
  if (sum(against) * 2n > sum(voices)) {
    const reasons = [...new Set(against.map(({ entry }) => entry.reason ?? ''))]
    return { kind: 'unacceptable', reason: reasons.filter(Boolean).join('；') }
  }
  const scores = voices.filter(({ entry }) => entry.kind === 'score')
  const weighted = scores.reduce(
    (total, { weight, entry }) => total + weight * BigInt(entry.scoreCenti!),
    0n
  )
  const weight = sum(scores)
  const values = scores.map(({ entry }) => entry.scoreCenti!)
  return {
    kind: 'score',
    scoreCenti: Number((weighted * 2n + weight) / (weight * 2n)),
    spreadCenti: Math.max(...values) - Math.min(...values),
  }
}

/** Ten thousandths: weights are compared and summed exactly. */
function weightUnits(weight: string): bigint {
  const [whole, rest = ''] = weight.split('.')
  return BigInt(whole) * 10_000n + BigInt(rest.padEnd(4, '0'))
}
