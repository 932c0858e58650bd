import type { HttpContext } from '@adonisjs/core/http'
import { livingUnits, unitsByIds } from '#organization/queries/units'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import env from '#start/env'
import { createFeed, revokeFeed } from '../actions/feeds.js'
import { icalendar } from '../domain/icalendar.js'
import { feedEvents } from '../presenters/feed_events.js'
import { feedsOf, readFeed } from '../queries/feeds.js'
import { outlook } from '../queries/forecast.js'
import { feedValidator } from '../validators.js'

/** Secret addresses under which a calendar reads the dates of a unit or of a person. */
export default class FeedsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('programme.view')
    return view.render('pages/programme/feeds', {
      feeds: await feedsOf(actor!.userId!),
      units: await feedUnits(actor!),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    const { name, unit_id: unitId } = await request.validateUsing(feedValidator)
    if (unitId) actor!.authorize('programme.view', { unitId })
    const { token } = await createFeed({ name, unitId: unitId ?? null }, actor!)
    // Shown once, on the next page; nobody can read it again.
    session.flash('feed_address', `${env.get('APP_URL')}/programme/calendars/${token}.ics`)
    session.flash('success', i18n.t('programme.done.feed_created'))
    return response.redirect().toRoute('programme.feeds.index')
  }

  async revoke({ actor, params, response, session, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    await revokeFeed({ feedId: Number(params.id) }, actor!)
    session.flash('success', i18n.t('programme.done.feed_revoked'))
    return response.redirect().toRoute('programme.feeds.index')
  }

  /** Without signing in: the address is the secret, and shows what its owner may see today. */
  async show({ params, response, i18n }: HttpContext) {
    const token = String(params.token).replace(/\.ics$/, '')
    const feed = await readFeed(token)
    if (!feed) throw new NotFoundError('calendar')
    const events = feedEvents(feed.rows, env.get('APP_URL'), i18n)
    response.header('Content-Type', 'text/calendar; charset=utf-8')
    response.header('Cache-Control', 'no-store')
    response.header('Content-Disposition', 'inline; filename="calendar.ics"')
    return response.send(icalendar({ name: feed.name, events }, clock.now()))
  }
}

/** Units that the actor may see and that have something to do in the plan. */
async function feedUnits(actor: NonNullable<HttpContext['actor']>) {
  const reach = actor.unitsFor('programme.view')
  const now = await outlook()
  const ids = new Set((now?.rows ?? []).map(({ leadUnitId }) => leadUnitId))
  const units = await unitsByIds([...ids])
  const living = new Map((await livingUnits()).map(({ id, name }) => [id, name]))
  for (const [id, { name }] of units) living.set(id, name)
  return [...living]
    .filter(([id]) => reach === 'all' || reach.includes(id))
    .map(([value, label]) => ({ value, label }))
}
