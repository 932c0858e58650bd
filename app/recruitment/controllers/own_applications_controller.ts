import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { apply } from '../actions/apply.js'
import { logPlan } from '../actions/log.js'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { oneOf } from '#shared/lists/filters'
import { noticePaper } from '../documents/notice.js'
import { publicityPaper } from '../documents/publicity.js'
import { applicationList } from '../queries/applications.js'
import { ownRecord } from '../queries/own_record.js'
import { growthPlans } from '../queries/growth_plans.js'
import { recruitmentById } from '../queries/recruitments.js'
import { recruitmentPosts } from '../queries/recruitment_posts.js'
import { ownApplyValidator } from '../validators.js'

/** 编外人才成长通道: contract staff apply with what the record says about them. */
export default class OwnApplicationsController {
  async index({ actor, view }: HttpContext) {
    return view.render('pages/recruitment/own', {
      plans: actor!.personId === null ? [] : await growthPlans(actor!.personId),
    })
  }

  /** Notice and publicity of the growth path, for the staff whom it is open to. */
  async paper(ctx: HttpContext) {
    const { actor, params, i18n } = ctx
    const plans = actor!.personId === null ? [] : await growthPlans(actor!.personId)
    const plan = plans.find(({ id }) => id === Number(params.id))
    const name = oneOf(params.paper, ['notice', 'publicity'] as const)
    if (!plan || !name || (name === 'publicity' && !plan.publicityFrom)) {
      throw new NotFoundError('paper')
    }
    const paper =
      name === 'notice'
        ? noticePaper(plan, await recruitmentPosts(plan.id))
        : publicityPaper(plan, await applicationList({ recruitmentId: plan.id }), clock.today())
    await inTransaction((trx) =>
      logPlan(trx, actor!, 'exported', plan.id, { paper: name, format: 'pdf' })
    )
    const title = `${i18n.t(`recruitment.papers.${name}`)}-${plan.number}.pdf`
    return sendFile(ctx, title, 'application/pdf', await renderPdf(paper))
  }

  async create({ actor, params, view }: HttpContext) {
    const plan = await openGrowthPlan(Number(params.id))
    const own = await ownRecord(actor!.personId, plan.applyTo)
    return view.render('pages/recruitment/own_apply', {
      plan,
      own,
      posts: (await recruitmentPosts(plan.id)).filter(({ places }) => places > 0),
    })
  }

  async store({ actor, params, request, response }: HttpContext) {
    const plan = await openGrowthPlan(Number(params.id))
    const own = await ownRecord(actor!.personId, plan.applyTo)
    const form = await request.validateUsing(ownApplyValidator)
    const { secret } = await apply(
      {
        recruitmentId: plan.id,
        recruitmentPostId: form.post_id,
        name: own.name,
        identityNo: own.identityNo,
        phone: own.phone,
        email: null,
        education: own.education,
        major: null,
        politicalStatus: own.politicalStatus,
        school: '',
        experience: form.experience,
        relatives: form.relatives ?? '',
        files: request
          .files('files')
          .map(({ tmpPath, clientName }) => ({ path: tmpPath!, name: clientName })),
        person: { id: own.id, serviceMonths: own.serviceMonths, history: own.history },
        key: String(request.input('_key') ?? '').slice(0, 80),
      },
      actor!
    )
    return response.redirect().toRoute('recruitment.jobs.receipt', { secret })
  }
}

async function openGrowthPlan(id: number) {
  const plan = await recruitmentById(id)
  const today = clock.today()
  const isOpen = plan.state === 'open' && today >= plan.applyFrom && today <= plan.applyTo
  if (plan.kind !== 'growth' || !isOpen) throw new NotFoundError('recruitment')
  return plan
}
