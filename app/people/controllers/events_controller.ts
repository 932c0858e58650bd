import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { verbsFrom } from '#shared/transitions'
import { requestById } from '#organization/queries/quota_requests'
import { EVENT_KINDS, EVENT_STATES, EVENT_TRANSITIONS, type EventVerb } from '../domain/events.js'
import { eventById, listEvents, type EventRow } from '../queries/events.js'
import { namesInEvent } from '../queries/event_names.js'

/** Personnel events: the list, and one with the moves that are allowed now. */
export default class EventsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('people.view')
    const { kind, state, unit, q, cursor = null } = request.qs()
    const filter = { kind, state, unitId: Number(unit) || undefined, text: q }
    return view.render('pages/people/events/index', {
      page: await listEvents(filter, actor!.unitsFor('people.view'), cursor),
      filter: { kind, state, unit, q },
      kinds: EVENT_KINDS,
      states: EVENT_STATES,
    })
  }

  async show({ actor, params, view }: HttpContext) {
    const event = await eventById(Number(params.id))
    if (!event) throw new NotFoundError('personnel event')
    actor!.authorize('people.view', { unitId: event.unitId })
    const { quotaRequestId, returnsFrom } = event.details
    return view.render('pages/people/events/show', {
      event,
      warnings: event.details.warnings ?? [],
      names: await namesInEvent(event.details),
      quotaRequest: quotaRequestId ? await requestById(quotaRequestId) : null,
      absence: returnsFrom ? await eventById(returnsFrom) : null,
      moves: movesFor(event, actor!),
      mayEdit: isOpen(event) && actor!.may('people.events', { unitId: event.unitId }),
      history: await historyOf('personnel_event', event.id),
    })
  }
}

/** Each move is a resource below the event. */
const PATHS: Record<EventVerb, string> = {
  submit: 'submission',
  approve: 'approval',
  return: 'return',
  withdraw: 'withdrawal',
  execute: 'execution',
}

/** The moves that state and permission allow now; one that must wait is shown with its reason. */
function movesFor(event: EventRow, actor: Actor) {
  const target = { unitId: event.unitId }
  const own = event.createdBy === actor.userId || actor.isSelf(event.personId)
  return verbsFrom(EVENT_TRANSITIONS, event.state).flatMap((verb) => {
    const approves = verb === 'approve' || verb === 'return' || verb === 'execute'
    const may = actor.may(approves ? 'people.approve_events' : 'people.events', target)
    const seconds = verb === 'approve' || verb === 'return'
    if (!may || (seconds && own)) return []
    const early = verb === 'execute' && event.effectiveOn > clock.today()
    return [{ verb, url: `/people/events/${event.id}/${PATHS[verb]}`, disabled: early }]
  })
}

function isOpen(event: EventRow): boolean {
  return event.state === 'draft' || event.state === 'returned'
}
