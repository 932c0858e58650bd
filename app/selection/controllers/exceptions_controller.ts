import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { requiredDocument } from '#decisions/queries/documents'
import { inTransaction } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { openPerson, openRound } from '../access.js'
import { askException, decideException, outlookOfChange } from '../actions/exceptions.js'
import { participantsOf } from '../queries/participants.js'
import { postsOf } from '../queries/posts.js'
import { exceptionValidator, versionValidator } from '../validators.js'

/** A hand change of the result: first what it would break, then a document and an approval. */
export default class ExceptionsController {
  async create({ actor, params, request, view }: HttpContext) {
    const { person, round } = await openPerson(actor!, Number(params.id), 'selection.prepare')
    if (round.matchingId === null) throw new NotFoundError('result')
    const asked = request.input('post')
    const posts = await postsOf(round.id)
    const chosen = posts.find(({ id }) => String(id) === String(asked)) ?? null
    const outlook =
      asked === undefined || asked === null
        ? null
        : await inTransaction((trx) => outlookOfChange(round, person.id, chosen?.id ?? null, trx))
    const people = new Map((await participantsOf(round.id)).map((row) => [row.id, row.name]))
    return view.render('pages/selection/exceptions/create', {
      person,
      round,
      chosen,
      asked: asked ?? '',
      pairs:
        outlook?.pairs.map((pair) => ({ ...pair, name: people.get(pair.participantId) })) ?? null,
      violations: outlook?.violations ?? [],
      posts: posts.map(({ id: value, code, name }) => ({ value, label: `${code} ${name}` })),
    })
  }

  async store(ctx: HttpContext) {
    const { person, round } = await openPerson(
      ctx.actor!,
      Number(ctx.params.id),
      'selection.prepare'
    )
    const form = await ctx.request.validateUsing(exceptionValidator)
    const documentId = await requiredDocument(form.document_id)
    const { post_id: postId, reason } = form
    await askException(
      { participantId: person.id, postId: postId ?? null, reason, documentId },
      ctx.actor!
    )
    return done(ctx, round.id, 'exception_asked')
  }

  approve(ctx: HttpContext) {
    return this.decide(ctx, 'approve')
  }

  refuse(ctx: HttpContext) {
    return this.decide(ctx, 'refuse')
  }

  private async decide(ctx: HttpContext, verb: 'approve' | 'refuse') {
    const id = Number(ctx.params.id)
    const row = await db.from('selection_exceptions').where('id', id).first()
    if (!row) throw new NotFoundError('exception')
    const { round, grant } = await openRound(ctx.actor!, Number(row.round_id), 'selection.approve')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await decideException({ id, version, verb, grant }, ctx.actor!)
    return done(ctx, round.id, `exception_${verb}`)
  }
}

function done({ response, session, i18n }: HttpContext, id: number, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().withQs({ tab: 'exceptions' }).toRoute('selection.rounds.show', { id })
}
