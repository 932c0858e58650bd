import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { once } from '#shared/once'
import { createDepartment, editDepartment } from '../actions/departments_and_posts.js'
import { departmentById, departmentsOf } from '../queries/posts.js'
import { unitById } from '../queries/units.js'
import { departmentEditValidator, departmentValidator } from '../validators/posts.js'

export default class DepartmentsController {
  /** Picker of forms within a unit: `[{ value, text, detail }]`. */
  async pick({ actor, params, request, response }: HttpContext) {
    actor!.authorize('organization.view')
    const text = String(request.input('q') ?? '')
    const departments = await departmentsOf(Number(params.id))
    return response.json(
      departments
        .filter(({ name, validTo }) => name.includes(text) && validTo === null)
        .slice(0, 20)
        .map(({ id, name }) => ({ value: id, text: name, detail: '' }))
    )
  }

  async create({ actor, params, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    return view.render('pages/organization/departments/create', { unit, department: null })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const form = await request.validateUsing(departmentValidator)
    await once(request.input('_key'), 'organization.department', actor!.userId, (trx) =>
      createDepartment(
        {
          unitId: unit.id,
          name: form.name,
          frontLine: Boolean(form.front_line),
          weight: form.weight,
          validFrom: form.valid_from,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('organization.done.department_created'))
    return toPosts(response, unit.id)
  }

  async edit({ actor, params, view }: HttpContext) {
    const department = await departmentById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: department.unitId })
    return view.render('pages/organization/departments/edit', {
      unit: await unitById(department.unitId),
      department,
      history: await historyOf('department', department.id),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const department = await departmentById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: department.unitId })
    const form = await request.validateUsing(departmentEditValidator)
    await editDepartment(
      {
        id: department.id,
        version: form.version,
        name: form.name,
        frontLine: Boolean(form.front_line),
        weight: form.weight ?? null,
      },
      actor!
    )
    session.flash('success', i18n.t('organization.done.department_edited'))
    return toPosts(response, department.unitId)
  }
}

export function toPosts(response: HttpContext['response'], unitId: number) {
  return response
    .redirect()
    .withQs({ tab: 'posts' })
    .toRoute('organization.units.show', { id: unitId })
}
