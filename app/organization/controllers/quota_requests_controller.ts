import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { lastTimeOf } from '#audit/queries/last_change'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { createRequest, editRequest } from '../actions/quota_requests/save_request.js'
import { REQUEST_STATES } from '../domain/request_states.js'
import { categoryOptions, fundingOptions, unitOptions } from '../presenters/options.js'
import { requestSteps } from '../presenters/request_steps.js'
import { quotaBalances } from '../queries/quota_balances.js'
import { requestById, requestPage } from '../queries/quota_requests.js'
import { requestEditValidator, requestValidator } from '../validators/quota.js'

/** 用编申请 */
export default class QuotaRequestsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('quota.view')
    const filters = {
      state: oneOf(request.input('state'), REQUEST_STATES),
      unitId: Number(request.input('unit')) || null,
    }
    const units = actor!.unitsFor('quota.view')
    const cursor = request.input('cursor') ?? null
    return view.render('pages/organization/requests/index', {
      filters,
      page: await requestPage({ ...filters, units, cursor }),
      states: REQUEST_STATES,
      units: await unitOptions(units),
      mayCreate: actor!.may('quota.request'),
    })
  }

  async create({ actor, view, i18n }: HttpContext) {
    actor!.authorize('quota.request')
    return view.render('pages/organization/requests/form', {
      row: null,
      expiresOn: addMonths(clock.today(), 6),
      ...(await this.choices(actor!.unitsFor('quota.request'), i18n)),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('quota.request')
    const form = await request.validateUsing(requestValidator)
    actor!.authorize('quota.request', { unitId: form.unit_id })
    const id = await once(request.input('_key'), 'organization.request', actor!.userId, (trx) =>
      createRequest(inputOf(form), actor!, trx)
    )
    session.flash('success', i18n.t('organization.done.request_created'))
    return response.redirect().toRoute('organization.quota_requests.show', { id })
  }

  async show({ actor, params, view, i18n }: HttpContext) {
    const row = await requestById(Number(params.id))
    const target = { unitId: row.unitId }
    actor!.authorize('quota.view', target)
    const balances = await quotaBalances({ unitIds: [row.unitId] })
    const subject = { type: 'quota_request', id: row.id }
    const approvedAt = await lastTimeOf(subject, 'organization.request.approved')
    return view.render('pages/organization/requests/show', {
      row,
      steps: requestSteps(row, approvedAt, i18n),
      room: balances.filter((line) => line.fundingType === row.fundingType),
      isAuthor: row.createdBy !== null && row.createdBy === actor!.userId,
      mayRequest: actor!.may('quota.request', target),
      mayApprove: actor!.may('quota.approve', target),
      history: await historyOf('quota_request', row.id),
    })
  }

  async edit({ actor, params, view, i18n }: HttpContext) {
    const row = await requestById(Number(params.id))
    actor!.authorize('quota.request', { unitId: row.unitId })
    return view.render('pages/organization/requests/form', {
      row,
      expiresOn: row.expiresOn,
      ...(await this.choices(actor!.unitsFor('quota.request'), i18n)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const row = await requestById(Number(params.id))
    actor!.authorize('quota.request', { unitId: row.unitId })
    const form = await request.validateUsing(requestEditValidator)
    actor!.authorize('quota.request', { unitId: form.unit_id })
    await editRequest({ ...inputOf(form), requestId: row.id, version: form.version }, actor!)
    session.flash('success', i18n.t('organization.done.request_edited'))
    return response.redirect().toRoute('organization.quota_requests.show', { id: row.id })
  }

  private async choices(reach: 'all' | number[], i18n: HttpContext['i18n']) {
    return {
      units: await unitOptions(reach),
      fundings: fundingOptions(i18n),
      categories: categoryOptions(i18n),
    }
  }
}

type RequestForm = Awaited<ReturnType<typeof requestValidator.validate>>

function inputOf(form: RequestForm) {
  return {
    unitId: form.unit_id,
    fundingType: form.funding_type,
    category: form.category,
    postId: form.post_id ?? null,
    quantity: form.quantity,
    reason: form.reason,
    expiresOn: form.expires_on,
  }
}
