import { leastSquares, studentP, studentQuantile } from './statistics.js'

/** What the comparison of contract with establishment staff reads of one person. */
export interface EqualPayPerson {
  personId: number
  name: string
  /** 岗位性质: people are compared within it. */
  nature: string
  contract: boolean
  payFen: number
  postValue: number | null
  years: number | null
  score: number | null
  gradeLevel: number | null
}

export const CONTROLS = ['post_value', 'years', 'score', 'grade'] as const
export type Control = (typeof CONTROLS)[number]

export interface EqualPayRules {
  /** Smallest number of people on either side for any figure. */
  minimumGroup: number
  /** Gap in percent from which a finding is shown. */
  gapPercent: number
  /** Level of significance. */
  alpha: number
}
export const DEFAULT_EQUAL_PAY: EqualPayRules = { minimumGroup: 5, gapPercent: 5, alpha: 0.05 }

export interface EqualPayGroup {
  nature: string
  contract: number
  establishment: number
  /** Null below the minimum group. */
  raw: { gapPercent: number; contractMeanFen: number; establishmentMeanFen: number } | null
  /** Kennedy's estimator of the adjusted gap with its interval; null when it cannot be told. */
  adjusted: {
    gapPercent: number
    low: number
    high: number
    p: number
    significant: boolean
    /** What the model allows for besides the class, of `CONTROLS`. */
    controls: Control[]
    /** People who lack one of them: the adjusted figures stand without them. */
    without: number
  } | null
  /** Ratio of the geometric means, contract to establishment, in percent: 100 is equal. */
  index: number | null
  finding: boolean
  /** Pays as far from what the model expects as one in a hundred. */
  outliers: {
    personId: number
    name: string
    contract: boolean
    payFen: number
    expectedFen: number
  }[]
}

/** Contract against establishment within each class of posts; refused below a minimum group. */
export function equalPay(people: readonly EqualPayPerson[], rules: EqualPayRules): EqualPayGroup[] {
  const groups = Map.groupBy(
    people.filter(({ payFen }) => payFen > 0),
    ({ nature }) => nature
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([nature, list]) => groupOf(nature, list, rules))
}

function groupOf(nature: string, list: EqualPayPerson[], rules: EqualPayRules): EqualPayGroup {
  const contract = list.filter((one) => one.contract)
  const establishment = list.filter((one) => !one.contract)
  const size = { nature, contract: contract.length, establishment: establishment.length }
  const least = Math.min(contract.length, establishment.length)
  if (least < rules.minimumGroup) {
    return { ...size, raw: null, adjusted: null, index: null, finding: false, outliers: [] }
  }
  const [one, other] = [mean(contract), mean(establishment)]
  const model = modelOf(list, rules)
  const adjusted = model && adjustedGap(model, rules)
  return {
    ...size,
    raw: {
      gapPercent: (one / other - 1) * 100,
      contractMeanFen: Math.round(one),
      establishmentMeanFen: Math.round(other),
    },
    adjusted,
    index: Math.exp(logMean(contract) - logMean(establishment)) * 100,
    finding: Boolean(adjusted?.significant && Math.abs(adjusted.gapPercent) >= rules.gapPercent),
    outliers: model ? outliersOf(model) : [],
  }
}

interface Model {
  /** Who has every control, in the order of the rows. */
  people: readonly EqualPayPerson[]
  rows: number[][]
  fit: NonNullable<ReturnType<typeof leastSquares>>
  controls: Control[]
  without: number
}

/** Column of the class in the design: after the constant. */
const CLASS = 1
/** A control that fewer of either side have than this would cost more people than it explains. */
const KNOWN_SHARE = 0.9

const READ: Record<Control, (one: EqualPayPerson) => number | null> = {
  post_value: ({ postValue }) => postValue,
  years: ({ years }) => years,
  score: ({ score }) => score,
  grade: ({ gradeLevel }) => gradeLevel,
}

/**
 * log pay on class, post value, years, score, and grade, each only when both sides have it. Who
 * lacks one that is used stands outside the model and is counted.
 */
function modelOf(list: readonly EqualPayPerson[], { minimumGroup }: EqualPayRules): Model | null {
  const sides = [list.filter(({ contract }) => contract), list.filter(({ contract }) => !contract)]
  const usable = CONTROLS.filter(
    (control) =>
      new Set(list.map(READ[control])).size > 1 &&
      sides.every((side) => side.filter(has(control)).length >= KNOWN_SHARE * side.length)
  )
  // a column that says nothing new makes the model indeterminate: the later one is left out
  for (let count = usable.length; count >= 0; count--) {
    const controls = usable.slice(0, count)
    const people = list.filter((one) => controls.every((control) => has(control)(one)))
    const contract = people.filter((one) => one.contract).length
    if (Math.min(contract, people.length - contract) < minimumGroup) continue
    const rows = people.map((one) => [
      1,
      one.contract ? 1 : 0,
      ...controls.map((control) => READ[control](one)!),
    ])
    const pay = people.map(({ payFen }) => Math.log(payFen))
    const fit = leastSquares(rows, pay)
    if (fit) return { people, rows, fit, controls, without: list.length - people.length }
  }
  return null
}

const has = (control: Control) => (one: EqualPayPerson) => READ[control](one) !== null

/** Logs of pay that differ by less are the same fen: only doubles tell them apart. */
const NOISE = 1e-9
const withoutNoise = (value: number) => (Math.abs(value) < NOISE ? 0 : value)

/** Kennedy (1981): exp(b − V(b)/2) − 1 is the almost unbiased effect of a dummy in a log model. */
function adjustedGap({ fit, controls, without }: Model, rules: EqualPayRules) {
  const effect = withoutNoise(fit.coefficients[CLASS])
  const variance = fit.variances[CLASS]
  const error = withoutNoise(Math.sqrt(variance))
  const t = studentQuantile(rules.alpha, fit.degrees)
  const percent = (log: number) => (Math.exp(log - variance / 2) - 1) * 100
  const p = error === 0 ? (effect === 0 ? 1 : 0) : studentP(effect / error, fit.degrees)
  return {
    gapPercent: percent(effect),
    low: percent(effect - t * error),
    high: percent(effect + t * error),
    p,
    significant: p < rules.alpha,
    controls,
    without,
  }
}

const FAR = 2.58

function outliersOf({ people, rows, fit }: Model) {
  const residuals = people.map(({ payFen }, index) => {
    const expected = rows[index].reduce((sum, value, at) => sum + value * fit.coefficients[at], 0)
    return { expected, residual: Math.log(payFen) - expected }
  })
  const spread = withoutNoise(
    Math.sqrt(residuals.reduce((sum, { residual }) => sum + residual ** 2, 0) / fit.degrees)
  )
  return people.flatMap(({ personId, name, contract, payFen }, index) => {
    const { expected, residual } = residuals[index]
    if (spread === 0 || Math.abs(residual) < FAR * spread) return []
    return [{ personId, name, contract, payFen, expectedFen: Math.round(Math.exp(expected)) }]
  })
}

const mean = (list: readonly EqualPayPerson[]) =>
  list.reduce((sum, { payFen }) => sum + payFen, 0) / list.length
const logMean = (list: readonly EqualPayPerson[]) =>
  list.reduce((sum, { payFen }) => sum + Math.log(payFen), 0) / list.length
