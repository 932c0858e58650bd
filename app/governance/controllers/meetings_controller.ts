import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { decisionsInState } from '#decisions/queries/decisions'
import { decisionTitle } from '#decisions/presenters'
import { attachmentsOf } from '#shared/attachments'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { once } from '#shared/once'
import {
  cancelMeeting,
  editMeeting,
  holdMeeting,
  inviteMeeting,
  planMeeting,
  recordAttendance,
} from '../actions/meetings.js'
import { noteExport } from '../actions/note_export.js'
import { authorizeAll, mayAll } from '../access.js'
import { meetingNotice } from '../documents/meeting_notice.js'
import { quorumOf } from '../domain/bodies.js'
import { MEETING_STATES } from '../domain/meetings.js'
import { allBodies } from '../queries/bodies.js'
import { attendanceOf, isInvited, itemsOf, meetingById, meetingPage } from '../queries/meetings.js'
import { resolutionsOf } from '../queries/resolutions.js'
import {
  attendanceValidator,
  commentValidator,
  meetingEditValidator,
  meetingValidator,
  versionValidator,
} from '../validators.js'

const TABS = ['agenda', 'attendance', 'minutes'] as const

/** Meetings of the bodies: agenda, invitations, who came; the minutes have their own controller. */
export default class MeetingsController {
  async index({ actor, request, view }: HttpContext) {
    authorizeAll(actor!, 'governance.view')
    const filters = {
      bodyId: Number(request.input('body')) || null,
      state: MEETING_STATES.find((state) => state === request.input('state')) ?? null,
    }
    const bodies = await allBodies()
    const page = await meetingPage({ ...filters, cursor: request.input('cursor') ?? null })
    return view.render('pages/governance/meetings/index', {
      filters,
      page,
      rows: page.rows,
      states: MEETING_STATES,
      bodies: bodies.map(({ id, name }) => ({ value: id, label: name })),
      mayPlan: mayAll(actor!, 'governance.prepare') && bodies.length > 0,
    })
  }

  async create({ actor, view }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const bodies = await allBodies()
    return view.render('pages/governance/meetings/form', {
      meeting: null,
      bodies: bodies.map(({ id, name }) => ({ value: id, label: name })),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(meetingValidator)
    const input = { bodyId: form.body_id, ...inputOf(form) }
    const id = await once(request.input('_key'), 'governance.meeting', actor!.userId, (trx) =>
      planMeeting(input, actor!, trx)
    )
    session.flash('success', i18n.t('governance.done.meeting_saved'))
    return response.redirect().toRoute('governance.meetings.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const meeting = await this.open(actor!, Number(params.id))
    const items = await itemsOf(meeting.id)
    const seats = await attendanceOf(meeting.id)
    const tab = TABS.find((name) => name === request.input('tab')) ?? TABS[0]
    const open = await decisionsInState('open')
    return view.render('pages/governance/meetings/show', {
      meeting,
      tab,
      tabs: TABS,
      items,
      papers: await attachmentsOf(
        'meeting_item',
        items.map(({ id }) => id)
      ),
      seats,
      quorum: quorumOf(meeting.quorum, seats),
      resolutions: await resolutionsOf(meeting.id),
      decisions: open.map((row) => ({ value: row.id, label: decisionTitle(row, i18n) })),
      mayEdit: mayAll(actor!, 'governance.prepare'),
      mayDecide: mayAll(actor!, 'governance.decide'),
      mayPropose: actor!.may('decisions.propose'),
      isWriter: meeting.minutesBy !== null && meeting.minutesBy === actor!.userId,
      history: await historyOf('meeting', meeting.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const meeting = await meetingById(Number(params.id))
    return view.render('pages/governance/meetings/form', { meeting, bodies: [] })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(meetingEditValidator)
    const meetingId = Number(params.id)
    await editMeeting({ meetingId, version: form.version, ...inputOf(form) }, actor!)
    session.flash('success', i18n.t('governance.done.meeting_saved'))
    return response.redirect().toRoute('governance.meetings.show', { id: meetingId })
  }

  async invite(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await inviteMeeting({ meetingId: Number(ctx.params.id), version }, ctx.actor!)
    return this.done(ctx, 'invited', 'attendance')
  }

  async cancel(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const form = await ctx.request.validateUsing(commentValidator)
    await cancelMeeting({ meetingId: Number(ctx.params.id), ...form }, ctx.actor!)
    return this.done(ctx, 'cancelled', 'agenda')
  }

  async attendance(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const { version, seats } = await ctx.request.validateUsing(attendanceValidator)
    const came = seats.map((seat) => ({
      id: seat.id,
      state: seat.state,
      substitute: seat.substitute ?? null,
      reason: seat.reason ?? null,
    }))
    await recordAttendance({ meetingId: Number(ctx.params.id), version, seats: came }, ctx.actor!)
    return this.done(ctx, 'attendance', 'attendance')
  }

  async hold(ctx: HttpContext) {
    authorizeAll(ctx.actor!, 'governance.prepare')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await holdMeeting({ meetingId: Number(ctx.params.id), version }, ctx.actor!)
    return this.done(ctx, 'held', 'minutes')
  }

  /** 会议通知 as PDF. */
  async notice(ctx: HttpContext) {
    const meeting = await this.open(ctx.actor!, Number(ctx.params.id))
    const document = meetingNotice(
      meeting,
      await itemsOf(meeting.id),
      await attendanceOf(meeting.id)
    )
    await noteExport(ctx.actor!, { type: 'meeting', id: meeting.id }, 'notice')
    return sendFile(ctx, `${meeting.title}通知.pdf`, 'application/pdf', await renderPdf(document))
  }

  /** Who oversees, and who is invited. */
  private async open(actor: NonNullable<HttpContext['actor']>, id: number) {
    const meeting = await meetingById(id)
    if (!(await isInvited(id, actor.personId))) authorizeAll(actor, 'governance.view')
    return meeting
  }

  private done({ params, response, session, i18n }: HttpContext, what: string, tab: string) {
    session.flash('success', i18n.t(`governance.done.meeting_${what}`))
    return response
      .redirect()
      .withQs({ tab })
      .toRoute('governance.meetings.show', { id: params.id })
  }
}

function inputOf(form: {
  title: string
  held_on: string
  starts_at: string
  place: string
  observers?: string | null
}) {
  const { title, held_on: heldOn, starts_at: startsAt, place } = form
  return { title, heldOn, startsAt, place, observers: form.observers ?? null }
}
