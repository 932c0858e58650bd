import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { inTransaction } from '#shared/database'
import { once } from '#shared/once'
import { addUnitName, endUnitName } from '../actions/unit_names.js'
import { namesOf } from '../queries/unit_names.js'
import { unitById } from '../queries/units.js'
import { nameEndValidator, nameValidator } from '../validators/units.js'

export default class UnitNamesController {
  async create({ actor, params, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    return view.render('pages/organization/units/name', { unit, names: await namesOf(unit.id) })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const form = await request.validateUsing(nameValidator)
    const documentId = await documentIdFrom(form.document_id)
    await once(request.input('_key'), 'organization.name', actor!.userId, (trx) =>
      addUnitName(trx, actor!, {
        unitId: unit.id,
        name: form.name,
        kind: form.kind,
        validFrom: form.valid_from,
        documentId,
      })
    )
    session.flash('success', i18n.t('organization.done.name_added'))
    return response.redirect().toRoute('organization.units.show', { id: unit.id })
  }

  /** Ends an additional name or an alias. */
  async end({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const form = await request.validateUsing(nameEndValidator)
    const nameId = Number(params.nameId)
    await inTransaction((trx) => endUnitName(trx, actor!, unit.id, nameId, form.valid_to))
    session.flash('success', i18n.t('organization.done.name_ended'))
    return response.redirect().toRoute('organization.units.show', { id: unit.id })
  }
}
