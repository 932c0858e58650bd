import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#shared/once'
import { DomainError } from '#shared/errors'
import { livingUnits } from '#organization/queries/units'
import { addLinesFromList } from '../actions/add_lines_from_list.js'
import { addSeats } from '../actions/add_seats.js'
import { buildLinesByRule } from '../actions/build_lines_by_rule.js'
import { removeLines } from '../actions/remove_lines.js'
import { setLineTargets } from '../actions/set_line_targets.js'
import { splitWaitingLines } from '../actions/split_waiting_lines.js'
import { authorizePrepare, openBatch } from '../policies/access.js'
import { postsOfUnit } from '../queries/posts.js'
import { resolveList } from '../queries/resolve_list.js'
import {
  listValidator,
  removalValidator,
  ruleValidator,
  seatsValidator,
  targetsValidator,
  versionValidator,
} from '../validators/batches.js'

function targetOf(place: string) {
  if (place.startsWith('d')) return { departmentId: Number(place.slice(1)), postId: null }
  return { departmentId: null, postId: Number(place) || null }
}

/** Lines of a batch: made by rule, from a list or as seats, given targets, taken out, split off. */
export default class LinesController {
  async create({ actor, params, view }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const reach = actor!.unitsFor('transfers.prepare')
    const units = await livingUnits(opened.batch.effectiveOn)
    return view.render('pages/transfers/add_lines', {
      batch: opened.batch,
      sources: units.filter(({ id }) => reach === 'all' || reach.includes(id)),
      targets: units,
    })
  }

  async rule(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(ruleValidator)
    authorizePrepare(actor!, opened, form.from_unit_ids)
    const added = await once(request.input('_key'), 'transfers.rule', actor!.userId, (trx) =>
      buildLinesByRule(
        {
          batchId: opened.batch.id,
          version: form.version,
          fromUnitIds: form.from_unit_ids,
          toUnitId: form.to_unit_id,
          employmentType: form.employment_type,
          withQuota: form.with_quota === true,
          vacantSeats: form.vacant_seats === true,
        },
        actor!,
        trx
      )
    )
    return this.added(ctx, added)
  }

  async list(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    const { batch } = opened
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(listValidator)
    const posts = await postsOfUnit(form.to_unit_id, batch.effectiveOn, batch.id)
    const resolved = await resolveList(form.people, posts, actor!.unitsFor('transfers.prepare'))
    if (!resolved.ok) {
      const entries = resolved.fields.map((found) => ctx.i18n.t(found.code, found.params ?? {}))
      const told = { count: entries.length, entries: entries.join(' ') }
      throw new DomainError('transfers.errors.list', told, [
        { field: 'people', code: 'transfers.errors.list_entries', params: told },
      ])
    }
    const { entries } = resolved
    authorizePrepare(actor!, opened, [...new Set(entries.map(({ unitId }) => unitId))])
    const added = await once(request.input('_key'), 'transfers.list', actor!.userId, (trx) =>
      addLinesFromList(
        {
          batchId: batch.id,
          version: form.version,
          toUnitId: form.to_unit_id,
          withQuota: form.with_quota === true,
          entries,
        },
        actor!,
        trx
      )
    )
    return this.added(ctx, added)
  }

  async seats(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(seatsValidator)
    authorizePrepare(actor!, opened, [form.from_unit_id])
    await once(request.input('_key'), 'transfers.seats', actor!.userId, (trx) =>
      addSeats(
        {
          batchId: opened.batch.id,
          version: form.version,
          fromUnitId: form.from_unit_id,
          toUnitId: form.to_unit_id,
          fundingType: form.funding_type,
          category: form.category,
          quantity: form.quantity,
        },
        actor!,
        trx
      )
    )
    return this.added(ctx, 1)
  }

  /** The grid sends the place that each line had when it was shown; only changed lines are saved. */
  async targets({ actor, params, request, response, session, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(targetsValidator)
    const targets = form.lines
      .filter(({ place, was }) => place !== (was ?? '0'))
      .map(({ id, place }) => ({ lineId: id, ...targetOf(place) }))
    if (targets.length > 0) {
      await once(request.input('_key'), 'transfers.targets', actor!.userId, (trx) =>
        setLineTargets({ batchId: opened.batch.id, version: form.version, targets }, actor!, trx)
      )
    }
    session.flash('success', i18n.t('transfers.done.targets_set', { count: targets.length }))
    return response.redirect().withQs().back()
  }

  async remove({ actor, params, request, response, session, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const form = await request.validateUsing(removalValidator)
    await once(request.input('_key'), 'transfers.remove', actor!.userId, (trx) =>
      removeLines(
        { batchId: opened.batch.id, version: form.version, lineIds: form.line_ids },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('transfers.done.removed', { count: form.line_ids.length }))
    return response.redirect().toRoute('transfers.batches.show', { id: params.id })
  }

  async split({ actor, params, request, response, session, i18n }: HttpContext) {
    const opened = await openBatch(actor!, Number(params.id))
    authorizePrepare(actor!, opened)
    const { version } = await request.validateUsing(versionValidator)
    const title = i18n.t('transfers.split_title', { title: opened.batch.title }).slice(0, 200)
    const id = await once(request.input('_key'), 'transfers.split', actor!.userId, (trx) =>
      splitWaitingLines({ batchId: opened.batch.id, version, title }, actor!, trx)
    )
    session.flash('success', i18n.t('transfers.done.split'))
    return response.redirect().toRoute('transfers.batches.show', { id })
  }

  private added({ params, response, session, i18n }: HttpContext, count: number) {
    session.flash('success', i18n.t('transfers.done.added', { count }))
    return response.redirect().toRoute('transfers.batches.show', { id: params.id })
  }
}
