import type { HttpContext } from '@adonisjs/core/http'
import { DomainError } from '#shared/errors'
import { prepareChanges } from '../actions/prepare_changes.js'
import { isSettledRun } from '../domain/runs.js'
import { missingWords } from '../presenters/missing.js'
import { changedSlips } from '../queries/changed_slips.js'
import { runById } from '../queries/runs.js'
import { changesValidator } from '../validators.js'

/** What a released month would be by the records of today: the way to arrears and recoveries. */
export default class ChangesController {
  async show({ actor, params, view, i18n }: HttpContext) {
    const run = await runById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: run.unitId })
    if (!isSettledRun(run)) throw new DomainError('pay.errors.not_released_month')
    const { changes, unknown } = await changedSlips(run)
    const open = changes.filter(({ openFen }) => openFen !== 0)
    return view.render('pages/pay/runs/changes', {
      run,
      changes,
      open: open.length,
      unknown: unknown.map((one) => ({ ...one, missing: missingWords(one.missing, i18n) })),
      people: new Set(changes.map(({ personId }) => personId)).size,
      recovers: open.some(({ openFen }) => openFen < 0),
      openFen: open.reduce((sum, { openFen }) => sum + openFen, 0),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const run = await runById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: run.unitId })
    const { version, instalments = null } = await request.validateUsing(changesValidator)
    const absent = i18n.t('pay.changes.absent')
    const count = await prepareChanges({ runId: run.id, version, absent, instalments }, actor!)
    session.flash('success', i18n.t('pay.done.changes_prepared', { count }))
    return response.redirect().toRoute('pay.differences.index')
  }
}
