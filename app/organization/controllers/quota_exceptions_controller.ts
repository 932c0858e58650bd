import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { once } from '#shared/once'
import { moveException, proposeException } from '../actions/quota_exceptions/exceptions.js'
import { categoryOptions, fundingOptions, unitOptions } from '../presenters/options.js'
import { exceptionById, exceptions } from '../queries/quota_exceptions.js'
import { commentValidator, exceptionValidator, versionValidator } from '../validators/quota.js'

/** 超编例外: proposed by HR with a document, approved by 编办. */
export default class QuotaExceptionsController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('quota.view')
    const rows = await exceptions()
    return view.render('pages/organization/exceptions/index', {
      rows: rows.filter(({ unitId }) => actor!.may('quota.view', { unitId })),
    })
  }

  async create({ actor, view, i18n }: HttpContext) {
    actor!.authorize('quota.edit')
    return view.render('pages/organization/exceptions/create', {
      units: await unitOptions(actor!.unitsFor('quota.edit')),
      fundings: fundingOptions(i18n),
      categories: categoryOptions(i18n),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('quota.edit')
    const form = await request.validateUsing(exceptionValidator)
    actor!.authorize('quota.edit', { unitId: form.unit_id })
    const documentId = await requiredDocument(form.document_id)
    const id = await once(request.input('_key'), 'organization.exception', actor!.userId, (trx) =>
      proposeException(
        {
          unitId: form.unit_id,
          fundingType: form.funding_type,
          category: form.category,
          quantity: form.quantity,
          reason: form.reason,
          documentId,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('organization.done.exception_proposed'))
    return response.redirect().toRoute('organization.quota_exceptions.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const exception = await exceptionById(Number(params.id))
    const target = { unitId: exception.unitId }
    actor!.authorize('quota.view', target)
    return view.render('pages/organization/exceptions/show', {
      exception,
      isAuthor: exception.createdBy !== null && exception.createdBy === actor!.userId,
      mayDecide: actor!.may('quota.approve', target),
      history: await historyOf('quota_exception', exception.id),
    })
  }

  async approve(ctx: HttpContext) {
    const { version } = await this.mayMove(ctx, () => ctx.request.validateUsing(versionValidator))
    return this.move(ctx, 'approve', { version })
  }

  async refuse(ctx: HttpContext) {
    return this.move(
      ctx,
      'refuse',
      await this.mayMove(ctx, () => ctx.request.validateUsing(commentValidator))
    )
  }

  async end(ctx: HttpContext) {
    return this.move(
      ctx,
      'end',
      await this.mayMove(ctx, () => ctx.request.validateUsing(commentValidator))
    )
  }

  /** Asks before it validates: a stranger learns nothing of the form. */
  private async mayMove<T>({ actor, params }: HttpContext, validate: () => Promise<T>) {
    const { unitId } = await exceptionById(Number(params.id))
    actor!.authorize('quota.approve', { unitId })
    return validate()
  }

  private async move(
    { actor, params, response, session, i18n }: HttpContext,
    verb: 'approve' | 'refuse' | 'end',
    form: { version: number; comment?: string }
  ) {
    const exceptionId = Number(params.id)
    const { unitId } = await exceptionById(exceptionId)
    const grant = actor!.authorize('quota.approve', { unitId })
    await moveException(verb, { exceptionId, ...form, grant }, actor!)
    session.flash('success', i18n.t(`organization.done.exception_${verb}`))
    return response.redirect().toRoute('organization.quota_exceptions.show', { id: exceptionId })
  }
}
