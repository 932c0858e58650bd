import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { authorizeEverywhere } from '#organization/scope'
import { once } from '#shared/once'
import { submitEvidence } from '../actions/evidence.js'
import { changeFixedDate } from '../actions/fixed_dates.js'
import { addLink, removeLink } from '../actions/links.js'
import { linkTask, unlinkTask } from '../actions/link_task.js'
import { reportProgress } from '../actions/report_progress.js'
import { outlook, rowOf } from '../queries/forecast.js'
import {
  evidenceValidator,
  fixedDateValidator,
  linkValidator,
  progressValidator,
  taskValidator,
} from '../validators.js'

/** What is done to one item: its links, its fixed date, what its lead unit reports. */
export default class ItemMovesController {
  async link(ctx: HttpContext) {
    const { actor, params, request } = ctx
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    const { from_id: fromId, type, lag } = await request.validateUsing(linkValidator)
    await addLink({ fromId, toId: item.id, type, lag: lag ?? 0 }, actor!)
    return this.back(ctx, item.id, 'link_added')
  }

  async unlink(ctx: HttpContext) {
    const { actor, params } = ctx
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    await removeLink({ linkId: Number(params.link) }, actor!)
    return this.back(ctx, item.id, 'link_removed')
  }

  async fixDate(ctx: HttpContext) {
    const { actor, params, request } = ctx
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    const form = await request.validateUsing(fixedDateValidator)
    await changeFixedDate(
      {
        itemId: item.id,
        version: form.version,
        fixedOn: form.fixed_on ?? null,
        resolutionNo: form.resolution_no,
        reason: form.reason ?? null,
      },
      actor!
    )
    return this.back(ctx, item.id, 'fixed_date_changed')
  }

  async linkTask(ctx: HttpContext) {
    const { actor, params, request } = ctx
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    const { task_number: taskNumber } = await request.validateUsing(taskValidator)
    await linkTask({ itemId: item.id, taskNumber }, actor!)
    return this.back(ctx, item.id, 'task_linked')
  }

  async unlinkTask(ctx: HttpContext) {
    const { actor, params } = ctx
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    await unlinkTask({ itemId: item.id, taskId: Number(params.task) }, actor!)
    return this.back(ctx, item.id, 'task_unlinked')
  }

  async report(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const item = rowOf(await outlook(), Number(params.id))
    actor!.authorize('programme.report', { unitId: item.leadUnitId })
    const form = await request.validateUsing(progressValidator)
    await reportProgress(
      {
        itemId: item.id,
        version: form.version,
        startedOn: form.started_on ?? null,
        remainingDays: form.remaining_days ?? null,
        note: form.note ?? null,
      },
      actor!
    )
    return this.back(ctx, item.id, 'progress_reported')
  }

  async submitEvidence(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const item = rowOf(await outlook(), Number(params.id))
    actor!.authorize('programme.report', { unitId: item.leadUnitId })
    const form = await request.validateUsing(evidenceValidator)
    const documentId = await documentIdFrom(form.document_id)
    const input = { itemId: item.id, happenedOn: form.happened_on, text: form.text, documentId }
    await once(request.input('_key'), 'programme.evidence', actor!.userId, (trx) =>
      submitEvidence(input, actor!, trx)
    )
    return this.back(ctx, item.id, 'evidence_submitted')
  }

  private back({ response, session, i18n }: HttpContext, id: number, done: string) {
    session.flash('success', i18n.t(`programme.done.${done}`))
    return response.redirect().toRoute('programme.items.show', { id })
  }
}
