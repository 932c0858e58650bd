/** How scores spread in a group: for looking at, so plain numbers do. */
export interface Spread {
  count: number
  mean: number
  deviation: number
  least: number
  lower: number
  median: number
  upper: number
  most: number
}

export function spreadOf(scores: readonly number[]): Spread | null {
  if (scores.length === 0) return null
  const sorted = [...scores].sort((a, b) => a - b)
  const mean = sorted.reduce((sum, score) => sum + score, 0) / sorted.length
  const variance = sorted.reduce((sum, score) => sum + (score - mean) ** 2, 0) / sorted.length
  return {
    count: sorted.length,
    mean,
    deviation: Math.sqrt(variance),
    least: sorted[0],
    lower: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upper: quantile(sorted, 0.75),
    most: sorted.at(-1)!,
  }
}

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const below = Math.floor(at)
  const above = Math.ceil(at)
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below)
}

/** A group is remarkable when its mean is more than a deviation of the whole from the mean of all. */
export function isRemarkable(group: Spread, whole: Spread): boolean {
  return group.count >= 3 && Math.abs(group.mean - whole.mean) > whole.deviation
}
