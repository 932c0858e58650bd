import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { executeEvent } from '../actions/execute_event.js'
import { approveEvent, returnEvent, submitEvent, withdrawEvent } from '../actions/move_event.js'
import { eventById } from '../queries/events.js'
import { eventMoveValidator } from '../validators/event.js'

/** A move of a personnel event is a resource of its own: submission, approval, return… */
export default class EventMovesController {
  submit(ctx: HttpContext) {
    return this.move(ctx, 'people.events', 'submit', (input) => submitEvent(input, ctx.actor!))
  }

  approve(ctx: HttpContext) {
    return this.move(ctx, 'people.approve_events', 'approve', (input) =>
      approveEvent(input, ctx.actor!)
    )
  }

  return(ctx: HttpContext) {
    return this.move(ctx, 'people.approve_events', 'return', (input) =>
      returnEvent(input, ctx.actor!)
    )
  }

  withdraw(ctx: HttpContext) {
    return this.move(ctx, 'people.events', 'withdraw', (input) => withdrawEvent(input, ctx.actor!))
  }

  execute(ctx: HttpContext) {
    return this.move(ctx, 'people.approve_events', 'execute', (input) =>
      executeEvent(input, ctx.actor!)
    )
  }

  private async move(
    { actor, params, request, response, session, i18n }: HttpContext,
    capability: string,
    verb: string,
    act: (input: any) => Promise<void>
  ) {
    const event = await eventById(Number(params.id))
    if (!event) throw new NotFoundError('personnel event')
    const grant = actor!.authorize(capability, { unitId: event.unitId })
    const { version, comment } = await request.validateUsing(eventMoveValidator)
    await act({ eventId: event.id, version, comment: comment ?? null, grant })
    session.flash('success', i18n.t(`people.events.done.${verb}`))
    return response.redirect().toRoute('people.events.show', { id: event.id })
  }
}
