import type { HttpContext } from '@adonisjs/core/http'
import { requiredDocument } from '#decisions/queries/documents'
import { NotFoundError } from '#shared/errors'
import { oneOf } from '#shared/lists/filters'
import { readScoreFile } from '../imports/score_file.js'
import { refuseField } from '../actions/log.js'
import { decideScoreChange, proposeScoreChange } from '../actions/score_changes.js'
import { closeStage } from '../actions/close_stage.js'
import { countersign, enterScores } from '../actions/enter_scores.js'
import { addExaminer, recuse } from '../actions/examiners.js'
import { formatScore, parseScore } from '../domain/scoring.js'
import { STAGES } from '../domain/sheets.js'
import { applicationById } from '../queries/applications.js'
import { recruitmentById } from '../queries/recruitments.js'
import { entriesOf, examinersOf, recusalsOf, scoreChangeById, takersOf } from '../queries/scores.js'
import {
  changeValidator,
  examinerValidator,
  moveValidator,
  recusalValidator,
  scoresValidator,
} from '../validators.js'

/** Score sheets: entered twice by two people, or imported and countersigned. */
export default class ScoresController {
  async show({ actor, params, view }: HttpContext) {
    const { plan, stage, examinerId } = await sheetOf(params)
    actor!.authorize('recruitment.score', { unitId: plan.unitId })
    const entries = (await entriesOf(plan.id, stage)).filter(
      (entry) => entry.examinerId === examinerId
    )
    const recused = new Map(
      (await recusalsOf(plan.id))
        .filter((one) => one.examinerId === examinerId)
        .map((one) => [one.applicationId, one.reason])
    )
    const own = entries.find(({ userId }) => userId === actor!.userId)
    const other = entries.find(({ userId }) => userId !== actor!.userId)
    const takers = await takersOf(plan, stage)
    return view.render('pages/recruitment/scores/sheet', {
      plan,
      stage,
      examiner: (await examinersOf(plan.id)).find(({ id }) => id === examinerId) ?? null,
      examinerId,
      entries,
      closed: Boolean(stage === 'written' ? plan.writtenClosedAt : plan.interviewClosedAt),
      mayCountersign: entries.length === 1 && other !== undefined && other.source === 'imported',
      full: !own && entries.length === 2,
      rows: takers.map((one) => ({
        ...one,
        recused: recused.get(one.id) ?? null,
        value: own?.scores.has(one.id) ? formatScore(own.scores.get(one.id)!) : '',
        absent: own?.scores.get(one.id) === null,
        // Where both have written, a difference is shown without the other's figure.
        differs: Boolean(
          own?.scores.has(one.id) &&
          other?.scores.has(one.id) &&
          own.scores.get(one.id) !== other.scores.get(one.id)
        ),
      })),
    })
  }

  async store(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const { plan, stage, examinerId } = await sheetOf(params)
    actor!.authorize('recruitment.score', { unitId: plan.unitId })
    const form = await request.validateUsing(scoresValidator)
    const scores: { applicationId: number; score: number | null }[] = []
    for (const [index, { id, score, absent }] of form.scores.entries()) {
      if (!absent && !score) continue
      const value = absent ? null : parseScore(score!)
      if (!absent && value === null) {
        refuseField(`scores[${index}][score]`, 'not_a_score', { value: score! })
      }
      scores.push({ applicationId: id, score: value })
    }
    await enterScores({ recruitmentId: plan.id, stage, examinerId, scores }, actor!)
    return done(ctx, 'scores', plan.id)
  }

  /** A workbook with ticket numbers and scores. */
  async import(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const { plan, stage, examinerId } = await sheetOf(params)
    actor!.authorize('recruitment.score', { unitId: plan.unitId })
    const file = request.file('file')
    if (!file?.tmpPath) refuseField('file', 'file_missing')
    const scores = await readScoreFile(
      { path: file.tmpPath, name: file.clientName },
      await takersOf(plan, stage)
    )
    const input = { recruitmentId: plan.id, stage, examinerId, scores }
    await enterScores({ ...input, source: 'imported' }, actor!)
    return done(ctx, 'scores', plan.id)
  }

