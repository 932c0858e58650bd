import type { ConservationRow, Conversion } from '#shared/certificates/format'
import type { EmploymentType, FundingType } from '#organization/domain/codes'
import { carriesQuota, type TransferLine } from './lines.js'

/** People and authorised seats of one kind in one unit. Only establishment has seats. */
export interface Figure {
  unitId: number
  fundingType: FundingType | null
  employmentType: EmploymentType
  people: number
  quota: number
}

export interface UnitName {
  id: number
  code: string
  name: string
}

const EMPLOYMENT_ORDER: readonly EmploymentType[] = ['establishment', 'contract', 'enterprise']
const FUNDING_RANK: readonly (FundingType | null)[] = ['full', 'partial', 'self', null]

/**
 * Rows of the certificate: every unit in the order given, its kinds below it, with nothing left out
 * but kinds that are empty before and after. Vacancies are seats less people.
 */
export function conservationRows(
  units: readonly UnitName[],
  before: readonly Figure[],
  after: readonly Figure[]
): ConservationRow[] {
  const [then, now] = [index(before), index(after)]
  const keys = [...new Set([...then.keys(), ...now.keys()])]
  const any = (key: string) => (then.get(key) ?? now.get(key))!
  const rank = new Map(units.map(({ id }, place) => [id, place]))
  return keys
    .filter((key) => !isEmpty(then.get(key)) || !isEmpty(now.get(key)))
    .map(any)
    .sort((a, b) => rank.get(a.unitId)! - rank.get(b.unitId)! || compareKinds(a, b))
    .map((figure) => {
      const { code, name } = units[rank.get(figure.unitId)!]
      return {
        unit: { code, name },
        fundingType: figure.fundingType,
        employmentType: figure.employmentType,
        before: counts(then.get(keyOf(figure)), figure.employmentType),
        after: counts(now.get(keyOf(figure)), figure.employmentType),
      }
    })
}

/** The figures that executing the lines would give: for the page of a batch that is not yet executed. */
export function projectFigures(
  before: readonly Figure[],
  lines: readonly TransferLine[]
): Figure[] {
  const figures = index(before.map((figure) => ({ ...figure })))
  const add = (unitId: number, line: TransferLine, people: number, quota: number) => {
    const kind = people < 0 ? line.employmentType : line.toEmploymentType
    const employmentType = kind ?? line.employmentType ?? 'establishment'
    const figure = { unitId, fundingType: line.fundingType, employmentType, people: 0, quota: 0 }
    const key = keyOf(figure)
    if (!figures.has(key)) figures.set(key, figure)
    const found = figures.get(key)!
    found.people += people
    found.quota += quota
  }
  for (const line of lines) {
    const people = line.kind === 'quota_only' ? 0 : line.quantity
    const quota = carriesQuota(line) ? line.quantity : 0
    add(line.fromUnitId, line, -people, -quota)
    add(line.toUnitId, line, people, quota)
  }
  return [...figures.values()]
}

/** People whose kind of employment the lines change. */
export function conversionsOf(lines: readonly TransferLine[]): Conversion[] {
  const conversions = new Map<string, Conversion>()
  for (const { employmentType: from, toEmploymentType: to, quantity } of lines) {
    if (from === null || to === null || from === to) continue
    const found = conversions.get(`${from}/${to}`) ?? { from, to, people: 0 }
    conversions.set(`${from}/${to}`, { ...found, people: found.people + quantity })
  }
  return [...conversions.values()]
}

function index(figures: readonly Figure[]): Map<string, Figure> {
  return new Map(figures.map((figure) => [keyOf(figure), figure]))
}

function keyOf({ unitId, fundingType, employmentType }: Figure): string {
  return `${unitId}/${fundingType}/${employmentType}`
}

function isEmpty(figure: Figure | undefined): boolean {
  return !figure || (figure.people === 0 && figure.quota === 0)
}

function counts(figure: Figure | undefined, employmentType: EmploymentType) {
  const { people, quota } = figure ?? { people: 0, quota: 0 }
  return { people, quota, vacant: employmentType === 'establishment' ? quota - people : 0 }
}

function compareKinds(a: Figure, b: Figure): number {
  return (
    EMPLOYMENT_ORDER.indexOf(a.employmentType) - EMPLOYMENT_ORDER.indexOf(b.employmentType) ||
    FUNDING_RANK.indexOf(a.fundingType) - FUNDING_RANK.indexOf(b.fundingType)
  )
}
