/** Ordinary least squares for a handful of columns; statistics, not money: doubles. */
export interface Fit {
  coefficients: number[]
  /** Variances of the coefficients. */
  variances: number[]
  degrees: number
}

/** Null when the columns do not tell the coefficients apart. */
export function leastSquares(
  rows: readonly (readonly number[])[],
  y: readonly number[]
): Fit | null {
  const width = rows[0]?.length ?? 0
  const degrees = rows.length - width
  if (width === 0 || degrees < 1) return null
  const cross = Array.from({ length: width }, (_, a) =>
    Array.from({ length: width }, (_cell, b) => rows.reduce((sum, row) => sum + row[a] * row[b], 0))
  )
  const inverse = inverted(cross)
  if (!inverse) return null
  const moments = Array.from({ length: width }, (_, a) =>
    rows.reduce((sum, row, index) => sum + row[a] * y[index], 0)
  )
  const coefficients = inverse.map((row) =>
    row.reduce((sum, value, b) => sum + value * moments[b], 0)
  )
  const residual = rows.reduce((sum, row, index) => {
    const fitted = row.reduce((total, value, at) => total + value * coefficients[at], 0)
    return sum + (y[index] - fitted) ** 2
  }, 0)
  const variance = residual / degrees
  return { coefficients, variances: inverse.map((row, at) => row[at] * variance), degrees }
}

/** Gauss and Jordan with pivots; null for a singular matrix. */
function inverted(matrix: number[][]): number[][] | null {
  const size = matrix.length
  const scale = Math.max(...matrix.flat().map(Math.abs), 1)
  const work = matrix.map((row, at) => [...row, ...row.map((_, index) => (index === at ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(work[row][column]) > Math.abs(work[pivot][column])) pivot = row
    }
    const divisor = work[pivot][column]
    if (Math.abs(divisor) < scale * 1e-11) return null
    ;[work[column], work[pivot]] = [work[pivot], work[column]]
    work[column] = work[column].map((value) => value / divisor)
    for (let row = 0; row < size; row++) {
      const factor = work[row][column]
      if (row === column || factor === 0) continue
      work[row] = work[row].map((value, at) => value - factor * work[column][at])
    }
  }
  return work.map((row) => row.slice(size))
}

/** Two-sided p-value of Student's t. */
export function studentP(t: number, degrees: number): number {
  const x = degrees / (degrees + t * t)
  return incompleteBeta(x, degrees / 2, 0.5)
}

/** The t that is exceeded with probability `alpha` on both sides together. */
export function studentQuantile(alpha: number, degrees: number): number {
  let low = 0
  let high = 1_000
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (studentP(middle, degrees) > alpha) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Regularised incomplete beta function by its continued fraction. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x)
  )
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let c = 1
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1), tiny)
  let fraction = d
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d, tiny)
    c = guarded(1 + even / c, tiny)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d, tiny)
    c = guarded(1 + odd / c, tiny)
    const delta = d * c
    fraction *= delta
    if (Math.abs(delta - 1) < 1e-14) break
  }
  return fraction
}

const guarded = (value: number, tiny: number) => (Math.abs(value) < tiny ? tiny : value)

/** Lanczos. */
function logGamma(x: number): number {
  const terms = [
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155,
    0.1208650973866179e-2, -0.5395239384953e-5,
  ]
  const base = x + 5.5 - (x + 0.5) * Math.log(x + 5.5)
  let series = 1.000000000190015
  for (const [index, term] of terms.entries()) series += term / (x + index + 1)
  return -base + Math.log((2.5066282746310005 * series) / x)
}
