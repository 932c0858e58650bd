import { levelOf } from './requirements.js'
import { DROP_FROM, type TieKey } from './rules.js'

/** `85`, `85.5`, `85.50` in hundredths; null when it is no score from 0 to 100. */
export function parseScore(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').trim())
  if (!match) return null
  const score = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
  return score <= 100_00 ? score : null
}

/** Hundredths as people write them. */
export function formatScore(score: number | null): string {
  if (score === null) return '—'
  return `${Math.floor(score / 100)}.${String(score % 100).padStart(2, '0')}`
}

/**
 * The mean of the examiners' scores, to the hundredth, half up. From five examiners on the highest
 * and the lowest are dropped where the plan says so. Nobody scored: null.
 */
export function meanScore(scores: readonly number[], dropExtremes: boolean): number | null {
  if (scores.length === 0) return null
  const sorted = [...scores].sort((one, other) => one - other)
  const counted = dropExtremes && sorted.length >= DROP_FROM ? sorted.slice(1, -1) : sorted
  const sum = counted.reduce((total, score) => total + score, 0)
  return Math.floor((2 * sum + counted.length) / (2 * counted.length))
}

/** Written and interview by their weights, to the hundredth, half up; who missed one has none. */
export function totalScore(
  written: number | null,
  interview: number | null,
  writtenWeight: number
): number | null {
  if (writtenWeight > 0 && written === null) return null
  if (writtenWeight < 100 && interview === null) return null
  const sum = (written ?? 0) * writtenWeight + (interview ?? 0) * (100 - writtenWeight)
  return Math.floor((sum + 50) / 100)
}

export interface Contender {
  id: number
  written: number | null
  interview: number | null
  total: number | null
  extra: number | null
  education: string
  serviceMonths: number
}

const VALUE: Record<TieKey, (one: Contender) => number> = {
  written: ({ written }) => written ?? -1,
  interview: ({ interview }) => interview ?? -1,
  education: ({ education }) => levelOf(education),
  service: ({ serviceMonths }) => serviceMonths,
}

/** Total, then the configured keys; 0: nothing but a further test parts them. */
export function compareContenders(one: Contender, other: Contender, keys: readonly TieKey[]) {
  if (one.total !== other.total) return (other.total ?? -1) - (one.total ?? -1)
  for (const key of keys) {
    const difference = VALUE[key](other) - VALUE[key](one)
    if (difference !== 0) return difference
  }
  return 0
}

export interface Ranked {
  id: number
  /** Shared by those whom nothing parts. */
  rank: number
}

/**
 * The ranking of one post: everybody who has a total of at least the pass mark. A further test parts
 * equals only when every one of them has its result: the first who is entered does not win by it.
 */
export function rankContenders(
  contenders: readonly Contender[],
  keys: readonly TieKey[],
  passScore: number
): Ranked[] {
  const sorted = contenders
    .filter(({ total }) => total !== null && total >= passScore)
    .sort((one, other) => compareContenders(one, other, keys) || one.id - other.id)
  const ranked: Ranked[] = []
  for (let from = 0; from < sorted.length;) {
    const equals = sorted
      .slice(from)
      .filter((one) => compareContenders(sorted[from], one, keys) === 0)
    const isTested = equals.every(({ extra }) => extra !== null)
    const better = (one: Contender) => equals.filter(({ extra }) => extra! > one.extra!).length
    const placed = equals.map((one) => ({
      id: one.id,
      rank: from + 1 + (isTested ? better(one) : 0),
    }))
    ranked.push(...placed.sort((one, other) => one.rank - other.rank || one.id - other.id))
    from += equals.length
  }
  return ranked
}

/** Those who share a rank across the last place: nothing parts them, a further test must. */
export function tiedAtLast(ranked: readonly Ranked[], places: number): number[] {
  const last = ranked[places - 1]
  const next = ranked[places]
  if (!last || !next || last.rank !== next.rank) return []
  return ranked.filter(({ rank }) => rank === last.rank).map(({ id }) => id)
}

/** Who is called to the interview: the best of the written test up to ratio × places, ties whole. */
export function shortlist(
  written: readonly { id: number; written: number | null }[],
  places: number,
  ratio: number
): Set<number> {
  const present = written.filter((one) => one.written !== null)
  if (ratio === 0) return new Set(written.map(({ id }) => id))
  const sorted = present.sort((one, other) => other.written! - one.written!)
  const cut = sorted[Math.min(sorted.length, places * ratio) - 1]
  if (!cut) return new Set()
  return new Set(sorted.filter((one) => one.written! >= cut.written!).map(({ id }) => id))
}
