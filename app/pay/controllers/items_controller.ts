import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { addStandardItems, approveItem, dropItem, saveItem, tryItem } from '../actions/items.js'
import { PERSON_NAMES, SIDES, TREATMENTS } from '../domain/items.js'
import { ITEM_RUN_KINDS, PAY_CLASSES, TOTAL_PARTS } from '../domain/runs.js'
import { parametersOn } from '../queries/configuration.js'
import { itemById, itemList } from '../queries/items.js'
import { TRIAL_SAMPLE } from '../queries/trial_people.js'
import {
  itemEditValidator,
  itemValidator,
  standardItemsValidator,
  versionValidator,
} from '../validators.js'

/** Pay items: dated configuration, checked when saved, tried before it takes effect. */
export default class ItemsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.view')
    const filters = {
      runKind: oneOf(request.input('kind'), ITEM_RUN_KINDS),
      employmentType: oneOf(request.input('class'), PAY_CLASSES),
    }
    return view.render('pages/pay/items/index', {
      filters,
      items: await itemList(filters),
      kinds: ITEM_RUN_KINDS,
      classes: PAY_CLASSES,
      today: clock.today(),
      mayPrepare: actor!.may('pay.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    return view.render('pages/pay/items/form', { item: null, ...(await choices()) })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const input = await inputOf(await request.validateUsing(itemValidator))
    const id = await once(request.input('_key'), 'pay.item', actor!.userId, (trx) =>
      saveItem(input, actor!, trx)
    )
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.items.show', { id })
  }

  async addStandard({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const form = await request.validateUsing(standardItemsValidator)
    const documentId = await requiredDocument(form.document_id)
    const ids = await addStandardItems(
      { employmentType: form.employment_type, validFrom: form.valid_from, documentId },
      actor!
    )
    session.flash('success', i18n.t('pay.done.items_added', { count: ids.length }))
    return response.redirect().toRoute('pay.items.index')
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('pay.view')
    const item = await itemById(Number(params.id))
    return view.render('pages/pay/items/show', {
      sample: TRIAL_SAMPLE,
      item,
      mayPrepare: actor!.may('pay.prepare'),
      mayApprove: actor!.may('pay.approve') && item.preparedBy !== actor!.userId,
      history: await historyOf('pay_item', item.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    actor!.authorize('pay.prepare')
    const item = await itemById(Number(params.id))
    return view.render('pages/pay/items/form', { item, ...(await choices()) })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const id = Number(params.id)
    const form = await request.validateUsing(itemEditValidator)
    await saveItem({ ...(await inputOf(form)), id, version: form.version }, actor!)
    session.flash('success', i18n.t('pay.done.saved'))
    return response.redirect().toRoute('pay.items.show', { id })
  }

  async try({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const { version } = await request.validateUsing(versionValidator)
    await tryItem({ id: Number(params.id), version }, actor!)
    session.flash('success', i18n.t('pay.done.tried'))
    return response.redirect().toRoute('pay.items.show', { id: params.id })
  }

  async approve({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = actor!.authorize('pay.approve')
    const { version } = await request.validateUsing(versionValidator)
    await approveItem({ id: Number(params.id), version, grant }, actor!)
    session.flash('success', i18n.t('pay.done.approved'))
    return response.redirect().toRoute('pay.items.show', { id: params.id })
  }

  async drop({ actor, params, request, response, session, i18n }: HttpContext) {
    actor!.authorize('pay.prepare')
    const { version } = await request.validateUsing(versionValidator)
    await dropItem({ id: Number(params.id), version }, actor!)
    session.flash('success', i18n.t('pay.done.dropped'))
    return response.redirect().toRoute('pay.items.index')
  }
}

async function choices() {
  const parameters = await parametersOn(clock.today())
  return {
    kinds: ITEM_RUN_KINDS,
    classes: PAY_CLASSES,
    sides: SIDES,
    treatments: TREATMENTS,
    parts: TOTAL_PARTS,
    today: clock.today(),
    names: [...PERSON_NAMES, ...Object.keys(parameters.value)],
  }
}

async function inputOf(form: Awaited<ReturnType<typeof itemValidator.validate>>) {
  return {
    code: form.code,
    name: form.name,
    runKind: form.run_kind,
    side: form.side,
    employmentType: form.employment_type ?? ('' as const),
    tax: form.tax,
    drawsOn: form.draws_on ?? null,
    formula: form.formula,
    orderNo: form.order_no,
    validFrom: form.valid_from,
    documentId: await requiredDocument(form.document_id),
  }
}
