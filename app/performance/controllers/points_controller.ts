import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { personById } from '#people/queries/person'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { addDays, isCivilDate } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { DomainError, ForbiddenError } from '#shared/errors'
import { homeAssignmentOf } from '#people/queries/assignments'
import { pointsText } from '../actions/book_points.js'
import { enterPoints, takeBackPoints } from '../actions/enter_points.js'
import { pointsRegister } from '../documents/points_register.js'
import { periodOf } from '../domain/periods.js'
import { idOf, resultScope } from '../policies.js'
import {
  workPointById,
  workPointKinds,
  workPointList,
  workPointPage,
  workPointTotal,
  type WorkPointFilter,
} from '../queries/work_points.js'
import { pointsValidator, reasonValidator } from '../validators.js'

/** 工分台账: what everybody's work was counted for. */
export default class PointsController {
  async index({ actor, request, view }: HttpContext) {
    const { filter, shown } = filterOf(actor!, request.qs())
    return view.render('pages/performance/points/index', {
      filter: shown,
      page: await workPointPage(filter, request.input('cursor') ?? null),
      total: pointsText(await workPointTotal(filter)),
      kinds: await workPointKinds(),
      person: filter.personId ? await personById(filter.personId) : null,
      mayBook: actor!.may('performance.prepare'),
      mayExport: actor!.may('performance.export'),
      points: pointsText,
    })
  }

  create({ actor, view }: HttpContext) {
    actor!.authorize('performance.prepare')
    return view.render('pages/performance/points/create', { today: clock.today() })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.prepare')
    const form = await request.validateUsing(pointsValidator)
    const person = await personById(form.person_id)
    if (!person) {
      const code = 'performance.errors.unknown_person'
      throw new DomainError(code, {}, [{ field: 'person_id', code }])
    }
    const home = await homeAssignmentOf(person.id, form.worked_on)
    actor!.authorize('performance.prepare', { unitId: home?.unitId ?? null })
    await enterPoints(
      {
        key: form.key,
        personId: person.id,
        kind: form.kind,
        piece: form.piece,
        points: form.points,
        workedOn: form.worked_on,
      },
      actor!
    )
    session.flash('success', i18n.t('performance.done.points_booked'))
    return response.redirect().toRoute('performance.points.index')
  }

  async reverse({ actor, params, request, response, session, i18n }: HttpContext) {
    const entry = await workPointById(idOf(params.id))
    actor!.authorize('performance.prepare', { unitId: entry.unitId })
    const { comment: reason } = await request.validateUsing(reasonValidator)
    await takeBackPoints({ entryId: entry.id, reason }, actor!)
    session.flash('success', i18n.t('performance.done.points_reversed'))
    return response.redirect().withQs().back()
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('performance.export')
    const { filter } = filterOf(actor!, request.qs())
    const units = actor!.unitsFor('performance.export')
    const rows = await workPointList({ ...filter, units, departments: [], own: null })
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'performance.points.exported',
        subjectType: 'work_points',
        subjectId: null,
        changes: { count: rows.length },
        grant,
      })
    )
    const name = `${i18n.t('performance.pages.points')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, pointsRegister(rows, i18n))
  }
}

/** The filter of the address within what the actor may see: own entries, departments, units. */
function filterOf(actor: Actor, query: Record<string, any>) {
  const scope = resultScope(actor)
  const own = actor.may('performance.self') ? actor.personId : null
  const sees = scope.units === 'all' || scope.units.length > 0 || scope.departments.length > 0
  if (!sees && own === null) throw new ForbiddenError('performance.view')
  const quarter = periodOf('quarter', clock.today())
  const shown = {
    from: isCivilDate(query.from) ? query.from : quarter.from,
    to: isCivilDate(query.to) ? query.to : addDays(quarter.to, -1),
    kind: typeof query.kind === 'string' && query.kind !== '' ? query.kind : null,
    personId: Number(query.person_id) || null,
    departmentId: Number(query.department_id) || null,
  }
  const filter: WorkPointFilter = { ...shown, to: addDays(shown.to, 1), ...scope, own }
  return { shown, filter }
}
