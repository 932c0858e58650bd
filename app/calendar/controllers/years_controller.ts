import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { confirmYear } from '../actions/confirm_year.js'
import { calendarYears } from '../queries/load_calendar.js'
import { yearPage } from '../queries/year_page.js'
import { yearValidator } from '../validators.js'

/** The official calendar: everybody signed in reads it, system administrators correct it. */
export default class YearsController {
  async index({ response }: HttpContext) {
    const years = (await calendarYears()).map(({ year }) => year)
    const now = Number(clock.today().slice(0, 4))
    const year = years.includes(now) ? now : (years.at(-1) ?? now)
    return response.redirect().toRoute('calendar.years.show', { year })
  }

  async show({ actor, params, view }: HttpContext) {
    const page = await yearPage(Number(params.year))
    return view.render('pages/calendar/show', {
      page,
      years: await calendarYears(),
      mayEdit: actor!.may('calendar.edit'),
      history: await historyOf('calendar_year', page.id),
    })
  }

  async confirm({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('calendar.edit')
    const form = await request.validateUsing(yearValidator)
    await confirmYear({ year: Number(params.year), ...form }, actor!)
    session.flash('success', i18n.t('calendar.done.confirmed'))
    return response.redirect().toRoute('calendar.years.show', { year: params.year })
  }
}
