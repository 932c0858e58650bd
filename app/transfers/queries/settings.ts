import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'

/** The value in force on a civil date of a dated setting (`settings`), null when there is none. */
export async function settingOn(name: string, date: string, client: Client = db): Promise<unknown> {
  const row = await client
    .from('settings')
    .where('name', name)
    .where('valid_from', '<=', date)
    .orderBy('valid_from', 'desc')
    .first()
  return row ? JSON.parse(row.value) : null
}

/** Approval steps, in order: a list of `unit`, `personnel`, `establishment`. */
export const STEPS_SETTING = 'transfers.steps'
/** Names of the units whose establishment waits for 舆情中心在编人员去向: a list of texts. */
export const UNDECIDED_UNITS_SETTING = 'transfers.undecided_units'
/** The most lines of one batch: its execution is one transaction (law 15). */
export const MAX_LINES_SETTING = 'transfers.max_lines'

export const UNDECIDED_UNITS: readonly string[] = ['新闻网络舆情中心', '舆情中心']
export const MAX_LINES = 10_000
