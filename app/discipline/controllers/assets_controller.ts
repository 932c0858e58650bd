import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { record } from '#audit/actions/record'
import { documentIdFrom, requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { typedYuan } from '#shared/money'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { createAsset, disposeAsset, editAsset } from '../actions/assets.js'
import { assetRegister } from '../documents/registers.js'
import { ASSET_CATEGORIES, CONDITIONS, PURPOSES } from '../domain/assets.js'
import { fenFrom, idFrom } from '../form_values.js'
import {
  assetById,
  assetList,
  assetPage,
  ASSET_STATES,
  assetTotals,
  type AssetRow,
} from '../queries/assets.js'
import { freezeStatus } from '../queries/status.js'
import { assetEditValidator, assetValidator, disposalValidator } from '../validators.js'
import { unitChoices } from './records_controller.js'

const CHOICES = { categories: ASSET_CATEGORIES, purposes: PURPOSES, conditions: CONDITIONS }

/** 资产台账: custody, place, use and condition; locked while the freeze lasts. */
export default class AssetsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('assets.view')
    const units = actor!.unitsFor('assets.view')
    const filters = filtersOf(request)
    return view.render('pages/discipline/assets/index', {
      ...CHOICES,
      filters,
      states: ASSET_STATES,
      units: await unitChoices(units),
      page: await assetPage({ ...filters, units, cursor: request.input('cursor') ?? null }),
      totals: await assetTotals({ ...filters, units }),
      status: await freezeStatus(),
      mayKeep: actor!.may('assets.keep'),
      mayImport: actor!.may('assets.keep') && actor!.may('imports.run'),
    })
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('assets.view')
    const rows = await assetList({ ...filtersOf(request), units: actor!.unitsFor('assets.view') })
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'discipline.asset.exported',
        subjectType: 'asset',
        subjectId: null,
        changes: { rows: rows.length },
        grant,
      })
    )
    const name = `${i18n.t('discipline.pages.assets')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, assetRegister(rows))
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('assets.keep')
    return view.render('pages/discipline/assets/form', {
      ...CHOICES,
      asset: null,
      units: await unitOptions(actor!.unitsFor('assets.keep')),
      status: await freezeStatus(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('assets.keep')
    const form = await request.validateUsing(assetValidator)
    actor!.authorize('assets.keep', { unitId: form.unit_id })
    const documentId = await documentIdFrom(form.document_id)
    const input = { ...factsOf(form), code: form.code, unitId: form.unit_id, documentId }
    const id = await once(request.input('_key'), 'discipline.asset', actor!.userId, (trx) =>
      createAsset(input, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.asset_saved'))
    return response.redirect().toRoute('discipline.assets.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const asset = await assetById(Number(params.id))
    const target = { unitId: asset.unitId }
    actor!.authorize('assets.view', target)
    return view.render('pages/discipline/assets/show', {
      asset,
      mayKeep: asset.state !== 'disposed' && actor!.may('assets.keep', target),
      history: await historyOf('asset', asset.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const asset = await assetById(Number(params.id))
    actor!.authorize('assets.keep', { unitId: asset.unitId })
    return view.render('pages/discipline/assets/form', {
      ...CHOICES,
      asset: typed(asset),
      units: [],
      status: await freezeStatus(),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const asset = await assetById(Number(params.id))
    actor!.authorize('assets.keep', { unitId: asset.unitId })
    const form = await request.validateUsing(assetEditValidator)
    await editAsset(
      {
        ...factsOf(form),
        assetId: asset.id,
        version: form.version,
        wasWrong: form.nature === 'correction',
        reason: form.reason,
        documentId: await documentIdFrom(form.document_id),
      },
      actor!
    )
    session.flash('success', i18n.t('discipline.done.asset_saved'))
    return response.redirect().toRoute('discipline.assets.show', { id: asset.id })
  }

  async dispose({ actor, params, request, response, session, i18n }: HttpContext) {
    const asset = await assetById(Number(params.id))
    actor!.authorize('assets.keep', { unitId: asset.unitId })
    const {
      document_id: document,
      ground,
      ...form
    } = await request.validateUsing(disposalValidator)
    const documentId = await requiredDocument(document)
    const byCourt = ground === 'court_order'
    await disposeAsset({ ...form, assetId: asset.id, documentId, byCourt }, actor!)
    session.flash('success', i18n.t('discipline.done.asset_disposed'))
    return response.redirect().toRoute('discipline.assets.show', { id: asset.id })
  }
}

function filtersOf(request: HttpContext['request']) {
  return {
    unitId: idFrom(request.input('unit')),
    category: oneOf(request.input('category'), ASSET_CATEGORIES),
    purpose: oneOf(request.input('purpose'), PURPOSES),
    condition: oneOf(request.input('condition'), CONDITIONS),
    state: oneOf(request.input('state'), ASSET_STATES),
    text: String(request.input('q') ?? '').slice(0, 100) || null,
  }
}

const typed = (asset: AssetRow) => ({
  ...asset,
  original: typedYuan(asset.originalFen),
  net: typedYuan(asset.netFen),
})

type Form = Omit<Awaited<ReturnType<typeof assetValidator.validate>>, 'code' | 'unit_id'>

function factsOf(form: Form) {
  return {
    name: form.name,
    category: form.category,
    model: form.model ?? null,
    custodian: form.custodian ?? null,
    place: form.place ?? null,
    purpose: form.purpose,
    condition: form.condition,
    acquiredOn: form.acquired_on ?? null,
    originalFen: fenFrom(form.original, 'original'),
    netFen: fenFrom(form.net, 'net'),
  }
}
