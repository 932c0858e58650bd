import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { refusing, type Refuse } from '#shared/errors'
import { once } from '#shared/once'
import { parseYuan, typedYuan } from '#shared/money'
import { oneOf } from '#shared/lists/filters'
import { postMovement, returnMovement, withdrawMovement } from '../actions/post_movement.js'
import { mendMovement, prepareMovement } from '../actions/prepare_movement.js'
import { MOVEMENT_KINDS, MOVEMENT_STATES } from '../domain/movements.js'
import { fundById, fundOptions, lineById, linesOf } from '../queries/funds.js'
import { commitmentsOf, movementById, movementPage } from '../queries/movements.js'
import { projectOptions } from '../queries/projects.js'
import {
  commentValidator,
  mendValidator,
  movementValidator,
  versionValidator,
} from '../validators.js'

const refuse: Refuse = refusing('funds')

/** One step of the money: prepared by finance, posted by its head. */
export default class MovementsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('funds.view')
    const units = actor!.unitsFor('funds.view')
    const id = (name: string) => Number(request.input(name)) || null
    const filters = {
      kind: oneOf(request.input('kind'), MOVEMENT_KINDS),
      state: oneOf(request.input('state'), MOVEMENT_STATES),
      fundId: id('fund'),
      lineId: id('line'),
      projectId: id('project'),
      commitmentId: id('contract'),
    }
    return view.render('pages/funds/movements/index', {
      filters,
      funds: await fundOptions(units),
      page: await movementPage({ ...filters, units, cursor: request.input('cursor') ?? null }),
      kinds: MOVEMENT_KINDS,
      states: MOVEMENT_STATES,
    })
  }

  async create({ actor, params, request, view }: HttpContext) {
    const fund = await fundById(Number(params.id))
    actor!.authorize('funds.prepare', { unitId: fund.unitId })
    return view.render('pages/funds/movements/form', {
      movement: null,
      values: {
        kind: oneOf(request.input('kind'), MOVEMENT_KINDS) ?? 'payment',
        lineId: Number(request.input('line')) || null,
        happensOn: clock.today(),
      },
      fund,
      ...(await choices(fund.id)),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const fund = await fundById(Number(params.id))
    actor!.authorize('funds.prepare', { unitId: fund.unitId })
    const input = await inputOf(await request.validateUsing(movementValidator), fund.id)
    const id = await once(request.input('_key'), 'funds.movement', actor!.userId, (trx) =>
      prepareMovement(input, actor!, trx)
    )
    session.flash('success', i18n.t('funds.done.movement_prepared'))
    return response.redirect().toRoute('funds.movements.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const movement = await movementById(Number(params.id))
    const target = { unitId: movement.unitId }
    actor!.authorize('funds.view', target)
    return view.render('pages/funds/movements/show', {
      movement,
      line: await lineById(movement.lineId),
      isAuthor: movement.preparedBy !== null && movement.preparedBy === actor!.userId,
      mayPrepare: actor!.may('funds.prepare', target),
      mayPost: actor!.may('funds.post', target),
      history: await historyOf('fund_movement', movement.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const movement = await movementById(Number(params.id))
    actor!.authorize('funds.prepare', { unitId: movement.unitId })
    const fund = await fundById(movement.fundId)
    return view.render('pages/funds/movements/form', {
      movement,
      values: { ...movement, amount: typedYuan(Math.abs(movement.amountFen)) },
      fund,
      ...(await choices(fund.id)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const movement = await movementById(Number(params.id))
    actor!.authorize('funds.prepare', { unitId: movement.unitId })
    const form = await request.validateUsing(mendValidator)
    const input = await inputOf(form, movement.fundId)
    await mendMovement({ ...input, movementId: movement.id, version: form.version }, actor!)
    session.flash('success', i18n.t('funds.done.movement_prepared'))
    return response.redirect().toRoute('funds.movements.show', { id: movement.id })
  }

  async post(ctx: HttpContext) {
    const { movementId, grant } = await this.authorize(ctx, 'funds.post')
    const form = await ctx.request.validateUsing(versionValidator)
    await postMovement({ movementId, ...form, grant }, ctx.actor!)
    return this.done(ctx, 'posted')
  }

  async return(ctx: HttpContext) {
    const { movementId, grant } = await this.authorize(ctx, 'funds.post')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnMovement({ movementId, ...form, grant }, ctx.actor!)
    return this.done(ctx, 'returned')
  }

  async withdraw(ctx: HttpContext) {
    const { movementId } = await this.authorize(ctx, 'funds.prepare')
    const form = await ctx.request.validateUsing(versionValidator)
    await withdrawMovement({ movementId, ...form }, ctx.actor!)
    return this.done(ctx, 'withdrawn')
  }

  private async authorize({ actor, params }: HttpContext, capability: string) {
    const { id, unitId } = await movementById(Number(params.id))
    return { movementId: id, grant: actor!.authorize(capability, { unitId }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`funds.done.movement_${what}`))
    return response.redirect().toRoute('funds.movements.show', { id: params.id })
  }
}

async function choices(fundId: number) {
  return {
    lines: await linesOf(fundId),
    contracts: await commitmentsOf(fundId),
    projects: await projectOptions(),
    kinds: MOVEMENT_KINDS,
  }
}

type Form = Awaited<ReturnType<typeof movementValidator.validate>>

async function inputOf(form: Form, fundId: number) {
  const line = await lineById(form.line_id)
  if (line.fundId !== fundId) refuse('line_id', 'line_elsewhere')
  const amount = parseYuan(form.amount)
  if (amount === null) refuse('amount', 'not_an_amount', { value: form.amount })
  return {
    lineId: form.line_id,
    kind: form.kind,
    amountFen: form.take_back ? -Math.abs(amount) : amount,
    commitmentId: form.commitment_id ?? null,
    projectId: form.project_id ?? null,
    payee: form.payee ?? null,
    purpose: form.purpose,
    documentId: await requiredDocument(form.document_id),
    happensOn: form.happens_on,
  }
}
