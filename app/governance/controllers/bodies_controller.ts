import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { addSeat, editBody, endSeat, setHolder } from '../actions/bodies.js'
import { authorizeAll, mayAll } from '../access.js'
import { QUORUMS, SEAT_ROLES } from '../domain/bodies.js'
import { holderFrom } from '../queries/holder_from.js'
import { allBodies, bodyById, seatById, seatsOf } from '../queries/bodies.js'
import { meetingPage } from '../queries/meetings.js'
import { bodyValidator, holderValidator, seatEndValidator, seatValidator } from '../validators.js'

/** 领导小组、联席会议: who sits there, and who holds each seat now. */
export default class BodiesController {
  async index({ actor, view }: HttpContext) {
    authorizeAll(actor!, 'governance.view')
    const bodies = await allBodies()
    const seats = await Promise.all(bodies.map(({ id }) => seatsOf(id)))
    return view.render('pages/governance/bodies/index', {
      bodies: bodies.map((body, index) => ({ ...body, seats: seats[index] })),
      mayImport: actor!.may('imports.run') && mayAll(actor!, 'governance.prepare'),
    })
  }

  async show({ actor, params, view }: HttpContext) {
    authorizeAll(actor!, 'governance.view')
    const body = await bodyById(Number(params.id))
    const meetings = await meetingPage({ bodyId: body.id, cursor: null })
    return view.render('pages/governance/bodies/show', {
      body: { ...body, seats: await seatsOf(body.id) },
      rows: meetings.rows.slice(0, 10),
      roles: SEAT_ROLES,
      quorums: QUORUMS,
      today: clock.today(),
      mayEdit: mayAll(actor!, 'governance.prepare'),
      editSeats: mayAll(actor!, 'governance.prepare'),
      history: await historyOf('body', body.id),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(bodyValidator)
    const { minutes_mark: minutesMark, ...rest } = form
    await editBody({ bodyId: Number(params.id), ...rest, minutesMark }, actor!)
    session.flash('success', i18n.t('governance.done.body_saved'))
    return response.redirect().toRoute('governance.bodies.show', { id: params.id })
  }

  async addSeat({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(seatValidator)
    const body = await bodyById(Number(params.id))
    await addSeat(
      {
        bodyId: body.id,
        role: form.role,
        title: form.title ?? null,
        unitId: form.unit_id ?? null,
        validFrom: form.valid_from,
      },
      actor!
    )
    session.flash('success', i18n.t('governance.done.body_saved'))
    return response.redirect().toRoute('governance.bodies.show', { id: body.id })
  }

  /** One seat: who holds it, from when; its end. */
  async seat({ actor, params, view }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const seat = await seatById(Number(params.id))
    return view.render('pages/governance/bodies/seat', {
      seat,
      body: await bodyById(seat.bodyId),
      today: clock.today(),
    })
  }

  async endSeat({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(seatEndValidator)
    const seat = await seatById(Number(params.id))
    await endSeat({ seatId: seat.id, ...form }, actor!)
    session.flash('success', i18n.t('governance.done.body_saved'))
    return response.redirect().toRoute('governance.bodies.show', { id: seat.bodyId })
  }

  async setHolder({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(holderValidator)
    const seat = await seatById(Number(params.id))
    await setHolder(
      { post: { seatId: seat.id }, holder: await holderFrom(form), from: form.from },
      actor!
    )
    session.flash('success', i18n.t('governance.done.holder_set'))
    return response.redirect().toRoute('governance.bodies.show', { id: seat.bodyId })
  }
}
