import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom } from '#decisions/queries/documents'
import { authorizeEverywhere } from '#organization/scope'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { once } from '#shared/once'
import { createProgramme, editProgramme } from '../actions/save_programme.js'
import { planPaper } from '../documents/plan_paper.js'
import { planRegister } from '../documents/plan_register.js'
import { LIGHTS } from '../domain/lights.js'
import { matching, planFilter } from '../presenters/plan_filter.js'
import { groupsOf, planPicture } from '../presenters/plan_view.js'
import { firstBaselineDates, withSlips } from '../queries/baselines.js'
import { nextFixedDate } from '../queries/cockpit.js'
import { outlook, unitsOf, visibleRows } from '../queries/forecast.js'
import { findProgramme } from '../queries/plan.js'
import { programmeValidator } from '../validators.js'

/** 改革进度: the plan on its calendar, baseline against forecast, with its table. */
export default class PlanController {
  async index({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    const now = await outlook()
    const mayEdit = actor!.unitsFor('programme.edit') === 'all'
    if (!now) return view.render('pages/programme/empty', { mayEdit })
    const filter = planFilter(request.qs())
    const rows = withSlips(visibleRows(actor!, now.rows), await firstBaselineDates(), now)
    const shown = matching(rows, filter)
    const title = i18n.t('programme.pages.plan')
    const groups = groupsOf(shown, filter.by, filter.closed, i18n.t('programme.no_phase'))
    return view.render('pages/programme/index', {
      plan: now.plan,
      today: now.today,
      filter,
      groups,
      rows,
      mayEdit,
      shown: shown.length,
      picture: planPicture(groups, { today: now.today, i18n, title }),
      next: nextFixedDate(now, rows),
      lights: LIGHTS.map((light) => ({
        light,
        count: rows.filter(({ forecast }) => forecast.light === light).length,
      })),
      conflicts: now.conflicts,
      hasBaseline: rows.some(({ baseline }) => baseline),
      units: unitsIn(rows),
      phases: rows.filter(({ kind }) => kind === 'milestone'),
      mayDecide: actor!.unitsFor('programme.decide') === 'all',
      mayExport: actor!.may('programme.export'),
    })
  }

  async create({ actor, view }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    return view.render('pages/programme/form', { programme: null, history: [] })
  }

  async edit({ actor, view, response }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const programme = await findProgramme()
    if (!programme) return response.redirect().toRoute('programme.plan.create')
    const history = await historyOf('programme', programme.id)
    return view.render('pages/programme/form', { programme, history })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const form = await request.validateUsing(programmeValidator)
    const documentId = await documentIdFrom(form.document_id)
    const { name, starts_on: startsOn, yellow_days: yellowDays } = form
    const input = { name, startsOn, yellowDays, documentId }
    if (form.version) await editProgramme({ ...input, version: form.version }, actor!)
    else {
      await once(request.input('_key'), 'programme.programme', actor!.userId, (trx) =>
        createProgramme(input, actor!, trx)
      )
    }
    session.flash('success', i18n.t('programme.done.programme_saved'))
    return response.redirect().toRoute('programme.plan.index')
  }

  /** Exactly the rows of the page: 里程碑及工作项进度表 to sign, or a workbook. */
  async export(ctx: HttpContext) {
    const { actor, request, response, i18n } = ctx
    const grant = actor!.authorize('programme.export')
    const now = await outlook()
    if (!now) return response.redirect().toRoute('programme.plan.index')
    const visible = visibleRows(actor!, now.rows).filter((row) =>
      unitsOf(row).some((unitId) => actor!.may('programme.export', { unitId }))
    )
    const filter = planFilter(request.qs())
    const rows = matching(withSlips(visible, await firstBaselineDates(), now), filter)
    const asWorkbook = request.input('format') === 'xlsx'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'programme.plan.exported',
        subjectType: 'programme',
        subjectId: now.plan.programme.id,
        changes: { format: asWorkbook ? 'xlsx' : 'pdf', rows: rows.length },
        grant,
      })
    )
    const name = `${now.plan.programme.name}-${clock.today()}`
    if (asWorkbook) {
      return sendRegister(ctx, `${name}.xlsx`, planRegister(now.plan, rows, i18n))
    }
    const paper = planPaper(now.plan, rows, { asOf: now.today, by: filter.by })
    const pdf = await renderPdf(paper)
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', pdf)
  }
}

function unitsIn(rows: readonly { leadUnitId: number; leadUnitName: string }[]) {
  const units = new Map(rows.map((row) => [row.leadUnitId, row.leadUnitName]))
  return [...units].map(([value, label]) => ({ value, label }))
}
