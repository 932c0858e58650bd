import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { clock } from '#shared/clock'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { maySeeResult, openRound } from '../access.js'
import { roundTarget } from '../reach.js'
import { noteTaken } from '../actions/note_taken.js'
import { matchingPaper } from '../documents/matching_paper.js'
import { resultRegister } from '../documents/registers.js'
import { resultParts } from '../presenters/result.js'
import { ownPlace, participantsOf } from '../queries/participants.js'
import { postsOf } from '../queries/posts.js'
import { instanceOf, matchingById, resultsOf } from '../queries/results.js'
import { roundById } from '../queries/rounds.js'

/** Results with their certificates, and the file by which anybody concerned repeats the check. */
export default class ResultsController {
  async show({ actor, params, request, view, i18n }: HttpContext) {
    const matching = await matchingById(Number(params.id))
    const round = await roundById(matching.roundId)
    if (!(await maySeeResult(actor!, round, matching))) throw new ForbiddenError('selection.view')
    return view.render('pages/selection/results/show', {
      round,
      ...(await resultParts(round, matching, actor!, i18n, {
        cursor: request.input('cursor') ?? null,
      })),
    })
  }

  /** The certificate is for everybody in the house once the result is public. */
  async certificate(ctx: HttpContext) {
    const { actor, params } = ctx
    const matching = await matchingById(Number(params.id))
    const round = await roundById(matching.roundId)
    const open = matching.publishedAt !== null || (await maySeeResult(actor!, round, matching))
    if (!open) throw new ForbiddenError('selection.view')
    const row = await db.from('certificates').where('id', matching.certificateId!).firstOrFail()
    await noteTaken(actor!, round.id, {
      action: 'selection.certificate.exported',
      changes: { run: matching.run, format: params.format },
    })
    const name = `双向选择匹配证书-${round.number}-${matching.run}`
    if (params.format === 'json') {
      return sendFile(ctx, `${name}.json`, 'application/json; charset=utf-8', row.body)
    }
    const paper = matchingPaper(JSON.parse(row.body), round.unitName, row.created_at)
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', await renderPdf(paper))
  }

  /** For participants and inspection: what was solved and what came out, under pseudonyms. */
  async verification(ctx: HttpContext) {
    const { actor, params } = ctx
    const matching = await matchingById(Number(params.id))
    const round = await roundById(matching.roundId)
    const mine = await ownPlace(round.id, actor!.personId)
    if (!mine || matching.publishedAt === null) {
      actor!.authorize('selection.inspect', roundTarget(round))
    }
    if (matching.kind === 'placement') throw new NotFoundError('verification file')
    const people = new Map((await participantsOf(round.id)).map((row) => [row.id, row.pseudonym]))
    const results = await resultsOf(matching.id)
    const check = Object.fromEntries(
      results
        .filter(({ way, postCode }) => way === 'matched' && postCode !== null)
        .map((row) => [people.get(row.participantId)!, row.postCode!])
        .sort(([a], [b]) => (a! < b! ? -1 : 1))
    )
    await noteTaken(actor!, round.id, {
      action: 'selection.matching.verified',
      changes: { run: matching.run, instance_hash: matching.instanceHash },
    })
    const body = JSON.stringify({ instance: await instanceOf(matching.id), check }, null, 1)
    const name = `双向选择核验文件-${round.number}-${matching.run}.json`
    return sendFile(ctx, name, 'application/json; charset=utf-8', body)
  }

  async export(ctx: HttpContext) {
    const { actor, params, i18n } = ctx
    const { round, grant } = await openRound(actor!, Number(params.id), 'selection.people')
    if (round.matchingId === null) throw new NotFoundError('result')
    const results = await resultsOf(round.matchingId)
    const people = await participantsOf(round.id)
    const posts = await postsOf(round.id)
    await noteTaken(actor!, round.id, {
      action: 'selection.matching.exported',
      changes: { people: results.length },
      grant,
    })
    const register = resultRegister(round, people, results, posts, i18n)
    return sendRegister(ctx, `${round.name}-${clock.today()}.xlsx`, register)
  }
}
