import type { HttpContext } from '@adonisjs/core/http'
import db from '@adonisjs/lucid/services/db'
import { openFile } from '#audit/actions/open_file'
import { DomainError, ForbiddenError, NotFoundError } from '#shared/errors'
import { sendFile } from '#shared/downloads'
import { openPerson } from '../access.js'
import { confirmPaper, discardPaper, enterPaper } from '../actions/papers.js'
import { choiceFrom } from '../choice_form.js'
import { eligiblePosts } from '../domain/instance.js'
import type { ChoiceDraft } from '../domain/preferences.js'
import { dropUpload, SELECTION_FILE, storeUpload, type Upload } from '../files.js'
import { participantById } from '../queries/participants.js'
import { secondOptions } from '../queries/people_choices.js'
import { postsOf } from '../queries/posts.js'
import { roundById } from '../queries/rounds.js'
import { versionValidator } from '../validators.js'

const NOTHING: ChoiceDraft = { posts: [], acceptsPlacement: null }

/** Paper forms: two people type the same scan, and nobody but these two opens it. */
export default class PapersController {
  create(ctx: HttpContext) {
    return this.form(ctx, NOTHING, null)
  }

  async store(ctx: HttpContext) {
    const { actor, params, request, response, session, i18n } = ctx
    const { person } = await openPerson(actor!, Number(params.id), 'selection.enter')
    const choice = choiceFrom(request)
    const file = request.file('file')
    let scan: Upload | null = null
    try {
      if (!file?.tmpPath) throw new DomainError('selection.errors.scan_needed')
      scan = await storeUpload(file.tmpPath, file.clientName)
      const secondId = Number(request.input('second_id')) || actor!.userId!
      await enterPaper({ participantId: person.id, secondId, choice, scan }, actor!)
    } catch (error) {
      await dropUpload(scan)
      if (!(error instanceof DomainError)) throw error
      response.status(error.status)
      return this.form(ctx, choice, i18n.t(error.key, error.params))
    }
    session.flash('success', i18n.t('selection.done.paper_entered'))
    return response.redirect().toRoute('selection.people.show', { id: person.id })
  }

  async show(ctx: HttpContext) {
    return this.second(ctx, NOTHING, null)
  }

  /** The scan, for the two alone. */
  async scan(ctx: HttpContext) {
    const { paper, person } = await openPaper(ctx)
    const { name, mime, body } = await openFile(
      {
        // A scan may be named after what was chosen.
        fileId: Number(paper.file_id),
        sealedFor: SELECTION_FILE,
        hideName: true,
        thing: 'selection.paper',
        subjectType: 'selection_participant',
        subjectId: person.id,
      },
      ctx.actor!
    )
    return sendFile(ctx, name, mime, body)
  }

  async confirm(ctx: HttpContext) {
    const { actor, receivedAt, request, response, session, i18n } = ctx
    const { paper } = await openPaper(ctx)
    const version = Number(request.input('version')) || 0
    const choice = choiceFrom(request)
    try {
      await confirmPaper({ paperId: paper.id, version, choice, receivedAt }, actor!)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      response.status(error.status)
      return this.second(ctx, choice, i18n.t(error.key, error.params))
    }
    session.flash('success', i18n.t('selection.done.paper_confirmed'))
    return response.redirect().toRoute('selection.people.show', { id: paper.participant_id })
  }

  async discard(ctx: HttpContext) {
    const { actor, request, response, session, i18n } = ctx
    const { paper } = await openPaper(ctx)
    const { version } = await request.validateUsing(versionValidator)
    await discardPaper({ paperId: paper.id, version }, actor!)
    session.flash('success', i18n.t('selection.done.paper_discarded'))
    return response.redirect().toRoute('selection.people.show', { id: paper.participant_id })
  }

  private async form(ctx: HttpContext, choice: ChoiceDraft, refusal: string | null) {
    const { actor, params, view } = ctx
    const { person, round } = await openPerson(actor!, Number(params.id), 'selection.enter')
    const officers = await secondOptions()
    return view.render('pages/selection/papers/create', {
      person,
      round,
      choice,
      refusal,
      eligible: eligiblePosts(await postsOf(round.id), person.nature),
      officers: officers.filter(({ value }) => value !== actor!.userId),
    })
  }

  private async second(ctx: HttpContext, choice: ChoiceDraft, refusal: string | null) {
    const { actor, view } = ctx
    const { paper, person } = await openPaper(ctx)
    const round = await roundById(person.roundId)
    return view.render('pages/selection/papers/show', {
      person,
      round,
      choice,
      refusal,
      paper: { id: Number(paper.id), state: paper.state, version: Number(paper.version) },
      isSecond: Number(paper.second_id) === actor!.userId,
      eligible: eligiblePosts(await postsOf(round.id), person.nature),
    })
  }
}

/** One of the two, whatever else the account may do. */
async function openPaper({ actor, params }: HttpContext) {
  const paper = await db.from('selection_papers').where('id', Number(params.id)).first()
  if (!paper) throw new NotFoundError('paper form')
  const two = [Number(paper.first_id), Number(paper.second_id)]
  if (!two.includes(actor!.userId ?? 0)) throw new ForbiddenError('selection.enter')
  return { paper, person: await participantById(Number(paper.participant_id)) }
}
