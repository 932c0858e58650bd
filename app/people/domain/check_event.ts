import { addDays, monthsBetween } from '#shared/dates'
import type { EventDetails } from './event_details.js'
import type { EventKind } from './events.js'
import { retirementOf, type RetirementFacts } from './retirement_of_person.js'

export interface EventFinding {
  /** Field of the form. */
  field: string
  /** Below `people.errors.`. */
  code: string
  params?: Record<string, string | number>
}

export interface EventCheck {
  kind: EventKind
  effectiveOn: string
  untilOn: string | null
  documentNo: string | null
  details: EventDetails
  /** The person's main assignment on the day before it takes effect; null: there is none. */
  main: { unitId: number; validFrom: string; open: boolean } | null
  person: RetirementFacts
  today: string
}

/** Everything that is wrong with an event by itself, each at the field of its form. */
export function checkEvent(event: EventCheck): EventFinding[] {
  const findings: EventFinding[] = []
  const say = (field: string, code: string, params?: EventFinding['params']) =>
    findings.push({ field, code, params })
  if (event.untilOn && event.untilOn <= event.effectiveOn) say('until_on', 'until_before_start')

  if (event.kind === 'hire') {
    if (event.main?.open) say('person_id', 'already_placed')
    checkPlace(event.details, say)
  } else if (!event.main?.open) {
    say('person_id', 'not_placed')
  } else if (event.effectiveOn <= event.main.validFrom) {
    say('effective_on', 'before_assignment', { date: event.main.validFrom })
  }
  if (event.kind === 'death' && event.effectiveOn > addDays(event.today, 1)) {
    say('effective_on', 'death_ahead')
  }
  if (event.kind === 'retire') checkRetirement(event, say)
  if (event.kind === 'dismiss' && !event.details.basis) say('basis', 'required')
  if (event.kind === 'transfer_out' && !event.details.destination) say('destination', 'required')
  if (event.kind === 'long_leave' && !event.details.leaveType) say('leave_type', 'required')
  if (event.kind === 'return' && !event.details.returnsFrom) say('returns_from', 'required')
  if (event.kind === 'secondment') {
    if (!event.details.toUnitId) say('to_unit_id', 'required')
    else if (event.details.toUnitId === event.main?.unitId) say('to_unit_id', 'seconded_to_own')
  }
  return findings
}

type Say = (field: string, code: string, params?: EventFinding['params']) => void

function checkPlace(details: EventDetails, say: Say) {
  if (!details.employmentType) return say('employment_type', 'required')
  if (details.employmentType !== 'establishment') return
  if (!details.fundingType) say('funding_type', 'required')
  if (!details.grade) say('grade', 'grade_needed')
}

/**
 * The day after the last day of service follows from the rules; any other one needs the mark of an
 * approved deviation, and the event's document allows it.
 */
function checkRetirement(
  { person, effectiveOn, documentNo, details, today }: EventCheck,
  say: Say
) {
  const legal = retirementOf(person, today)
  if (!legal?.ok) return say('person_id', legal ? legal.error : 'birth_unknown')
  if (effectiveOn === legal.endsOn) return
  if (!details.deviates) return say('effective_on', 'not_retirement_date', { date: legal.endsOn })
  if (!effectiveOn.endsWith('-01')) return say('effective_on', 'not_first_of_month')
  const months = monthsBetween(legal.endsOn.slice(0, 7), effectiveOn.slice(0, 7))
  const moved = retirementOf(person, today, { months, documentNo: documentNo ?? '' })
  if (moved && !moved.ok) say('effective_on', moved.error)
}