  async countersign(ctx: HttpContext) {
    const { actor, params } = ctx
    const { plan, stage, examinerId } = await sheetOf(params)
    actor!.authorize('recruitment.score', { unitId: plan.unitId })
    await countersign({ recruitmentId: plan.id, stage, examinerId }, actor!)
    return done(ctx, 'countersigned', plan.id)
  }

  async close(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const plan = await recruitmentById(Number(params.id))
    const stage = oneOf(params.stage, STAGES)
    if (!stage) throw new NotFoundError('stage')
    actor!.authorize('recruitment.decide', { unitId: plan.unitId })
    const { version } = await request.validateUsing(moveValidator)
    await closeStage({ recruitmentId: plan.id, version, stage }, actor!)
    return done(ctx, 'stage_closed', plan.id)
  }

  async addExaminer(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const plan = await recruitmentById(Number(params.id))
    actor!.authorize('recruitment.review', { unitId: plan.unitId })
    const form = await request.validateUsing(examinerValidator)
    await addExaminer(
      {
        recruitmentId: plan.id,
        name: form.name,
        organization: form.organization ?? null,
        personId: form.person_id ?? null,
      },
      actor!
    )
    return done(ctx, 'examiner', plan.id)
  }

  async recuse(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const application = await applicationById(Number(params.id))
    actor!.authorize('recruitment.review', { unitId: application.unitId })
    const form = await request.validateUsing(recusalValidator)
    const examiners = await examinersOf(application.recruitmentId)
    if (!examiners.some(({ id }) => id === form.examiner_id)) throw new NotFoundError('examiner')
    await recuse(
      { applicationId: application.id, examinerId: form.examiner_id, reason: form.reason },
      actor!
    )
    return done(ctx, 'recused', application.recruitmentId)
  }

  async propose(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const application = await applicationById(Number(params.id))
    actor!.authorize('recruitment.score', { unitId: application.unitId })
    const form = await request.validateUsing(changeValidator)
    const score = form.absent ? null : parseScore(form.score ?? '')
    if (!form.absent && score === null) {
      refuseField('score', 'not_a_score', { value: form.score ?? '' })
    }
    const documentId = await requiredDocument(form.document_id)
    const { stage, reason } = form
    await proposeScoreChange(
      { applicationId: application.id, stage, score, reason, documentId },
      actor!
    )
    return done(ctx, 'change_asked', application.recruitmentId, 'ranking')
  }

  async approveChange(ctx: HttpContext) {
    return this.decide(ctx, 'approve')
  }

  async refuseChange(ctx: HttpContext) {
    return this.decide(ctx, 'refuse')
  }

  private async decide(ctx: HttpContext, verdict: 'approve' | 'refuse') {
    const { actor, params, request } = ctx
    const change = await scoreChangeById(Number(params.id))
    const grant = actor!.authorize('recruitment.decide', { unitId: change.unitId })
    const { version } = await request.validateUsing(moveValidator)
    await decideScoreChange({ changeId: change.id, version, verdict, grant }, actor!)
    return done(ctx, `change_${verdict}`, change.recruitmentId, 'ranking')
  }
}

async function sheetOf(params: Record<string, string>) {
  const plan = await recruitmentById(Number(params.id))
  const stage = oneOf(params.stage, STAGES)
  const examinerId = Number(params.examiner)
  const isKnown =
    stage === 'written'
      ? examinerId === 0
      : (await examinersOf(plan.id)).some(({ id }) => id === examinerId)
  if (!stage || !isKnown) throw new NotFoundError('score sheet')
  return { plan, stage, examinerId }
}

function done(
  { response, session, i18n }: HttpContext,
  what: string,
  planId: number,
  tab = 'tests'
) {
  session.flash('success', i18n.t(`recruitment.done.${what}`))
  return response.redirect(`/recruitment/plans/${planId}?tab=${tab}`)
}
