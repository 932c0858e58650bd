import type { HttpContext } from '@adonisjs/core/http'
import { openFile } from '#audit/actions/open_file'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { sendFile } from '#shared/downloads'
import { clock } from '#shared/clock'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { openOwnPlace } from '../access.js'
import {
  acceptObjection,
  fileObjection,
  rejectObjection,
  withdrawObjection,
} from '../actions/objections.js'
import { hasReached, takesObjections } from '../domain/rounds.js'
import { scoreText } from '../domain/scores.js'
import { roundTarget } from '../reach.js'
import { dropUpload, SELECTION_FILE, storeUpload, type Upload } from '../files.js'
import { objectionById, type ObjectionRow } from '../queries/objections.js'
import { participantsOf } from '../queries/participants.js'
import type { SelectionList } from '../queries/posts.js'
import { listsOfPerson, rankingsOf } from '../queries/rankings.js'
import { matchingById } from '../queries/results.js'
import { roundById } from '../queries/rounds.js'
import {
  acceptanceValidator,
  objectionValidator,
  rejectionValidator,
  versionValidator,
} from '../validators.js'

/** Objections (异议) with evidence, answered within a limit. */
export default class ObjectionsController {
  async create({ actor, params, view }: HttpContext) {
    const { round, place } = await openOwnPlace(actor!, Number(params.id))
    const published = hasReached(round.state, 'publicity')
    const lists = published ? await listsOfPerson(round, place.id) : []
    return view.render('pages/selection/objections/create', {
      round,
      isOpen: takesObjections(round, clock.today()),
      lists: listOptions(lists),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const { place } = await openOwnPlace(actor!, Number(params.id))
    const form = await request.validateUsing(objectionValidator)
    const file = request.file('file')
    const evidence: Upload | null = file?.tmpPath
      ? await storeUpload(file.tmpPath, file.clientName)
      : null
    try {
      await fileObjection(
        { participantId: place.id, listId: form.list_id ?? null, body: form.body, evidence },
        actor!
      )
    } catch (error) {
      await dropUpload(evidence)
      throw error
    }
    session.flash('success', i18n.t('selection.done.objection_filed'))
    return response.redirect().toRoute('selection.mine.show', { id: place.roundId })
  }

  async show(ctx: HttpContext) {
    const { actor, view } = ctx
    const { objection, mayDecide, isOwn } = await open(ctx)
    const people = new Map((await participantsOf(objection.roundId)).map((row) => [row.id, row]))
    const ranking = (await rankingsOf(objection.roundId)).find(
      ({ listId, participantId }) =>
        listId === objection.listId && participantId === objection.participantId
    )
    const rerun = objection.matchingId ? await matchingById(objection.matchingId) : null
    const round = await roundById(objection.roundId)
    return view.render('pages/selection/objections/show', {
      objection,
      round,
      score: ranking ? scoreText(ranking.scoreCenti) : '',
      refusal: ranking?.reason ?? null,
      lists: mayDecide ? listOptions(await listsOfPerson(round, objection.participantId)) : [],
      scores: [scoreText(objection.scoreBefore), scoreText(objection.scoreAfter)],
      changes: isOwn
        ? []
        : (rerun?.summary.changes ?? []).map((change) => ({
            ...change,
            name: people.get(change.participantId)?.name ?? '',
          })),
      rerun,
      mayDecide: mayDecide && objection.filedBy !== actor!.userId,
      isOwn,
      history: isOwn ? [] : await historyOf('selection_objection', objection.id),
    })
  }

  async evidence(ctx: HttpContext) {
    const { objection } = await open(ctx)
    if (objection.fileId === null) throw new NotFoundError('evidence')
    const { name, mime, body } = await openFile(
      {
        fileId: objection.fileId,
        sealedFor: SELECTION_FILE,
        thing: 'selection.objection',
        subjectType: 'selection_objection',
        subjectId: objection.id,
      },
      ctx.actor!
    )
    return sendFile(ctx, name, mime, body)
  }

  async accept(ctx: HttpContext) {
    const { objection, grant } = await authorize(ctx)
    const form = await ctx.request.validateUsing(acceptanceValidator)
    const documentId = await requiredDocument(form.document_id)
    const { version, answer, score = '', list_id: listId = null } = form
    await acceptObjection(
      { objectionId: objection.id, version, answer, score, listId, documentId, grant },
      ctx.actor!
    )
    return done(ctx, 'objection_accepted')
  }

  async reject(ctx: HttpContext) {
    const { objection, grant } = await authorize(ctx)
    const { version, answer } = await ctx.request.validateUsing(rejectionValidator)
    const input = { objectionId: objection.id, version, answer, documentId: null, grant }
    await rejectObjection(input, ctx.actor!)
    return done(ctx, 'objection_rejected')
  }

  async withdraw(ctx: HttpContext) {
    const { objection, isOwn } = await open(ctx)
    if (!isOwn) throw new ForbiddenError('selection.take_part')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await withdrawObjection({ objectionId: objection.id, version }, ctx.actor!)
    return done(ctx, 'objection_withdrawn')
  }
}

const listOptions = (lists: SelectionList[]) =>
  lists.map(({ id: value, name: label }) => ({ value, label }))

/** Who objected, and those who work on objections. */
async function open({ actor, params }: HttpContext) {
  const objection = await objectionById(Number(params.id))
  const target = targetOf(objection)
  const isOwn = actor!.isSelf(objection.personId)
  if (!isOwn) actor!.authorize('selection.people', target)
  return { objection, isOwn, mayDecide: actor!.may('selection.approve', target) }
}

async function authorize({ actor, params }: HttpContext): Promise<{
  objection: ObjectionRow
  grant: ReturnType<NonNullable<HttpContext['actor']>['authorize']>
}> {
  const objection = await objectionById(Number(params.id))
  const grant = actor!.authorize('selection.approve', targetOf(objection))
  return { objection, grant }
}

function targetOf({ roundId, unitId }: ObjectionRow) {
  return roundTarget({ id: roundId, unitId })
}

function done({ params, response, session, i18n }: HttpContext, what: string) {
  session.flash('success', i18n.t(`selection.done.${what}`))
  return response.redirect().toRoute('selection.objections.show', { id: params.id })
}
