import { record } from '#audit/actions/record'
import { addWorkingMinutes } from '#calendar/domain/working_clock'
import type { Actor } from '#shared/actor'
import { APP_TZ, clock } from '#shared/clock'
import { inTransaction, type Trx } from '#shared/database'
import type { ClockRules } from '../domain/supervision.js'
import { clockRules, RULES_SETTING } from '../queries/clock_rules.js'
import { insertOnce, refuse } from '../guards.js'

/** Sets how supervision clocks run from a day on, with the document that allows it. */
export async function setClockRules(
  input: { validFrom: string; documentNo: string; rules: ClockRules },
  actor: Actor,
  trx?: Trx
) {
  const { validFrom, documentNo, rules } = input
  if (validFrom < clock.today()) refuse('valid_from', 'rules_backdated')
  if (rules.leadingMinutes <= rules.jointMinutes) refuse('leading_minutes', 'levels_order')
  checkHours(rules)
  await inTransaction(async (client) => {
    const before = await clockRules(validFrom, client)
    const row = {
      name: RULES_SETTING,
      valid_from: validFrom,
      value: JSON.stringify(rules),
      document_no: documentNo,
      version: 1,
      created_at: clock.now(),
    }
    await insertOnce(client, 'settings', row, () => refuse('valid_from', 'rules_there'))
    await record(client, actor, {
      action: 'governance.rules.set',
      subjectType: 'supervision_rules',
      subjectId: 1,
      changes: {
        valid_from: validFrom,
        document_no: documentNo,
        reminder_percent: [before.reminderPercent, rules.reminderPercent],
        joint_minutes: [before.jointMinutes, rules.jointMinutes],
        leading_minutes: [before.leadingMinutes, rules.leadingMinutes],
        hours: [hoursText(before), hoursText(rules)],
      },
    })
  }, trx)
}

/** `09:00-12:00 14:00-18:00` */
export function hoursText({ hours }: Pick<ClockRules, 'hours'>): string {
  return hours.map(({ from, to }) => `${from}-${to}`).join(' ')
}

/** Reads what `hoursText` writes; the calendar's own clock then judges it. */
export function parseHours(text: string): ClockRules['hours'] {
  return text
    .normalize('NFKC')
    .split(/[\s,，、;；]+/)
    .filter(Boolean)
    .map((part) => {
      const [from = '', to = ''] = part.split(/[-–—~至]/)
      return { from, to }
    })
}

function checkHours(rules: ClockRules) {
  const calendar = { holidays: new Set<string>(), workdays: new Set<string>() }
  try {
    addWorkingMinutes({ calendar, hours: rules.hours, timeZone: APP_TZ }, clock.now(), 1)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    refuse('hours', 'hours_unreadable', { value: hoursText(rules) })
  }
}
