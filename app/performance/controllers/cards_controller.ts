import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { inTransaction } from '#shared/database'
import { historyOf } from '#audit/queries/history'
import { openHoldsAbout } from '#decisions/queries/require_decision'
import { requiredDocument } from '#decisions/queries/documents'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { calibrateCard, correctResult, rateCard } from '../actions/rate_card.js'
import { saveComment } from '../actions/save_comment.js'
import { setLeader } from '../actions/set_leaders.js'
import { COMMENTED, RATINGS, SCORER_ROLES } from '../domain/codes.js'
import { combine } from '../domain/combine.js'
import { COMMENT_STATES, OPEN_STATES, RESULT_STATES } from '../domain/cycle_states.js'
import { resultNotice } from '../documents/result_notice.js'
import { authorizeCard, idOf, openCard } from '../policies.js'
import { caseTexts } from '../presenters/cases.js'
import { appealUntil } from '../queries/appeal_until.js'
import { appealList } from '../queries/appeals.js'
import { awaitsSignature } from '../queries/awaits_signature.js'
import { valuesOfCard } from '../queries/card_values.js'
import { cardById, type CardRow } from '../queries/cards.js'
import { changesOf } from '../queries/result_versions.js'
import type { CycleRow } from '../queries/cycles.js'
import { regularResults } from '../queries/regular_results.js'
import { schemesByIds } from '../queries/schemes.js'
import { commentsOn, scorersOf, scoringsOf } from '../queries/scorings.js'
import {
  calibrationValidator,
  commentValidator,
  correctionValidator,
  leaderValidator,
  ratingValidator,
} from '../validators.js'

/** One person in one review: every figure opens into how it came about. */
export default class CardsController {
  async show({ actor, params, view, i18n }: HttpContext) {
    const { card, cycle, own } = await openCard(actor!, idOf(params.id))
    const scheme = card.schemeId
      ? (await schemesByIds([card.schemeId], cycle.period.from)).get(card.schemeId)
      : null
    const appeals = await appealList({ cardId: card.id, units: 'all' })
    const may = mayDo(actor!, card, cycle)
    const appealTo = own ? await appealUntil(card, cycle) : null
    const comments = (await scoringsOf([card.id])).filter(({ comment }) => comment !== null)
    return view.render('pages/performance/cards/show', {
      card,
      cycle,
      own,
      scheme: scheme ?? null,
      cases: caseTexts(card.cases, i18n),
      values: await valuesOfCard(card.id),
      regular: await regularResults(card, cycle),
      changes: await changesOf(card.id),
      appeals,
      appealTo,
      comments: comments.map(({ comment }) => comment),
      myComment: comments.find(({ userId }) => userId === actor!.userId) ?? null,
      /** The person sees the result when it stands, not while it is being made. */
      shown: !own || RESULT_STATES.includes(cycle.state),
      scorings: own ? [] : await this.scorings(card, cycle),
      holds: (await openHoldsAbout('scorecard', [card.id])).get(card.id) ?? [],
      // one that waits for its answer is enough
      may: {
        ...may,
        sign: own && (await awaitsSignature(card, cycle.state)),
        comment:
          !actor!.isSelf(card.personId) &&
          COMMENTED.includes(card.outlook) &&
          COMMENT_STATES.includes(cycle.state) &&
          (await commentsOn(card, actor!)),
        selfReport: own && ['self_report', 'scoring'].includes(cycle.state),
        appeal:
          appealTo !== null &&
          clock.today() <= appealTo &&
          !appeals.some(({ kind, state }) => kind === 'appeal' && state === 'submitted'),
      },
      ratings: RATINGS,
      history: own ? [] : await historyOf('scorecard', card.id),
    })
  }

  async rate(ctx: HttpContext) {
    const { card, cycle } = await openCard(ctx.actor!, idOf(ctx.params.id))
    const grant = authorizeCard(ctx.actor!, 'performance.decide', card, cycle)
    const form = await ctx.request.validateUsing(ratingValidator)
    const { version, rating = null, reason = null } = form
    await rateCard({ cardId: card.id, version, rating, reason, grant }, ctx.actor!)
    return this.done(ctx, card, 'rated')
  }

  async calibrate(ctx: HttpContext) {
    const { card, cycle } = await openCard(ctx.actor!, idOf(ctx.params.id))
    const grant = authorizeCard(ctx.actor!, 'performance.calibrate', card, cycle)
    const form = await ctx.request.validateUsing(calibrationValidator)
    await calibrateCard({ cardId: card.id, ...form, grant }, ctx.actor!)
    return this.done(ctx, card, 'calibrated')
  }

