import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { isCivilDate } from '#shared/dates'
import { NotFoundError } from '#shared/errors'
import { openHoldsAbout } from '#decisions/queries/require_decision'
import { retirementKindOf, retirementOf } from '../domain/retirement_of_person.js'
import { timelineOf } from '../queries/assignments.js'
import { personById } from '../queries/person.js'
import { historyOfPerson, personAsKnown, revisionsOf } from '../queries/person_history.js'
import { authorizeView, targetOf } from '../queries/people_scope.js'
import { eventsOfPerson } from '../queries/events.js'

const TABS = ['assignments', 'events', 'versions'] as const

/** The page of one person: as of a date, as it was known on one. */
export default class ProfilesController {
  async show({ actor, params, request, view }: HttpContext) {
    const personId = Number(params.id)
    const person = await personById(personId)
    if (!person) throw new NotFoundError('person')
    await authorizeView(actor!, personId)
    const today = clock.today()
    const asOf = dateOf(request.input('as_of')) ?? today
    const knownOn = dateOf(request.input('known_on'))
    const shown = knownOn ? await personAsKnown(personId, knownOn) : person
    const timeline = await timelineOf(personId, knownOn)
    const current = timeline.find(
      (row) => row.kind === 'main' && row.validFrom <= asOf && (row.validTo ?? '9999') > asOf
    )
    const facts = { ...(shown ?? person), grade: current?.grade ?? timeline[0]?.grade ?? null }
    return view.render('pages/people/persons/show', {
      person: shown ?? person,
      version: person.version,
      known: shown !== null,
      asOf,
      knownOn,
      tab: TABS.find((name) => name === request.input('tab')) ?? 'assignments',
      timeline,
      current: current ?? null,
      events: await eventsOfPerson(personId),
      revisions: await revisionsOf(personId),
      holds: (await openHoldsAbout('person', [personId])).get(personId) ?? [],
      retirement: retirementOf(facts, today),
      retirementKind: retirementKindOf(facts),
      may: await mayDo(actor!, personId),
      history: await historyOfPerson(personId, actor!),
    })
  }
}

/** What the page offers to this actor. */
async function mayDo(actor: Actor, personId: number) {
  const { unitId, home } = await targetOf(personId)
  const target = { unitId, personId }
  const placeless = home === null
  return {
    correct: placeless ? actor.may('people.edit') : actor.may('people.edit', target),
    unmask: placeless
      ? actor.unitsFor('people.unmask') === 'all'
      : actor.may('people.unmask', target),
    event: placeless ? actor.may('people.events') : actor.may('people.events', target),
    answer: actor.may('people.edit', target) && !actor.isSelf(personId),
    ownWord: actor.isSelf(personId) && actor.may('people.view_self', { personId }),
    decisions: actor.may('decisions.view'),
  }
}

function dateOf(value: unknown): string | null {
  return isCivilDate(value) ? value : null
}
