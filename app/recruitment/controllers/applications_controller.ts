import type { HttpContext } from '@adonisjs/core/http'
import { openFile } from '#audit/actions/open_file'
import { historyOf } from '#audit/queries/history'
import { UPLOADED } from '#imports/files'
import { gradeOptions } from '#organization/presenters/options'
import { isGrade, quotaCategoryOf } from '#organization/domain/grades'
import { clock, civilTime } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { dropCandidate, recordCheck } from '../actions/checks.js'
import { hire } from '../actions/hire.js'
import { refuseField } from '../actions/log.js'
import { unmaskApplicant } from '../actions/open_sealed.js'
import { reviewApplication } from '../actions/review.js'
import { enterExtraScore } from '../actions/score_changes.js'
import { shortfallsOf } from '../domain/requirements.js'
import { formatScore, parseScore } from '../domain/scoring.js'
import { toneOfState } from '../presenters/moves.js'
import {
  applicationById,
  attachmentsOf,
  particularsOf,
  sharesRank,
} from '../queries/applications.js'
import { recruitmentById } from '../queries/recruitments.js'
import { recruitmentPostById } from '../queries/recruitment_posts.js'
import { examinersOf, recusalsOf } from '../queries/scores.js'
import {
  checkValidator,
  dropValidator,
  extraValidator,
  hireValidator,
  reviewValidator,
  unmaskValidator,
} from '../validators.js'

/** One application on its way: review, scores, checks, contract. */
export default class ApplicationsController {
  async show({ actor, params, view, i18n }: HttpContext) {
    const application = await applicationById(Number(params.id))
    const target = { unitId: application.unitId }
    actor!.authorize('recruitment.view', target)
    const plan = await recruitmentById(application.recruitmentId)
    const post = await recruitmentPostById(application.recruitmentPostId)
    const mayReview = actor!.may('recruitment.review', target)
    const shortfalls = shortfallsOf({ ...post, minYears: plan.minYears }, application, plan.applyTo)
    return view.render('pages/recruitment/applications/show', {
      application: { ...application, submittedAt: civilTime(application.submittedAt) },
      plan,
      post,
      particulars: mayReview ? await particularsOf(application.id) : null,
      attachments: mayReview ? await attachmentsOf(application.id) : [],
      shortfalls: shortfalls.map(({ code, params: values }) =>
        i18n.t(`recruitment.shortfalls.${code}`, {
          ...values,
          wanted:
            code === 'education' ? i18n.t(`shared.education.${values.wanted}`) : values.wanted,
        })
      ),
      examiners: await examinersOf(plan.id),
      recusals: (await recusalsOf(plan.id)).filter((one) => one.applicationId === application.id),
      grades: gradeOptions().filter(
        ({ value }) => isGrade(value) && quotaCategoryOf(value) === post.category
      ),
      nextMonth: `${addMonths(clock.today(), 1).slice(0, 7)}-01`,
      toneOfState,
      formatScore,
      isOwn: actor!.isSelf(application.personId),
      mayReview,
      mayScore: actor!.may('recruitment.score', target),
      mayEnterExtra:
        actor!.may('recruitment.score', target) &&
        !actor!.isSelf(application.personId) &&
        ['tests', 'checks', 'publicity', 'hiring'].includes(plan.state) &&
        application.rankNo !== null &&
        application.extraScore === null &&
        (await sharesRank(application)),
      mayDecide: actor!.may('recruitment.decide', target),
      mayUnmask: actor!.may('people.unmask', target),
      history: await historyOf('recruitment_application', application.id),
    })
  }

  async review(ctx: HttpContext) {
    const { id } = await this.authorize(ctx, 'recruitment.review')
    const form = await ctx.request.validateUsing(reviewValidator)
    const { version, verdict, reason = null } = form
    await reviewApplication({ applicationId: id, version, verdict, reason }, ctx.actor!)
    return this.done(ctx, verdict === 'qualify' ? 'qualified' : 'rejected')
  }

  async check(ctx: HttpContext) {
    const { id } = await this.authorize(ctx, 'recruitment.review')
    const form = await ctx.request.validateUsing(checkValidator)
    await recordCheck({ applicationId: id, ...form, note: form.note ?? null }, ctx.actor!)
    return this.done(ctx, 'checked')
  }

  async drop(ctx: HttpContext) {
    const { id } = await this.authorize(ctx, 'recruitment.decide')
    const { version, comment } = await ctx.request.validateUsing(dropValidator)
    await dropCandidate({ applicationId: id, version, reason: comment }, ctx.actor!)
    return this.done(ctx, 'dropped')
  }

  async hire(ctx: HttpContext) {
    const { id, grant } = await this.authorize(ctx, 'recruitment.decide')
    const form = await ctx.request.validateUsing(hireValidator)
    if (!isGrade(form.grade)) refuseField('grade', 'grade_category')
    await hire(
      {
        applicationId: id,
        version: form.version,
        contractNo: form.contract_no,
        contractTo: form.contract_to ?? null,
        effectiveOn: form.effective_on,
        grade: form.grade,
        grant,
      },
      ctx.actor!
    )
    return this.done(ctx, 'hired')
  }

  async extra(ctx: HttpContext) {
    const { id } = await this.authorize(ctx, 'recruitment.score')
    const form = await ctx.request.validateUsing(extraValidator)
    const score = parseScore(form.score)
    if (score === null) refuseField('score', 'not_a_score', { value: form.score })
    const input = { applicationId: id, version: form.version, score }
    const done = await enterExtraScore(input, ctx.actor!)
    return this.done(ctx, done === 'entered' ? 'extra_entered' : 'extra')
  }

  /** What the applicant handed in; that it was opened is on record. */
  async file(ctx: HttpContext) {
    const { id, grant } = await this.authorize(ctx, 'recruitment.review')
    const file = (await attachmentsOf(id)).find((one) => one.id === Number(ctx.params.file))
    if (!file) throw new NotFoundError('file')
    const { name, mime, body } = await openFile(
      {
        fileId: file.id,
        sealedFor: UPLOADED,
        thing: 'recruitment.application',
        grant,
        subjectType: 'recruitment_application',
        subjectId: id,
      },
      ctx.actor!
    )
    return sendFile(ctx, name, mime, body)
  }

  /** Shows one sealed value once, in the answer to the form itself. */
  async unmask(ctx: HttpContext) {
    const { id, grant } = await this.authorize(ctx, 'people.unmask')
    const { field, reason } = await ctx.request.validateUsing(unmaskValidator)
    const value = await unmaskApplicant({ applicationId: id, field, reason, grant }, ctx.actor!)
    ctx.response.header('Cache-Control', 'no-store')
    return ctx.view.render('pages/recruitment/applications/unmasked', {
      application: await applicationById(id),
      field,
      value,
    })
  }

  private async authorize({ actor, params }: HttpContext, capability: string) {
    const { id, unitId } = await applicationById(Number(params.id))
    return { id, grant: actor!.authorize(capability, { unitId }) }
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`recruitment.done.${what}`))
    return response.redirect().toRoute('recruitment.applications.show', { id: params.id })
  }
}
