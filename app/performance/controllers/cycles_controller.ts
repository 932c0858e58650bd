import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom, requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { once } from '#shared/once'
import { planCycle } from '../actions/plan_cycle.js'
import { CYCLE_KINDS, RATINGS } from '../domain/codes.js'
import { CYCLE_STATES } from '../domain/cycle_states.js'
import { authorizeResults, idOf, openCycle, resultScope } from '../policies.js'
import { cycleLine, movesOf } from '../presenters/moves.js'
import { tabOf, tabsOf } from '../presenters/tabs.js'
import { cycleCounts, cyclePage, cycleUnits, quotasOf } from '../queries/cycles.js'
import { desksOf } from '../queries/scoring_desk.js'
import { cycleValidator } from '../validators.js'

const NOTHING = { cards: 0, graded: 0, scored: 0, rated: 0, signed: 0 }
const MINIMUM_GROUP = 5
const APPEAL_DAYS = 30

/** Reviews: list, plan, and the page on which everything about one is done. */
export default class CyclesController {
  async index({ actor, request, view }: HttpContext) {
    const scope = actor!.may('performance.score') ? resultScope(actor!) : authorizeResults(actor!)
    const { kind, state, cursor } = request.qs()
    const filter = {
      kind: CYCLE_KINDS.find((known) => known === kind) ?? null,
      state: CYCLE_STATES.find((known) => known === state) ?? null,
    }
    const states = filter.state ? [filter.state] : undefined
    const page = await cyclePage({ ...scope, kind: filter.kind, states }, cursor ?? null)
    const counts = await cycleCounts(page.rows.map(({ id }) => id))
    return view.render('pages/performance/cycles/index', {
      filter,
      kinds: CYCLE_KINDS,
      states: CYCLE_STATES,
      page,
      cycles: page.rows.map((cycle) => ({ ...cycle, counts: counts.get(cycle.id) ?? NOTHING })),
      desks: await desksOf(actor!),
      mayPlan: actor!.may('performance.prepare'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('performance.prepare')
    return view.render('pages/performance/cycles/create', {
      kinds: CYCLE_KINDS,
      units: await unitOptions(actor!.unitsFor('performance.prepare')),
      values: {
        date: clock.today(),
        score_by: addDays(clock.today(), 14),
        minimum_group: MINIMUM_GROUP,
        appeal_days: APPEAL_DAYS,
      },
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.prepare')
    const form = await request.validateUsing(cycleValidator)
    const unitIds = form.unit_ids ?? []
    for (const unitId of [form.unit_id, ...unitIds]) {
      actor!.authorize('performance.prepare', { unitId })
    }
    const input = {
      kind: form.kind,
      date: form.date,
      unitId: form.unit_id,
      unitIds,
      title: form.title ?? null,
      documentId: await requiredDocument(form.document_id),
      scoreBy: form.score_by ?? null,
      minimumGroup: form.minimum_group,
      appealDays: form.appeal_days,
      rate: Number(form.rate),
      rateDocumentId: await documentIdFrom(form.rate_document_id, 'rate_document_id'),
    }
    const id = await once(request.input('_key'), 'performance.cycle', actor!.userId, (trx) =>
      planCycle(input, actor!, trx)
    )
    const count = (await cycleCounts([id])).get(id)?.cards ?? 0
    session.flash('success', i18n.t('performance.done.cycle_planned', { count }))
    return response.redirect().toRoute('performance.cycles.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const opened = await openCycle(actor!, idOf(params.id))
    const { cycle, whole } = opened
    const counts = (await cycleCounts([cycle.id])).get(cycle.id) ?? NOTHING
    const tabs = whole ? tabsOf(cycle) : (['cards'] as const)
    const tab = tabs.find((name) => name === request.input('tab')) ?? tabs[0]
    return view.render('pages/performance/cycles/show', {
      cycle,
      whole,
      counts,
      tab,
      tabs,
      quotas: whole ? await quotasOf(cycle.id) : [],
      units: await cycleUnits(cycle.id),
      line: cycleLine(cycle, i18n),
      moves: whole ? movesOf(actor!, cycle, counts, i18n) : [],
      mayResolve:
        cycle.state === 'decision' && actor!.may('performance.resolve', { unitId: cycle.unitId }),
      mayScore: cycle.state === 'scoring' && actor!.may('performance.score'),
      mayExport: actor!.may('performance.export', { unitId: cycle.unitId }),
      ratings: RATINGS,
      ...(await tabOf(tab, opened, request.qs(), actor!, i18n)),
      history: whole ? await historyOf('review_cycle', cycle.id) : [],
    })
  }
}
