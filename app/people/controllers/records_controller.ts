import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { DomainError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { correctPerson } from '../actions/correct_person.js'
import { createPerson } from '../actions/create_person.js'
import { readPerson, type PersonForm } from '../domain/read_person.js'
import { mainAssignmentOf } from '../queries/assignments.js'
import { personById, personByIdentity, type PersonRow } from '../queries/person.js'
import { authorizeFor } from '../queries/people_scope.js'
import { correctionValidator, personValidator } from '../validators/person.js'
import { MAY_HIRE } from './event_forms_controller.js'

/** Putting people on record and correcting what stands there. */
export default class RecordsController {
  create({ actor, view }: HttpContext) {
    actor!.authorize('people.edit')
    return view.render('pages/people/persons/create')
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('people.edit')
    const form = await request.validateUsing(personValidator)
    const input = { ...read(form), external: form.external ?? false }
    const known = input.identityNo ? await personByIdentity(input.identityNo) : null
    if (known && !(await mainAssignmentOf(known.id, clock.today())) && !known.mergedInto) {
      session.put(MAY_HIRE, known.id)
      session.flash('notice', i18n.t('people.create.known', { name: known.name }))
      return response.redirect().toPath(`/people/events/create?kind=hire&person=${known.id}`)
    }
    const id = await once(request.input('_key'), 'people.person.create', actor!.userId, (trx) =>
      createPerson(input, actor!, trx)
    )
    session.flash('success', i18n.t('people.create.done', { name: input.name }))
    return response.redirect().toRoute('people.persons.show', { id })
  }

  async edit({ actor, params, view }: HttpContext) {
    const person = await this.find(params.id)
    await authorizeFor(actor!, 'people.edit', person.id)
    return view.render('pages/people/persons/edit', { person })
  }

  async correct({ actor, params, request, response, session, i18n }: HttpContext) {
    const person = await this.find(params.id)
    await authorizeFor(actor!, 'people.edit', person.id)
    const form = await request.validateUsing(correctionValidator)
    const values = read(form.identity_no ? followNumber(form, person) : form)
    const { version, reason } = form
    const input = {
      personId: person.id,
      version,
      values,
      reason,
      documentNo: form.document_no ?? null,
    }
    await once(request.input('_key'), 'people.person.correct', actor!.userId, (trx) =>
      correctPerson(input, actor!, trx)
    )
    session.flash('success', i18n.t('people.correct.done'))
    return response.redirect().toRoute('people.persons.show', { id: person.id })
  }

  private async find(id: unknown) {
    const person = await personById(Number(id))
    if (!person || person.mergedInto) throw new NotFoundError('person')
    return person
  }
}

/** Sex and birth that nobody changed follow a corrected identity number. */
function followNumber<Form extends { sex?: unknown; birth_on?: unknown }>(
  form: Form,
  person: PersonRow
) {
  return {
    ...form,
    sex: form.sex === person.sex ? null : form.sex,
    birth_on: form.birth_on === person.birthOn ? null : form.birth_on,
  }
}

/** The normalised values of a form; what cannot be read is said at its field. */
function read(form: { [Name in keyof PersonForm]?: PersonForm[Name] } & { name: string }) {
  const empty = {
    identity_no: null,
    sex: null,
    birth_on: null,
    phone: null,
    education: null,
    political_status: null,
    work_started_on: null,
    retirement_kind: null,
    remark: null,
  }
  const { findings, input } = readPerson({ ...empty, ...form }, clock.today())
  if (findings.length) {
    const fields = findings.map(({ field, code }) => ({ field, code: `people.errors.${code}` }))
    throw new DomainError('people.errors.form', { count: findings.length }, fields)
  }
  return input
}
