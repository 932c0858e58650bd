import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { verbsFrom } from '#shared/transitions'
import { GRADES } from '#organization/domain/grades'
import { livingUnits } from '#organization/queries/units'
import { createEvent } from '../actions/save_event.js'
import { EVENT_KINDS, EVENT_STATES, EVENT_TRANSITIONS, type EventVerb } from '../domain/events.js'
import { eventById, eventsOfPerson, listEvents, type EventRow } from '../queries/events.js'
import { authorizeFor } from '../queries/people_scope.js'
import { personById } from '../queries/person.js'
import { placeOfPost, placesOf } from '../queries/places.js'
import { retirementOfPerson } from '../queries/retirement.js'
import { eventValidator } from '../validators/event.js'

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

  /** The kind and the person decide which fields the form asks for. */
  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('people.events')
    const kind = EVENT_KINDS.find((known) => known === request.input('kind')) ?? null
    const personId = Number(request.input('person')) || null
    const person = personId ? await personById(personId) : null
    if (person && kind !== 'hire') await authorizeFor(actor!, 'people.events', person.id)
    const today = clock.today()
    const units = await livingUnits(today)
    return view.render('pages/people/events/create', {
      kind,
      person,
      today,
      kinds: EVENT_KINDS,
      grades: GRADES,
      units: units.map(({ id, name }) => ({ value: id, label: name })),
      places: kind === 'hire' ? await placesOf(actor!.unitsFor('people.events'), today) : null,
      retirement: person && kind === 'retire' ? await retirementOfPerson(person, today) : null,
      returns: person && kind === 'return' ? await openAbsences(person.id) : [],
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    const form = await request.validateUsing(eventValidator)
    const { kind, person_id: personId } = form
    const post = form.post_id ? await placeOfPost(form.post_id) : null
    const unitId = post?.unitId ?? form.unit_id ?? null
    if (kind === 'hire') actor!.authorize('people.events', { unitId })
    else await authorizeFor(actor!, 'people.events', personId)
    const id = await once(request.input('_key'), 'people.event.create', actor!.userId, (trx) =>
      createEvent(
        {
          kind,
          personId,
          unitId,
          effectiveOn: form.effective_on,
          untilOn: form.until_on ?? null,
          documentNo: form.document_no?.trim() || null,
          reason: form.reason ?? null,
          details: { ...detailsOf(form), departmentId: post?.departmentId ?? null },
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('people.events.created'))
    return response.redirect().toRoute('people.events.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const event = await eventById(Number(params.id))
    if (!event) throw new NotFoundError('personnel event')
    actor!.authorize('people.view', { unitId: event.unitId })
    return view.render('pages/people/events/show', {
      event,
      moves: movesFor(event, actor!),
      history: await historyOf('personnel_event', event.id),
      warnings: event.details.warnings ?? [],
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
  const own = event.createdBy === actor.userId
  return verbsFrom(EVENT_TRANSITIONS, event.state).flatMap((verb) => {
    const approves = verb === 'approve' || verb === 'return' || verb === 'execute'
    const may = actor.may(approves ? 'people.approve_events' : 'people.events', target)
    const seconds = verb === 'approve' || verb === 'return'
    if (!may || (seconds && own)) return []
    const early = verb === 'execute' && event.effectiveOn > clock.today()
    return [{ verb, url: `/people/events/${event.id}/${PATHS[verb]}`, disabled: early }]
  })
}

async function openAbsences(personId: number) {
  const events = await eventsOfPerson(personId)
  return events.filter(
    ({ kind, state }) => (kind === 'secondment' || kind === 'long_leave') && state === 'done'
  )
}

function detailsOf(form: any) {
  return {
    postId: form.post_id ?? null,
    employmentType: form.employment_type ?? null,
    fundingType: form.funding_type ?? null,
    grade: form.grade ?? null,
    quotaRequestId: form.quota_request_id ?? null,
    deviates: form.deviates ?? false,
    basis: form.basis ?? null,
    destination: form.destination ?? null,
    toUnitId: form.to_unit_id ?? null,
    leaveType: form.leave_type ?? null,
    returnsFrom: form.returns_from ?? null,
  }
}
