import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { apply } from '../actions/apply.js'
import { NotFoundError } from '#shared/errors'
import { ownRecord } from '../queries/own_record.js'
import { growthPlans } from '../queries/growth_plans.js'
import { recruitmentById, recruitmentPosts } from '../queries/recruitments.js'
import { ownApplyValidator } from '../validators.js'

/** 编外人才成长通道: contract staff apply with what the record says about them. */
export default class OwnApplicationsController {
  async index({ actor, view }: HttpContext) {
    return view.render('pages/recruitment/own', {
      plans: actor!.personId === null ? [] : await growthPlans(actor!.personId),
    })
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
