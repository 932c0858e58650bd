import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { peopleRegister } from '../documents/people_register.js'
import { sendRegister } from '#shared/downloads'
import { retirementOf } from '../domain/retirement_of_person.js'
import { departmentChoices, unitChoices } from '../queries/choices.js'
import { findPeople } from '../queries/find_people.js'
import { peopleFilterOf, peopleOrderOf } from '../queries/people_filter.js'
import { allPeople, countPeople, peoplePage, type PeopleRow } from '../queries/people_list.js'
import { authorizeAnyPeople, peopleScope } from '../queries/people_scope.js'

const PICKED = 20

/** The people list: page, export and picker, each within what the actor may see. */
export default class PersonsController {
  async index({ actor, request, view }: HttpContext) {
    const scope = authorizeAnyPeople(actor!)
    const filter = peopleFilterOf(request.qs(), clock.today())
    const order = peopleOrderOf(request.qs())
    const cursor = request.input('cursor') ?? null
    return view.render('pages/people/persons/index', {
      filter,
      order,
      page: await peoplePage(filter, scope, order, cursor),
      total: await countPeople(filter, scope),
      units: await unitChoices(scope),
      departments: filter.unitId ? await departmentChoices(filter.unitId, filter.asOf) : [],
      seesUnplaced: scope.units === 'all' || scope.newcomers,
      retiresIn: (row: PeopleRow) => retirementMonth(row),
    })
  }

  /** Exactly the rows of the list that the actor may take out of the house. */
  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('people.export')
    const scope = peopleScope(actor!, 'people.export')
    const filter = peopleFilterOf(request.qs(), clock.today())
    const order = peopleOrderOf(request.qs())
    const total = await countPeople(filter, scope)
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'people.persons.exported',
        subjectType: 'people_list',
        subjectId: null,
        changes: { ...filter, count: total },
        grant,
      })
    )
    const name = `${i18n.t('people.register.sheet')}-${filter.asOf}.xlsx`
    return sendRegister(
      ctx,
      name,
      peopleRegister(allPeople(filter, scope, order), filter.asOf, i18n)
    )
  }

  /** For pickers in forms: `[{ value, text, detail }]`; with `any` also who has no place now. */
  async pick({ actor, request, response }: HttpContext) {
    authorizeAnyPeople(actor!)
    const unitId = Number(request.input('unit')) || null
    const text = String(request.input('q') ?? '')
    const rows = await findPeople(actor!, text, PICKED, { unitId })
    if (request.input('any')) {
      rows.push(...(await findPeople(actor!, text, PICKED - rows.length, { placed: false })))
    }
    return response.json(
      rows.map(({ person, assignment }) => ({
        value: person.id,
        text: person.name,
        detail: [assignment?.unitName, assignment?.departmentName, person.identityMasked]
          .filter(Boolean)
          .join(' · '),
      }))
    )
  }
}

function retirementMonth({ person, assignment }: PeopleRow): string | null {
  const result = retirementOf({ ...person, grade: assignment?.grade ?? null }, clock.today())
  return result?.ok ? result.month : null
}
