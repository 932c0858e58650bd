import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import {
  closeCycle,
  moveCycle,
  openSigning,
  proposeResults,
  resolveCycle,
  type MoveInput,
} from '../actions/move_cycle.js'
import { suggestRatings } from '../actions/suggest_ratings.js'
import type { CycleVerb } from '../domain/cycle_states.js'
import { idOf } from '../policies.js'
import { MOVE_GATES } from '../presenters/moves.js'
import { cycleById } from '../queries/cycles.js'
import { resolveValidator, versionValidator } from '../validators.js'

type PlainVerb = 'open_self_report' | 'open_scoring' | 'calibrate' | 'reopen' | 'cancel'

/** The moves of a review, each by who may. */
export default class CycleMovesController {
  openSelfReport(ctx: HttpContext) {
    return this.plain(ctx, 'open_self_report')
  }

  openScoring(ctx: HttpContext) {
    return this.plain(ctx, 'open_scoring')
  }

  calibrate(ctx: HttpContext) {
    return this.plain(ctx, 'calibrate')
  }

  reopen(ctx: HttpContext) {
    return this.plain(ctx, 'reopen')
  }

  cancel(ctx: HttpContext) {
    return this.plain(ctx, 'cancel')
  }

  propose(ctx: HttpContext) {
    return this.move(ctx, 'propose', (input) => proposeResults(input, ctx.actor!))
  }

  openSigning(ctx: HttpContext) {
    return this.move(ctx, 'open_signing', (input) => openSigning(input, ctx.actor!))
  }

  close(ctx: HttpContext) {
    return this.move(ctx, 'close', (input) => closeCycle(input, ctx.actor!))
  }

  /** The collective decision names its minutes. */
  async resolve(ctx: HttpContext) {
    const { cycleId, grant } = await this.authorize(ctx, 'publish')
    const form = await ctx.request.validateUsing(resolveValidator)
    const documentId = await requiredDocument(form.document_id)
    const comment = form.comment ?? null
    await resolveCycle({ cycleId, version: form.version, documentId, comment, grant }, ctx.actor!)
    return this.done(ctx, cycleId)
  }

  async suggest(ctx: HttpContext) {
    const { cycleId, grant } = await this.authorize(ctx, 'calibrate')
    const { done: count, own } = await suggestRatings({ cycleId, grant }, ctx.actor!)
    const text = ctx.i18n.t('performance.done.suggested', { count })
    const left = own ? ctx.i18n.t('performance.done.own_left') : ''
    ctx.session.flash('success', [text, left].filter(Boolean).join(' '))
    return ctx.response.redirect(`/performance/cycles/${cycleId}?tab=decision`)
  }

  private plain(ctx: HttpContext, verb: PlainVerb) {
    return this.move(ctx, verb, (input) => moveCycle({ ...input, verb }, ctx.actor!))
  }

  private async move(
    ctx: HttpContext,
    verb: CycleVerb,
    run: (input: MoveInput) => Promise<unknown>
  ) {
    const { cycleId, grant } = await this.authorize(ctx, verb)
    const { version } = await ctx.request.validateUsing(versionValidator)
    await run({ cycleId, version, grant })
    return this.done(ctx, cycleId)
  }

  private async authorize({ actor, params }: HttpContext, verb: CycleVerb) {
    const { id, unitId } = await cycleById(idOf(params.id))
    return { cycleId: id, grant: actor!.authorize(MOVE_GATES[verb].capability, { unitId }) }
  }

  private async done({ response, session, i18n }: HttpContext, cycleId: number) {
    const { state } = await cycleById(cycleId)
    const name = i18n.t(`performance.states.${state}`)
    session.flash('success', i18n.t('performance.done.cycle_moved', { state: name }))
    return response.redirect().toRoute('performance.cycles.show', { id: cycleId })
  }
}
