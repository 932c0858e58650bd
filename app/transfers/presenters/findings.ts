import type { I18n } from '@adonisjs/i18n'
import type { Actor } from '#shared/actor'
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

/** Who reads, and where: a way out is a link only where it leads the reader somewhere. */
export interface Reader {
  actor: Actor
  batchId: number
  /** May change the batch, in its state. */
  editable: boolean
  /** People whose records open for the reader. */
  records: ReadonlySet<number>
}

/** A finding with its way out, as a link where there is a page that the reader may open. */
export function showFinding(
  finding: Finding,
  personId: number | null,
  reader: Reader,
  i18n: I18n
): ShownFinding {
  return {
    level: finding.level,
    text: findingText(finding, i18n),
    way: i18n.t(`transfers.ways.${finding.wayOut}`),
    url: urlOf(finding, personId, reader),
  }
}

function urlOf(finding: Finding, personId: number | null, reader: Reader) {
  const { wayOut, params } = finding
  const { actor, records } = reader
  switch (wayOut) {
    case 'resolve_hold':
      return actor.may('decisions.view') ? `/decisions/${params.id}` : null
    case 'split':
      return actor.may('decisions.view') ? '/decisions?kind=missing' : null
    case 'correct_person':
      return personId && records.has(personId) ? `/people/persons/${personId}` : null
    case 'raise_target':
      return actor.may('quota.view') ? '/organization/quota' : null
    default:
      return reader.editable ? changeUrl(finding, `/transfers/batches/${reader.batchId}`) : null
  }
}

function changeUrl({ wayOut, level }: Finding, batch: string): string | null {
  switch (wayOut) {
    case 'set_target':
      // a line with a remark alone is not among the blocked ones
      return level === 'blocked' ? `${batch}?tab=grid&verdict=blocked` : `${batch}?tab=grid`
    case 'record_document':
    case 'change_date':
      return `${batch}/edit`
    case 'add_lines':
    case 'lower_quantity':
      return `${batch}/lines/create`
    default:
      return null
  }
}
