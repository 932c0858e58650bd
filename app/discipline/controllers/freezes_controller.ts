import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom, requiredDocument } from '#decisions/queries/documents'
import { findDecision } from '#decisions/queries/decisions'
import { unitsByIds } from '#organization/queries/units'
import { once } from '#shared/once'
import {
  addProgrammeDocument,
  changeRule,
  declareFreeze,
  endFreeze,
  setWatch,
} from '../actions/declare_freeze.js'
import {
  freezeById,
  freezeList,
  programmeDocuments,
  rulesOf,
  unitsOfFreeze,
} from '../queries/freezes.js'
import {
  commentValidator,
  declareValidator,
  documentValidator,
  ruleValidator,
  watchValidator,
} from '../validators.js'

/** 冻结期: declared from the decision, its rules, units and documents of the programme. */
export default class FreezesController {
  async create({ actor, view }: HttpContext) {
    actor!.authorize('discipline.declare')
    const decision = await findDecision('discipline_freeze')
    const unitIds = decidedUnits(decision)
    const units = await unitsByIds(unitIds)
    return view.render('pages/discipline/freezes/create', {
      decision,
      units: [...units.values()].map(({ name }) => name),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('discipline.declare')
    // Whoever declares a freeze must reach every unit of it.
    const unitIds = decidedUnits(await findDecision('discipline_freeze'))
    if (unitIds.length) actor!.authorize('discipline.declare', { unitIds })
    const { documents } = await request.validateUsing(declareValidator)
    const numbers = (documents ?? '').split('\n').map((line) => line.trim())
    const ids: number[] = []
    for (const number of numbers.filter(Boolean)) {
      ids.push((await documentIdFrom(number, 'documents'))!)
    }
    const id = await once(request.input('_key'), 'discipline.freeze', actor!.userId, (trx) =>
      declareFreeze({ programmeDocumentIds: ids }, actor!, trx)
    )
    session.flash('success', i18n.t('discipline.done.declared'))
    return response.redirect().toRoute('discipline.freezes.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('discipline.view')
    const freeze = await freezeById(Number(params.id))
    const units = await unitsOfFreeze(freeze.id)
    const target = { unitIds: units.map(({ id }) => id) }
    return view.render('pages/discipline/freezes/show', {
      freeze,
      rules: await rulesOf(freeze.id),
      units,
      documents: await programmeDocuments(freeze.id),
      others: (await freezeList()).filter(({ id }) => id !== freeze.id),
      mayChange: freeze.state === 'declared' && actor!.may('discipline.declare', target),
      history: await historyOf('freeze', freeze.id),
    })
  }

  async end(ctx: HttpContext) {
    const { freezeId } = await this.authorize(ctx)
    const { version, comment } = await ctx.request.validateUsing(commentValidator)
    await endFreeze({ freezeId, version, reason: comment }, ctx.actor!)
    return this.done(ctx, 'ended')
  }

  async addDocument(ctx: HttpContext) {
    const { freezeId } = await this.authorize(ctx)
    const { version, document_id: document } = await ctx.request.validateUsing(documentValidator)
    const documentId = await requiredDocument(document)
    await addProgrammeDocument({ freezeId, version, documentId }, ctx.actor!)
    return this.done(ctx, 'document_added')
  }

  async changeRule(ctx: HttpContext) {
    const { freezeId } = await this.authorize(ctx)
    const { document_id: document, ...form } = await ctx.request.validateUsing(ruleValidator)
    const documentId = await requiredDocument(document)
    await changeRule({ ...form, freezeId, documentId }, ctx.actor!)
    return this.done(ctx, 'rule_changed')
  }

  async setWatch(ctx: HttpContext) {
    const { freezeId } = await this.authorize(ctx)
    const form = await ctx.request.validateUsing(watchValidator)
    const settings = {
      nearPercent: form.near_percent,
      nearDays: form.near_days,
      nearCount: form.near_count,
      burstDays: form.burst_days,
      burstPercent: form.burst_percent,
    }
    await setWatch({ ...settings, freezeId, version: form.version }, ctx.actor!)
    return this.done(ctx, 'watch_set')
  }

  private async authorize({ actor, params }: HttpContext) {
    const { id: freezeId } = await freezeById(Number(params.id))
    const unitIds = (await unitsOfFreeze(freezeId)).map(({ id }) => id)
    actor!.authorize('discipline.declare', { unitIds })
    return { freezeId }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`discipline.done.${what}`))
    return response.redirect().toRoute('discipline.freezes.show', { id: params.id })
  }
}

function decidedUnits(decision: Awaited<ReturnType<typeof findDecision>>): number[] {
  const value: any = decision?.state === 'decided' ? decision.value : null
  return value?.unitIds ?? []
}
