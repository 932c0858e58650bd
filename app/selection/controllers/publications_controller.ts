import type { HttpContext } from '@adonisjs/core/http'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { noteTaken } from '../actions/note_taken.js'
import { hasReached } from '../domain/rounds.js'
import { publicityNotice } from '../documents/publicity_notice.js'
import { noticeOf } from '../queries/notice.js'
import { roundById } from '../queries/rounds.js'

/** 公示: for everybody in the house, masked, for the configured working days and after. */
export default class PublicationsController {
  async show({ params, view }: HttpContext) {
    return view.render('pages/selection/notices/show', await published(Number(params.id)))
  }

  async pdf(ctx: HttpContext) {
    const { round, notice } = await published(Number(ctx.params.id))
    await noteTaken(ctx.actor!, round.id, {
      action: 'selection.notice.exported',
      changes: { format: 'pdf' },
    })
    const pdf = await renderPdf(publicityNotice(round, notice))
    return sendFile(ctx, `${round.name}公示.pdf`, 'application/pdf', pdf)
  }
}

async function published(id: number) {
  const round = await roundById(id)
  if (!hasReached(round.state, 'publicity')) throw new NotFoundError('notice')
  return { round, notice: await noticeOf(round) }
}
