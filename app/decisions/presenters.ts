import type { I18n } from '@adonisjs/i18n'
import { civilTime } from '#shared/clock'
import { longDate } from '#shared/dates'
import { isMissingCode } from './domain/value_forms.js'
import type { DecisionRow } from './queries/decisions.js'
import { decisionSubjects } from './subjects.js'

/** The name of a decision: of the four missing ones from the language files, of a hold its evidence. */
export function decisionTitle(decision: DecisionRow, i18n: Pick<I18n, 't'>): string {
  if (isMissingCode(decision.topic)) return i18n.t(`decisions.codes.${decision.topic}`)
  return decision.evidence.title ?? decision.topic
}

/** The value in words, for the facts of the page. */
export async function valueFacts(decision: DecisionRow, i18n: I18n) {
  const value: any = decision.value
  if (!value) return []
  const fact = (name: string, text: string) => ({
    label: i18n.t(`decisions.fields.${name}`),
    value: text,
  })
  const unitIds: number[] = value.unitIds ?? (value.unitId ? [value.unitId] : [])
  const names = await decisionSubjects.names('unit', unitIds)
  const units = unitIds.map((id) => names.get(id)?.name ?? String(id))
  const facts = []
  if (value.arrange) facts.push(fact('arrange', i18n.t(`decisions.arrangements.${value.arrange}`)))
  if (value.choice) facts.push(fact('choice', i18n.t(`decisions.choices.${value.choice}`)))
  if (value.from) facts.push(fact('from', longDate(value.from, i18n.locale)))
  if (value.to) facts.push(fact('to', longDate(value.to, i18n.locale)))
  if (units.length) facts.push(fact(value.unitIds ? 'unit_ids' : 'unit_id', units.join('、')))
  if (value.text) facts.push(fact('text', value.text))
  return facts
}

/** The two people of a decision, for the approval line. */
export function approvalSteps(decision: DecisionRow, i18n: I18n) {
  const { state } = decision
  const decided = state === 'decided' || state === 'replaced'
  return [
    {
      label: i18n.t('decisions.steps.propose'),
      state: state === 'open' ? 'current' : 'done',
      name: state === 'open' ? null : decision.proposedByName,
      at: state === 'open' || !decision.proposedAt ? null : civilTime(decision.proposedAt),
    },
    {
      label: i18n.t('decisions.steps.decide'),
      state: decided ? 'done' : state === 'proposed' ? 'current' : 'todo',
      name: decided ? decision.decidedByName : null,
      at: decided && decision.decidedAt ? civilTime(decision.decidedAt) : null,
    },
  ]
}
