import db from '@adonisjs/lucid/services/db'
import type { WorkingClock } from '#calendar/domain/working_clock'
import { loadCalendar } from '#calendar/queries/load_calendar'
import type { Client } from '#decisions/queries/client'
import { APP_TZ } from '#shared/clock'
import { settingOn } from '#transfers/queries/settings'
import { DEFAULT_RULES, type ClockRules } from '../domain/supervision.js'

/** Dated configuration of the supervision clock, with the document that allows it. */
export const RULES_SETTING = 'governance.supervision'

/** The rules in force on a civil date; an order keeps those of the day it was issued. */
export async function clockRules(onDate: string, client: Client = db): Promise<ClockRules> {
  const set = (await settingOn(RULES_SETTING, onDate, client)) as Partial<ClockRules> | null
  return { ...DEFAULT_RULES, ...set }
}

/** The working clock of the house with the hours of these rules. */
export async function workingClock({ hours }: ClockRules): Promise<WorkingClock> {
  return { calendar: await loadCalendar(), hours, timeZone: APP_TZ }
}

export interface RulesVersion extends ClockRules {
  id: number
  validFrom: string
  documentNo: string | null
}

/** Every version that was set, latest first. */
export async function rulesVersions(): Promise<RulesVersion[]> {
  const rows = await db.from('settings').where('name', RULES_SETTING).orderBy('valid_from', 'desc')
  return rows.map((row) => ({
    ...DEFAULT_RULES,
    ...(JSON.parse(row.value) as Partial<ClockRules>),
    id: Number(row.id),
    validFrom: row.valid_from,
    documentNo: row.document_no,
  }))
}
