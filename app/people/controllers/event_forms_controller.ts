import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { GRADES } from '#organization/domain/grades'
import { livingUnits } from '#organization/queries/units'
import { editEvent } from '../actions/edit_event.js'
import { createEvent } from '../actions/save_event.js'
import { EVENT_KINDS, type EventKind } from '../domain/events.js'
import { eventById, eventsOfPerson } from '../queries/events.js'
import { authorizeFor, mayView } from '../queries/people_scope.js'
import { personById, type PersonRow } from '../queries/person.js'
import { placeOfPost, placesOf } from '../queries/places.js'
import { retirementOfPerson } from '../queries/retirement.js'
import { eventRevisionValidator, eventValidator } from '../validators/event.js'

/** Somebody whose identity number was typed in full may be hired although the record is elsewhere. */
export const MAY_HIRE = 'people.may_hire'

/** Writing a personnel event, and mending one that is a draft or came back. */
export default class EventFormsController {
  /** The kind and the person decide which fields the form asks for. */
  async create(ctx: HttpContext) {
    const { actor, request, view } = ctx
    actor!.authorize('people.events')
    const kind = EVENT_KINDS.find((known) => known === request.input('kind')) ?? null
    const personId = Number(request.input('person')) || null
    const person = personId ? await personById(personId) : null
    if (personId && !person) throw new NotFoundError('person')
    if (person) await authorizePerson(ctx, kind, person.id)
    return view.render('pages/people/events/create', {
      kind,
      person,
      kinds: EVENT_KINDS,
      ...(kind && person ? await fieldsOf(ctx, kind, person) : {}),
      event: null,
    })
  }

  async store(ctx: HttpContext) {
    const { actor, request, response, session, i18n } = ctx
    actor!.authorize('people.events')
    const form = await request.validateUsing(eventValidator)
    const { kind, person_id: personId } = form
    await authorizePerson(ctx, kind, personId)
    const values = await valuesOf(form, kind, actor!)
    const id = await once(request.input('_key'), 'people.event.create', actor!.userId, (trx) =>
      createEvent({ ...values, kind, personId }, actor!, trx)
    )
    session.flash('success', i18n.t('people.events.created'))
    return response.redirect().toRoute('people.events.show', { id })
  }

  async edit(ctx: HttpContext) {
    const { actor, params, view } = ctx
    const event = await this.find(params.id, actor!)
    const person = (await personById(event.personId))!
    return view.render('pages/people/events/create', {
      kind: event.kind,
      person,
      kinds: EVENT_KINDS,
      ...(await fieldsOf(ctx, event.kind, person)),
      event,
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const event = await this.find(params.id, actor!)
    const form = await request.validateUsing(eventRevisionValidator)
    const values = await valuesOf(form, event.kind, actor!)
    const input = { eventId: event.id, version: form.version, values }
    await once(request.input('_key'), 'people.event.edit', actor!.userId, (trx) =>
      editEvent(input, actor!, trx)
    )
    session.flash('success', i18n.t('people.events.edited'))
    return response.redirect().toRoute('people.events.show', { id: event.id })
  }

  private async find(id: unknown, actor: Actor) {
    const event = await eventById(Number(id))
    if (!event) throw new NotFoundError('personnel event')
    actor.authorize('people.events', { unitId: event.unitId })
    return event
  }
}

/** An event about somebody needs the unit where the person belongs; a hire, that the record is in reach. */
async function authorizePerson(ctx: HttpContext, kind: EventKind | null, personId: number) {
  const actor = ctx.actor!
  if (kind !== 'hire') return authorizeFor(actor, 'people.events', personId)
  actor.authorize('people.events')
  const named = ctx.session.get(MAY_HIRE) === personId
  if (!named && !(await mayView(actor, personId))) throw new ForbiddenError('people.events')
}

/** What the form of a kind offers. */
async function fieldsOf({ actor, i18n }: HttpContext, kind: EventKind, person: PersonRow) {
  const words = (type: string) => i18n.t(`shared.employment.${type}`)
  const today = clock.today()
  const units = kind === 'hire' ? actor!.unitsFor('people.events') : 'all'
  const living = (await livingUnits(today)).filter(
    ({ id }) => units === 'all' || units.includes(id)
  )
  return {
    today,
    grades: GRADES,
    units: living.map(({ id, name }) => ({ value: id, label: name })),
    places: kind === 'hire' ? await placesOf(actor!.unitsFor('people.events'), today, words) : null,
    retirement: kind === 'retire' ? await retirementOfPerson(person, today) : null,
    returns: kind === 'return' ? await absencesOf(person.id) : [],
  }
}

async function absencesOf(personId: number) {
  const events = await eventsOfPerson(personId)
  return events.filter(
    ({ kind, state }) => (kind === 'secondment' || kind === 'long_leave') && state === 'done'
  )
}

type Form = Omit<Awaited<ReturnType<typeof eventRevisionValidator.validate>>, 'version'>

/** A post brings its unit and department; a hire needs the permission in that unit. */
async function valuesOf(form: Form, kind: EventKind, actor: Actor) {
  const post = form.post_id ? await placeOfPost(form.post_id) : null
  const unitId = post?.unitId ?? form.unit_id ?? null
  if (kind === 'hire') actor.authorize('people.events', { unitId })
  return {
    unitId,
    effectiveOn: form.effective_on,
    untilOn: form.until_on ?? null,
    documentNo: form.document_no?.trim() || null,
    reason: form.reason ?? null,
    details: {
      departmentId: post?.departmentId ?? null,
      postId: form.post_id ?? null,
      employmentType: form.employment_type ?? null,
      fundingType: form.funding_type ?? null,
      grade: form.grade ?? null,
      leaderPost: form.leader_post ?? false,
      quotaRequestId: form.quota_request_id ?? null,
      allowOver: form.allow_over ?? false,
      deviates: form.deviates ?? false,
      basis: form.basis ?? null,
      destination: form.destination ?? null,
      toUnitId: form.to_unit_id ?? null,
      leaveType: form.leave_type ?? null,
      returnsFrom: form.returns_from ?? null,
    },
  }
}
