import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { updateVersioned } from '#shared/database'
import { once } from '#shared/once'
import { setUnitFacts } from '../actions/set_unit_facts.js'
import { unitOptions } from '../presenters/options.js'
import { unitById } from '../queries/units.js'
import { factsValidator } from '../validators/units.js'

/** Rank, class, supervising body and parent of a unit from a day on. */
export default class UnitFactsController {
  async create({ actor, params, view }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const options = await unitOptions()
    const units = options.filter(({ value }) => value !== unit.id)
    return view.render('pages/organization/units/facts', { unit, units })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const unit = await unitById(Number(params.id))
    actor!.authorize('organization.edit', { unitId: unit.id })
    const form = await request.validateUsing(factsValidator)
    const documentId = await requiredDocument(form.document_id)
    await once(request.input('_key'), 'organization.facts', actor!.userId, async (trx) => {
      await updateVersioned(trx, 'units', unit.id, form.version, {})
      await setUnitFacts(trx, actor!, {
        unitId: unit.id,
        validFrom: form.valid_from,
        rank: form.rank ?? null,
        unitClass: form.unit_class ?? null,
        supervisor: form.supervisor ?? null,
        parentId: form.parent_id ?? null,
        documentId,
      })
    })
    session.flash('success', i18n.t('organization.done.facts_set'))
    return response.redirect().toRoute('organization.units.show', { id: unit.id })
  }
}