  async correct(ctx: HttpContext) {
    const { card, cycle } = await openCard(ctx.actor!, idOf(ctx.params.id))
    const grant = authorizeCard(ctx.actor!, 'performance.correct', card, cycle)
    const form = await ctx.request.validateUsing(correctionValidator)
    const documentId = await requiredDocument(form.document_id)
    const { version, score = null, rating = null, reason } = form
    // keys are `i<indicator>`: a form's bare numbers would be read as places of a list
    const values = Object.fromEntries(
      Object.entries(form.values ?? {}).map(([key, text]) => [key.slice(1), text ?? ''])
    )
    await correctResult(
      { cardId: card.id, version, score, rating, values, reason, documentId, grant },
      ctx.actor!
    )
    return this.done(ctx, card, 'corrected')
  }

  /** 评语 of the manager, for whom the rules give no grade. */
  async comment(ctx: HttpContext) {
    const card = await cardById(idOf(ctx.params.id))
    const { unitId, departmentId } = card
    ctx.actor!.authorize('performance.score', { unitId, departmentId })
    const { version = null, comment } = await ctx.request.validateUsing(commentValidator)
    await saveComment({ cardId: card.id, version, comment }, ctx.actor!)
    return this.done(ctx, card, 'commented')
  }

  async leader(ctx: HttpContext) {
    const { card, cycle } = await openCard(ctx.actor!, idOf(ctx.params.id))
    authorizeCard(ctx.actor!, 'performance.prepare', card, cycle)
    const {
      version,
      leader,
      document_id: document,
    } = await ctx.request.validateUsing(leaderValidator)
    const documentId = await requiredDocument(document)
    await setLeader({ cardId: card.id, version, leader, documentId }, ctx.actor!)
    return this.done(ctx, card, 'leader_set')
  }

  /** 考核结果通知书, to sign on paper. */
  async notice(ctx: HttpContext) {
    const { card, cycle, own } = await openCard(ctx.actor!, idOf(ctx.params.id))
    if (!own) {
      await inTransaction((trx) =>
        record(trx, ctx.actor!, {
          action: 'performance.card.exported',
          subjectType: 'scorecard',
          subjectId: card.id,
          changes: { format: 'pdf' },
        })
      )
    }
    const pdf = await renderPdf(resultNotice(card, cycle, clock.today()))
    return sendFile(ctx, `${card.personName}-${cycle.title}.pdf`, 'application/pdf', pdf)
  }

  /** What was given by role: managers by name, the others as a sum above the smallest group. */
  private async scorings(card: CardRow, cycle: CycleRow) {
    const submitted = await scoringsOf([card.id], { submitted: true })
    const given = submitted.filter(({ scores }) => Object.keys(scores).length > 0)
    const scorers = new Map((await scorersOf(cycle.id)).map((row) => [row.userId, row.userName]))
    const weights = { manager: 1, peer: 1, service: 1 }
    const { tooSmall } = combine(given, weights, cycle.minimumGroup)
    return SCORER_ROLES.flatMap((role) => {
      const list = given.filter((row) => row.role === role)
      if (list.length === 0) return []
      const named = role === 'manager'
      return [
        {
          role,
          count: list.length,
          tooSmall: tooSmall.includes(role),
          names: named ? list.map(({ userId }) => scorers.get(userId) ?? '—') : [],
          values: tooSmall.includes(role)
            ? []
            : [...combine(list, weights, named ? 1 : cycle.minimumGroup).values],
        },
      ]
    })
  }

  private done({ response, session, i18n, request }: HttpContext, card: CardRow, what: string) {
    session.flash('success', i18n.t(`performance.done.${what}`))
    if (request.input('back') === 'scoring') {
      return response.redirect().toRoute('performance.scoring.show', { id: card.cycleId })
    }
    if (request.input('back') === 'decision') {
      return response.redirect(`/performance/cycles/${card.cycleId}?tab=decision`)
    }
    return response.redirect().toRoute('performance.cards.show', { id: card.id })
  }
}

/** What the page offers to this actor now. */
function mayDo(actor: Actor, card: CardRow, cycle: CycleRow) {
  const may = (capability: string) =>
    actor.may(capability, { unitId: card.unitId }) ||
    actor.may(capability, { unitId: cycle.unitId })
  const { state } = cycle
  const result = card.rating !== null || card.score !== null
  const others = !actor.isSelf(card.personId)
  return {
    calibrate:
      others &&
      state === 'calibration' &&
      card.outlook === 'graded' &&
      may('performance.calibrate'),
    rate: others && ['calibration', 'decision'].includes(state) && may('performance.decide'),
    correct: others && RESULT_STATES.includes(state) && may('performance.correct'),
    leader:
      others &&
      OPEN_STATES.includes(state) &&
      card.outlook !== 'left' &&
      may('performance.prepare'),
    object: state === 'publicity' && card.rating === 'excellent' && may('performance.prepare'),
    notice: RESULT_STATES.includes(state) && result,
  }
}
