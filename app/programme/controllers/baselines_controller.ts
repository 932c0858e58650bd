import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { authorizeEverywhere } from '#organization/scope'
import { once } from '#shared/once'
import { setBaseline } from '../actions/set_baseline.js'
import { groupsOf, planPicture } from '../presenters/plan_view.js'
import { planFilter } from '../presenters/plan_filter.js'
import {
  baselineById,
  baselineDates,
  baselines,
  droppedSince,
  withSlips,
} from '../queries/baselines.js'
import { outlook, visibleRows } from '../queries/forecast.js'
import { baselineValidator } from '../validators.js'

/** The plan as it once stood, kept for ever, and how far things slipped since. */
export default class BaselinesController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('programme.view')
    const now = await outlook()
    return view.render('pages/programme/baselines/index', {
      baselines: await baselines(),
      conflicts: now?.conflicts.length ?? 0,
      maySet: now !== null && actor!.unitsFor('programme.edit') === 'all',
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const { name, reason, document_id: document } = await request.validateUsing(baselineValidator)
    const input = { name, reason, documentId: await documentIdFrom(document) }
    const id = await once(request.input('_key'), 'programme.baseline', actor!.userId, (trx) =>
      setBaseline(input, actor!, trx)
    )
    session.flash('success', i18n.t('programme.done.baseline_set'))
    return response.redirect().toRoute('programme.baselines.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    const baseline = await baselineById(Number(params.id))
    const now = (await outlook())!
    const rows = withSlips(visibleRows(actor!, now.rows), await baselineDates(baseline.id), now)
    const filter = planFilter(request.qs())
    const groups = groupsOf(rows, filter.by, filter.closed, i18n.t('programme.no_phase'))
    const title = i18n.t('programme.baseline_title', { number: baseline.number })
    return view.render('pages/programme/baselines/show', {
      baseline,
      rows,
      title,
      filter,
      dropped: actor!.unitsFor('programme.view') === 'all' ? await droppedSince(baseline.id) : [],
      picture: planPicture(groups, { today: now.today, i18n, title, baseline: title }),
    })
  }
}
