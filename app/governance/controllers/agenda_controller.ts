import type { HttpContext } from '@adonisjs/core/http'
import { openFile } from '#audit/actions/open_file'
import { ATTACHMENT, attachmentById, withUploads } from '#shared/attachments'
import { NotFoundError } from '#shared/errors'
import { sendFile } from '#shared/downloads'
import { once } from '#shared/once'
import { addItem, removeItem } from '../actions/meetings.js'
import { authorizeAll } from '../access.js'
import { isInvited, meetingOfItem } from '../queries/meetings.js'
import { itemValidator } from '../validators.js'

const PAPER = 'meeting_item'

/** Points of an agenda with their papers. */
export default class AgendaController {
  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(itemValidator)
    const input = { meetingId: Number(params.id), title: form.title, unitId: form.unit_id ?? null }
    await withUploads(request.files('files'), (attach) =>
      once(request.input('_key'), 'governance.item', actor!.userId, (trx) =>
        addItem(input, actor!, trx, (client, id) =>
          attach(client, { subjectType: PAPER, subjectId: id, userId: actor!.userId })
        )
      )
    )
    session.flash('success', i18n.t('governance.done.item_added'))
    return response.redirect().toRoute('governance.meetings.show', { id: params.id })
  }

  async remove({ actor, params, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    await removeItem({ meetingId: Number(params.id), itemId: Number(params.item) }, actor!)
    session.flash('success', i18n.t('governance.done.item_removed'))
    return response.redirect().toRoute('governance.meetings.show', { id: params.id })
  }

  /** A paper, for who may open the meeting. */
  async paper(ctx: HttpContext) {
    const { actor, params } = ctx
    const file = await attachmentById(PAPER, Number(params.id)).catch((error) => error)
    const meetingId = file instanceof Error ? null : await meetingOfItem(file.subjectId)
    const invited = meetingId !== null && (await isInvited(meetingId, actor!.personId))
    if (!invited) authorizeAll(actor!, 'governance.view')
    if (file instanceof Error) throw new NotFoundError('paper')
    const { name, mime, body } = await openFile(
      {
        fileId: file.id,
        sealedFor: ATTACHMENT,
        thing: 'governance.meeting',
        subjectType: 'meeting',
        subjectId: meetingId!,
      },
      actor!
    )
    return sendFile(ctx, name, mime, body)
  }
}
