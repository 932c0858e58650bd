import type { HttpContext } from '@adonisjs/core/http'
import { openFile } from '#audit/actions/open_file'
import { ATTACHMENT, attachmentById, withUploads } from '#shared/attachments'
import { sendFile } from '#shared/downloads'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { once } from '#shared/once'
import { askExtension } from '../actions/extensions.js'
import { issueOrder } from '../actions/orders.js'
import {
  acceptPart,
  commentPart,
  reportProgress,
  sendBackPart,
  submitPart,
} from '../actions/report_part.js'
import { endPart } from '../actions/tasks.js'
import { authorizePart, seesPart } from '../access.js'
import { partById, partsOfTask, type PartRow } from '../queries/parts.js'
import { EVIDENCE, partOfReport } from '../queries/reports.js'
import {
  commentValidator,
  extensionValidator,
  orderValidator,
  remarkOnPartValidator,
  remarkValidator,
  reportValidator,
} from '../validators.js'

/** What one unit owes of a task: it reports, asks for time, hands in; the office checks. */
export default class PartsController {
  async report(ctx: HttpContext) {
    const part = await this.own(ctx)
    await this.withEvidence(ctx, part, 'governance.report', reportProgress)
    return this.done(ctx, part, 'reported')
  }

  async submit(ctx: HttpContext) {
    const part = await this.own(ctx)
    await this.withEvidence(ctx, part, 'governance.submit', submitPart)
    return this.done(ctx, part, 'submitted')
  }

  async askExtension(ctx: HttpContext) {
    const part = await this.own(ctx)
    const form = await ctx.request.validateUsing(extensionValidator)
    const grant = ctx.actor!.grantFor('governance.report', { unitId: part.unitId })
    const input = { partId: part.id, untilOn: form.until_on, reason: form.reason, grant }
    await once(ctx.request.input('_key'), 'governance.extension', ctx.actor!.userId, (trx) =>
      askExtension(input, ctx.actor!, trx)
    )
    return this.done(ctx, part, 'extension_asked')
  }

  /** 批示、意见: from whoever checks or decides. */
  async comment(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const part = await partById(Number(params.id))
    const target = { unitId: await leadUnit(part) }
    const grant =
      actor!.grantFor('governance.prepare', target) ?? actor!.authorize('governance.decide', target)
    const { content } = await request.validateUsing(remarkOnPartValidator)
    await once(request.input('_key'), 'governance.comment', actor!.userId, (trx) =>
      commentPart({ partId: part.id, content, grant }, actor!, trx)
    )
    return this.done(ctx, part, 'commented')
  }

  async accept(ctx: HttpContext) {
    const { part, grant } = await this.office(ctx)
    const form = await ctx.request.validateUsing(remarkValidator)
    await acceptPart({ partId: part.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, part, 'accepted')
  }

  async sendBack(ctx: HttpContext) {
    const { part, grant } = await this.office(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await sendBackPart({ partId: part.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, part, 'sent_back')
  }

  async end(ctx: HttpContext) {
    const { part } = await this.office(ctx)
    const form = await ctx.request.validateUsing(commentValidator)
    await endPart({ partId: part.id, ...form }, part, ctx.actor!)
    return this.done(ctx, part, 'ended')
  }

  async order(ctx: HttpContext) {
    const { part, grant } = await this.office(ctx)
    const form = await ctx.request.validateUsing(orderValidator)
    const input = {
      partId: part.id,
      requirement: form.requirement,
      deadlineOn: form.deadline_on ?? null,
      grant,
    }
    const id = await once(ctx.request.input('_key'), 'governance.order', ctx.actor!.userId, (trx) =>
      issueOrder(input, ctx.actor!, trx)
    )
    ctx.session.flash('success', ctx.i18n.t('governance.done.order_issued'))
    return ctx.response.redirect().toRoute('governance.orders.show', { id })
  }

  /** A file that proves a report, for who may open the part; a stranger learns nothing of it. */
  async evidence(ctx: HttpContext) {
    const { actor, params } = ctx
    const file = await attachmentById(EVIDENCE, Number(params.id)).catch(() => null)
    const part = file && (await partById(await partOfReport(file.subjectId)))
    if (part && !seesPart(actor!, part) && !(await overseesLead(ctx, part)))
      authorizePart(actor!, part)
    if (!file) {
      if (!actor!.may('governance.view')) throw new ForbiddenError('governance.view')
      throw new NotFoundError('evidence')
    }
    const { name, mime, body } = await openFile(
      {
        fileId: file.id,
        sealedFor: ATTACHMENT,
        thing: 'governance.part',
        subjectType: 'task_part',
        subjectId: part!.id,
      },
      actor!
    )
    return sendFile(ctx, name, mime, body)
  }

  /** The part as its own unit may write to it. */
  private async own({ actor, params }: HttpContext): Promise<PartRow> {
    const part = await partById(Number(params.id))
    actor!.authorize('governance.report', { unitId: part.unitId })
    return part
  }

  /** The part as the office deals with it: by the unit that leads the task. */
  private async office({ actor, params }: HttpContext) {
    const part = await partById(Number(params.id))
    return {
      part,
      grant: actor!.authorize('governance.prepare', { unitId: await leadUnit(part) }),
    }
  }

  private async withEvidence(
    { actor, request }: HttpContext,
    part: PartRow,
    name: string,
    act: typeof reportProgress
  ) {
    const form = await request.validateUsing(reportValidator)
    const grant = actor!.grantFor('governance.report', { unitId: part.unitId })
    await withUploads(request.files('files'), (attach) =>
      once(request.input('_key'), name, actor!.userId, (trx) =>
        act({ partId: part.id, ...form, grant }, actor!, trx, (client, id) =>
          attach(client, { subjectType: EVIDENCE, subjectId: id, userId: actor!.userId })
        )
      )
    )
  }

  private done({ response, session, i18n }: HttpContext, part: PartRow, what: string) {
    session.flash('success', i18n.t(`governance.done.part_${what}`))
    return response.redirect().toRoute('governance.tasks.show', { id: part.taskId })
  }
}

async function leadUnit(part: PartRow): Promise<number> {
  if (part.role === 'lead') return part.unitId
  const [lead] = await partsOfTask(part.taskId)
  return lead.unitId
}

async function overseesLead({ actor }: HttpContext, part: PartRow): Promise<boolean> {
  return actor!.may('governance.view', { unitId: await leadUnit(part) })
}
