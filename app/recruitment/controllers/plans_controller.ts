import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom, requiredDocument } from '#decisions/queries/documents'
import { fundingOptions, unitOptions } from '#organization/presenters/options'
import { filledPosts } from '#organization/queries/posts'
import { quotaBalances } from '#organization/queries/quota_balances'
import { clock } from '#shared/clock'
import { addDays } from '#shared/dates'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { refuseField } from '../actions/log.js'
import { settlePost } from '../actions/review.js'
import { createPlan, editPlan, type PlanInput } from '../actions/save_plan.js'
import { KINDS, TIE_KEYS } from '../domain/rules.js'
import { formatScore, parseScore } from '../domain/scoring.js'
import { RECRUITMENT_STATES } from '../domain/states.js'
import { movesOf, stepsOf, toneOfState } from '../presenters/moves.js'
import { educationOptions } from '../presenters/options.js'
import { countsOf, partOf, TABS } from '../presenters/plan_tabs.js'
import { recruitmentById, recruitmentPage } from '../queries/recruitments.js'
import { recruitmentPostById, recruitmentPosts } from '../queries/recruitment_posts.js'
import { rulesFor } from '../queries/rules.js'
import { planValidator, settleValidator } from '../validators.js'

/** 招聘计划 */
export default class PlansController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('recruitment.view')
    const filters = {
      kind: oneOf(request.input('kind'), KINDS),
      state: oneOf(request.input('state'), RECRUITMENT_STATES),
    }
    return view.render('pages/recruitment/index', {
      page: await recruitmentPage(
        { ...filters, units: actor!.unitsFor('recruitment.view') },
        request.input('cursor') ?? null
      ),
      filters,
      kinds: KINDS,
      states: RECRUITMENT_STATES,
      toneOfState,
      mayPrepare: actor!.may('recruitment.prepare'),
    })
  }

  async create({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('recruitment.prepare')
    const units = await unitOptions(actor!.unitsFor('recruitment.prepare'))
    const unitId = Number(request.input('unit')) || (await mostVacant(units))
    if (unitId) actor!.authorize('recruitment.prepare', { unitId })
    const kind = oneOf(request.input('kind'), KINDS) ?? 'open'
    const today = clock.today()
    const rules = await rulesFor(kind, today)
    return view.render('pages/recruitment/form', {
      plan: null,
      values: {
        ...rules,
        kind,
        unitId,
        applyFrom: today,
        applyTo: addDays(today, 10),
        passScore: formatScore(rules.passScore),
      },
      ...(await choices(unitId, i18n)),
      units,
      chosen: new Map(),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('recruitment.prepare')
    const form = await request.validateUsing(planValidator)
    actor!.authorize('recruitment.prepare', { unitId: form.unit_id })
    const input = await inputOf(form)
    const id = await once(request.input('_key'), 'recruitment.plan', actor!.userId, (trx) =>
      createPlan(input, actor!, trx)
    )
    session.flash('success', i18n.t('recruitment.done.saved'))
    return response.redirect().toRoute('recruitment.plans.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    const plan = await recruitmentById(Number(params.id))
    const target = { unitId: plan.unitId }
    actor!.authorize('recruitment.view', target)
    const tab = oneOf(request.input('tab'), TABS) ?? 'overview'
    const posts = await recruitmentPosts(plan.id)
    return view.render('pages/recruitment/show', {
      plan,
      posts,
      tab,
      tabs: TABS,
      steps: stepsOf(plan, i18n),
      moves: movesOf(actor!, plan, i18n),
      toneOfState,
      formatScore,
      counts: countsOf(posts),
      mayPrepare: actor!.may('recruitment.prepare', target),
      mayReview: actor!.may('recruitment.review', target),
      mayScore: actor!.may('recruitment.score', target),
      mayDecide: actor!.may('recruitment.decide', target),
      mayApprove: actor!.may('recruitment.approve', target),
      mayExport: actor!.may('recruitment.export', target),
      isAuthor: plan.preparedBy !== null && plan.preparedBy === actor!.userId,
      history: await historyOf('recruitment', plan.id),
      ...(await partOf(plan, tab, request)),
    })
  }

  async edit({ actor, params, view, i18n }: HttpContext) {
    const plan = await recruitmentById(Number(params.id))
    actor!.authorize('recruitment.prepare', { unitId: plan.unitId })
    const posts = await recruitmentPosts(plan.id)
    return view.render('pages/recruitment/form', {
      plan,
      values: { ...plan, passScore: formatScore(plan.passScore) },
      ...(await choices(plan.unitId, i18n)),
      units: await unitOptions([plan.unitId]),
      chosen: new Map(posts.map((post) => [post.postId, post])),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const plan = await recruitmentById(Number(params.id))
    actor!.authorize('recruitment.prepare', { unitId: plan.unitId })
    const form = await request.validateUsing(planValidator)
    const input = { ...(await inputOf(form)), unitId: plan.unitId }
    await editPlan({ ...input, recruitmentId: plan.id, version: form.version ?? 0 }, actor!)
    session.flash('success', i18n.t('recruitment.done.saved'))
    return response.redirect().toRoute('recruitment.plans.show', { id: plan.id })
  }

  async settlePost({ actor, params, request, response, session, i18n }: HttpContext) {
    const post = await recruitmentPostById(Number(params.id))
    const plan = await recruitmentById(post.recruitmentId)
    actor!.authorize('recruitment.decide', { unitId: plan.unitId })
    const form = await request.validateUsing(settleValidator)
    const ratioDocumentId = await documentIdFrom(form.document_id)
    const { version, places } = form
    await settlePost({ recruitmentPostId: post.id, version, places, ratioDocumentId }, actor!)
    session.flash('success', i18n.t('recruitment.done.post_settled'))
    return response.redirect().toRoute('recruitment.plans.show', { id: plan.id })
  }
}

async function choices(unitId: number | undefined, i18n: HttpContext['i18n']) {
  const posts = unitId ? await filledPosts(unitId) : []
  return {
    posts: posts.filter(({ validTo, category }) => validTo === null && category !== null),
    vacant: unitId ? await vacantOf(unitId) : 0,
    fundings: fundingOptions(i18n),
    educations: educationOptions(i18n),
    kinds: KINDS,
    tieKeys: TIE_KEYS,
  }
}

/** A new plan is most likely for the unit that has the most to fill. */
async function mostVacant(units: readonly { value: number }[]): Promise<number | undefined> {
  const vacant = new Map<number, number>()
  for (const row of await quotaBalances({ unitIds: units.map(({ value }) => value) })) {
    vacant.set(row.unitId, (vacant.get(row.unitId) ?? 0) + row.vacant)
  }
  const of = (unitId: number) => vacant.get(unitId) ?? 0
  return [...units].sort((one, other) => of(other.value) - of(one.value))[0]?.value
}

async function vacantOf(unitId: number) {
  const rows = await quotaBalances({ unitIds: [unitId] })
  return rows.reduce((sum, { vacant }) => sum + vacant, 0)
}

type Form = Awaited<ReturnType<typeof planValidator.validate>>

async function inputOf(form: Form): Promise<PlanInput> {
  const passScore = parseScore(form.pass_score)
  if (passScore === null) refuseField('pass_score', 'not_a_score', { value: form.pass_score })
  return {
    title: form.title,
    kind: form.kind,
    unitId: form.unit_id,
    documentId: await requiredDocument(form.document_id),
    fundingType: form.funding_type,
    applyFrom: form.apply_from,
    applyTo: form.apply_to,
    testsOn: form.tests_on ?? null,
    testsPlace: form.tests_place ?? null,
    writtenWeight: form.written_weight,
    openRatio: form.open_ratio,
    interviewRatio: form.interview_ratio,
    passScore,
    dropExtremes: form.drop_extremes ?? false,
    // in the order that was chosen, each once
    tieKeys: [...new Set((form.tie_keys ?? []).filter((key) => key !== null))],
    publicityDays: form.publicity_days,
    minYears: form.min_years,
    posts: (form.posts ?? [])
      .filter(({ places }) => (places ?? 0) > 0)
      .map((post) => ({
        postId: post.id,
        places: post.places!,
        minEducation: post.min_education ?? null,
        maxAge: post.max_age ?? null,
        requirements: post.requirements ?? null,
      })),
  }
}
