import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
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
    await inTransaction((trx) =>
      record(trx, ctx.actor!, {
        action: 'selection.notice.exported',
        subjectType: 'selection_round',
        subjectId: round.id,
        changes: { format: 'pdf' },
      })
    )
    const pdf = await renderPdf(publicityNotice(round, notice))
    return sendFile(ctx, `${round.name}公示.pdf`, 'application/pdf', pdf)
  }
}

async function published(id: number) {
  const round = await roundById(id)
  if (!hasReached(round.state, 'publicity')) throw new NotFoundError('notice')
  return { round, notice: await noticeOf(round) }
}
