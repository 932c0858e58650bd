import type { HttpContext } from '@adonisjs/core/http'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { approveMinutes, returnMinutes, submitMinutes, writeMinutes } from '../actions/minutes.js'
import { noteExport } from '../actions/note_export.js'
import { authorizeAll } from '../access.js'
import { minutesPaper } from '../documents/minutes.js'
import { attendanceOf, isInvited, meetingById } from '../queries/meetings.js'
import { resolutionsOf } from '../queries/resolutions.js'
import { commentValidator, minutesValidator, versionValidator } from '../validators.js'

/** 会议纪要: written by the office, signed by leadership. */
export default class MinutesController {
  async write(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const form = await ctx.request.validateUsing(minutesValidator)
    const input = { ...form, observers: form.observers ?? null }
    await writeMinutes({ meetingId: Number(ctx.params.id), ...input }, ctx.actor!)
    return this.done(ctx, 'written')
  }

  async submit(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await submitMinutes({ meetingId: Number(ctx.params.id), version }, ctx.actor!)
    return this.done(ctx, 'submitted')
  }

  async return(ctx: HttpContext) {
    const grant = authorizeAll(ctx.actor!, 'governance.decide')
    const form = await ctx.request.validateUsing(commentValidator)
    await returnMinutes({ meetingId: Number(ctx.params.id), ...form, grant }, ctx.actor!)
    return this.done(ctx, 'returned')
  }

  async approve(ctx: HttpContext) {
    const grant = authorizeAll(ctx.actor!, 'governance.decide')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await approveMinutes({ meetingId: Number(ctx.params.id), version, grant }, ctx.actor!)
    return this.done(ctx, 'approved')
  }

  /** The issue as GB/T 9704 lays it out; a draft carries no number. */
  async pdf(ctx: HttpContext) {
    const meeting = await meetingById(Number(ctx.params.id))
    const { actor } = ctx
    const issued = meeting.state === 'approved' && (await isInvited(meeting.id, actor!.personId))
    if (!issued) authorizeAll(actor!, 'governance.view')
    const document = minutesPaper(
      meeting,
      await attendanceOf(meeting.id),
      await resolutionsOf(meeting.id)
    )
    await noteExport(actor!, { type: 'meeting', id: meeting.id }, 'minutes')
    return sendFile(ctx, `${meeting.title}纪要.pdf`, 'application/pdf', await renderPdf(document))
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`governance.done.minutes_${what}`))
    return response
      .redirect()
      .withQs({ tab: 'minutes' })
      .toRoute('governance.meetings.show', { id: params.id })
  }
}
