import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, StaleError } from '#shared/errors'
import { calendarDays, isWorkday, type DayKind } from '../domain/working_days.js'

export interface DayInput {
  day: string
  /** `plain`: what the weekday says, the entry is taken away. */
  kind: DayKind | 'plain'
  name: string
  /** Of the entry as the page showed it; null when there was none. */
  version: number | null
  reason: string
}

/**
 * Corrects one day. A day that its weekday makes free anyway is no holiday entry, and one that is
 * worked anyway no swapped day; the year must be there. Stale: refused.
 */
export async function editDay(input: DayInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const yearId = await yearOf(client, input.day)
    const before = await client.from('calendar_days').where('day', input.day).forUpdate().first()
    if ((before ? Number(before.version) : null) !== input.version) throw new StaleError()
    if (input.kind === 'plain') {
      if (before) await client.from('calendar_days').where('id', before.id).delete()
    } else {
      refuseIdle(input.day, input.kind)
      const values = { kind: input.kind, name: input.name }
      if (before) {
        await updateVersioned(client, 'calendar_days', Number(before.id), before.version, values)
      } else {
        await insertRow(client, 'calendar_days', {
          ...values,
          day: input.day,
          version: 1,
          created_at: clock.now(),
        })
      }
    }
    await record(client, actor, {
      action: 'calendar.day.edited',
      subjectType: 'calendar_year',
      subjectId: yearId,
      changes: {
        day: input.day,
        kind: [before?.kind ?? 'plain', input.kind],
        name: [before?.name ?? null, input.kind === 'plain' ? null : input.name],
        reason: input.reason,
      },
    })
  }, trx)
}

async function yearOf(trx: Trx, day: string): Promise<number> {
  const row = await trx
    .from('calendar_years')
    .where('year', Number(day.slice(0, 4)))
    .first()
  if (!row) throw refusal('day', 'unknown_year')
  return Number(row.id)
}

function refuseIdle(day: string, kind: DayKind) {
  const worked = isWorkday(calendarDays([]), day)
  if (worked !== (kind === 'holiday'))
    throw refusal('kind', worked ? 'worked_anyway' : 'free_anyway')
}

function refusal(field: string, name: string) {
  const code = `calendar.errors.${name}`
  return new DomainError(code, {}, [{ field, code }])
}
