import type { I18n } from '@adonisjs/i18n'
import { decisionTitle } from '#decisions/presenters'
import type { Actor } from '#shared/actor'
import { unitById } from '#organization/queries/units'
import { clock } from '#shared/clock'
import { daysBetween } from '../domain/days.js'
import { unitPage } from '../queries/unit_page.js'

/** A unit with what it owes, each with the days that are left. */
export async function unitView(actor: Actor, unitId: number, i18n: I18n) {
  const unit = await unitById(unitId)
  const page = await unitPage(actor, unitId)
  const today = clock.today()
  const left = (date: string | null) => (date ? daysBetween(today, date) : null)
  return {
    ...page,
    unit,
    tasks: page.tasks?.map((part) => ({ ...part, daysLeft: left(part.dueOn) })) ?? null,
    decisions: page.decisions?.map((row) => ({ ...row, title: decisionTitle(row, i18n) })) ?? null,
    items:
      page.items?.map((item) => {
        const dueOn = item.fixedOn ?? item.forecast.latestFinish
        return { ...item, dueOn, daysLeft: left(dueOn) }
      }) ?? null,
  }
}
