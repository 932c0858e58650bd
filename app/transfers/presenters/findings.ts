import type { I18n } from '@adonisjs/i18n'
import { longDate } from '#shared/dates'
import type { Finding } from '../domain/findings.js'

/** A finding in the reader's words: code values and dates of its params are written out. */
export function findingText(finding: Finding, i18n: I18n): string {
  const params: Record<string, string | number> = { ...finding.params }
  const { funding, category, grade, decision, date, rule } = finding.params
  if (funding) params.funding = i18n.t(`shared.funding.${funding}`)
  if (category) params.category = i18n.t(`shared.category.${category}`)
  if (grade) params.grade = i18n.t(`shared.grade.${grade}`)
  if (decision) params.decision = i18n.t(`decisions.codes.${decision}`)
  if (date) params.date = longDate(String(date), i18n.locale)
  if (rule) params.rule = i18n.t(String(rule), finding.params)
  return i18n.t(`transfers.findings.${finding.code}`, params)
}

export interface ShownFinding {
  level: Finding['level']
  text: string
  way: string
  url: string | null
}

/** A finding with its way out, as a link where there is a page to go to. */
export function showFinding(
  finding: Finding,
  place: { batchId: number; personId: number | null },
  i18n: I18n
): ShownFinding {
  return {
    level: finding.level,
    text: findingText(finding, i18n),
    way: i18n.t(`transfers.ways.${finding.wayOut}`),
    url: urlOf(finding, place),
  }
}

function urlOf({ wayOut, params }: Finding, place: { batchId: number; personId: number | null }) {
  const batch = `/transfers/batches/${place.batchId}`
  switch (wayOut) {
    case 'resolve_hold':
      return `/decisions/${params.id}`
    case 'split':
      return '/decisions?kind=missing'
    case 'set_target':
      return `${batch}?tab=grid&verdict=blocked`
    case 'correct_person':
      return place.personId ? `/people/persons/${place.personId}` : null
    case 'record_document':
    case 'change_date':
      return `${batch}/edit`
    case 'add_lines':
    case 'lower_quantity':
      return `${batch}/lines/create`
    case 'raise_target':
      return '/organization/quota'
    default:
      return null
  }
}
