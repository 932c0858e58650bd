import type { HttpContext } from '@adonisjs/core/http'
import type { Actor } from '#shared/actor'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { once } from '#shared/once'
import { openRound } from '../access.js'
import { createRound, editRound, type RoundInput } from '../actions/rounds.js'
import { ROUND_STATES, TIE_KEYS } from '../domain/rounds.js'
import { roundMoves } from '../presenters/moves.js'
import { TABS, tabOf, type TabName } from '../presenters/tabs.js'
import { roundReach } from '../reach.js'
import { roundPage, roundsToFollow, type RoundRow } from '../queries/rounds.js'
import { roundEditValidator, roundValidator } from '../validators.js'

/** 双向选择: the rounds, and each with its parts as tabs. */
export default class RoundsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('selection.view')
    const state = ROUND_STATES.find((name) => name === request.input('state')) ?? null
    const reach = roundReach(actor!, 'selection.view')
    const cursor = request.input('cursor') ?? null
    return view.render('pages/selection/rounds/index', {
      page: await roundPage({ reach, state, cursor }),
      state,
      states: ROUND_STATES,
      mayPrepare: actor!.may('selection.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('selection.prepare')
    return view.render('pages/selection/rounds/form', {
      round: null,
      ...(await this.choices(actor!, null)),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('selection.prepare')
    const form = await request.validateUsing(roundValidator)
    actor!.authorize('selection.prepare', { unitId: form.unit_id })
    const input = await inputOf(form)
    const id = await once(request.input('_key'), 'selection.round', actor!.userId, (trx) =>
      createRound(input, actor!, trx)
    )
    session.flash('success', i18n.t('selection.done.round_created'))
    return response.redirect().toRoute('selection.rounds.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const { round } = await openRound(actor!, Number(params.id))
    const asked = request.input('tab')
    const tab: TabName = TABS.find((name) => name === asked) ?? 'overview'
    const parts = await tabOf(tab, round, actor!, i18n, request.qs())
    return view.render('pages/selection/rounds/show', {
      round,
      tab,
      ...parts,
      moves: roundMoves(round, actor!, i18n),
      history: await historyOf('selection_round', round.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const { round } = await openRound(actor!, Number(params.id), 'selection.prepare')
    return view.render('pages/selection/rounds/form', {
      round,
      ...(await this.choices(actor!, round)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const { round } = await openRound(actor!, Number(params.id), 'selection.prepare')
    const form = await request.validateUsing(roundEditValidator)
    actor!.authorize('selection.prepare', { unitId: form.unit_id })
    await editRound({ ...(await inputOf(form)), roundId: round.id, version: form.version }, actor!)
    session.flash('success', i18n.t('selection.done.round_saved'))
    return response.redirect().toRoute('selection.rounds.show', { id: round.id })
  }

  private async choices(actor: Actor, round: RoundRow | null) {
    const reach = roundReach(actor, 'selection.prepare')
    const previous = await roundsToFollow(reach)
    const options = previous.map(({ id: value, name: label }) => ({ value, label }))
    const { previousId = null, previousName = null } = round ?? {}
    // The one that it follows stays on offer, whatever became of it.
    if (previousId !== null && !options.some(({ value }) => value === previousId)) {
      options.push({ value: previousId, label: previousName! })
    }
    return { units: await unitOptions(reach.units), previous: options, tieKeys: TIE_KEYS }
  }
}

type Form = Awaited<ReturnType<typeof roundValidator.validate>>

async function inputOf(form: Form): Promise<RoundInput> {
  return {
    name: form.name,
    unitId: form.unit_id,
    documentId: await requiredDocument(form.document_id),
    previousId: form.previous_id ?? null,
    preferencesFrom: form.preferences_from,
    preferencesUntil: form.preferences_until,
    rankingUntil: form.ranking_until,
    publicityDays: form.publicity_days,
    objectionDays: form.objection_days,
    confirmationDays: form.confirmation_days,
    maxPreferences: form.max_preferences,
    tieKeys: [...new Set((form.tie_keys ?? []).filter((key) => key !== null))],
  }
}
