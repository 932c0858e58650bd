import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { isCivilDate } from '#shared/dates'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { editDay } from '../actions/edit_day.js'
import { dayValidator } from '../validators.js'

export default class DaysController {
  async edit({ actor, params, view }: HttpContext) {
    actor!.authorize('calendar.edit')
    const day = String(params.day)
    if (!isCivilDate(day)) throw new NotFoundError('day')
    const entry = await db.from('calendar_days').where('day', day).first()
    return view.render('pages/calendar/edit', { day, year: Number(day.slice(0, 4)), entry })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('calendar.edit')
    const day = String(params.day)
    if (!isCivilDate(day)) throw new NotFoundError('day')
    const form = await request.validateUsing(dayValidator)
    await once(request.input('_key'), 'calendar.day', actor!.userId, (trx) =>
      editDay(
        {
          day,
          kind: form.kind,
          name: form.name ?? '',
          version: Number(request.input('version')) || null,
          reason: form.reason,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('calendar.done.edited'))
    return response.redirect().toRoute('calendar.years.show', { year: day.slice(0, 4) })
  }
}
