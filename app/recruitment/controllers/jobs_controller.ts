import type { HttpContext } from '@adonisjs/core/http'
import { throttleAddress } from '#accounts/actions/throttle'
import { parseIdentityNo } from '#people/domain/identity_no'
import { POLITICAL_STATUSES } from '#people/domain/codes'
import { civilTime, clock } from '#shared/clock'
import { renderPdf } from '#shared/documents/render'
import { sendFile } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { apply, withdrawApplication } from '../actions/apply.js'
import { refuse, refuseField } from '../actions/log.js'
import { LARGEST_ATTACHMENT } from '../domain/attachments.js'
import { formatScore } from '../domain/scoring.js'
import { noticePaper } from '../documents/notice.js'
import { publicityPaper, publishedPeople } from '../documents/publicity.js'
import { toneOfState } from '../presenters/moves.js'
import { educationOptions } from '../presenters/options.js'
import {
  applicationByNumber,
  applicationByReceipt,
  applicationList,
  type ApplicationRow,
} from '../queries/applications.js'
import { publishedById, publishedPage, type RecruitmentRow } from '../queries/recruitments.js'
import { recruitmentPosts } from '../queries/recruitment_posts.js'
import { applyValidator, moveValidator, statusValidator } from '../validators.js'

const MOST_FILES = 6
/** An internet café applies from one address as well; a script does more. */
const APPLICATIONS = { door: 'apply', limit: 30 }
const QUERIES = { door: 'status', limit: 60 }

/** 招聘公告 for everybody: no account is needed to read, to apply and to ask. */
export default class JobsController {
  async index({ request, view }: HttpContext) {
    const page = await publishedPage(request.input('cursor') ?? null)
    return view.render('pages/recruitment/public/index', {
      page,
      plans: page.rows.map((plan) => ({ ...plan, isOpen: isOpen(plan) })),
    })
  }

  async show({ params, view }: HttpContext) {
    const plan = await publishedById(Number(params.id))
    const people = await applicationList({ recruitmentId: plan.id })
    return view.render('pages/recruitment/public/show', {
      plan,
      isOpen: isOpen(plan),
      posts: (await recruitmentPosts(plan.id)).filter(({ places }) => places > 0),
      published: plan.publicityFrom ? publishedPeople(people) : [],
      formatScore,
    })
  }

  async notice(ctx: HttpContext) {
    const plan = await publishedById(Number(ctx.params.id))
    const pdf = await renderPdf(noticePaper(plan, await recruitmentPosts(plan.id)))
    return sendFile(ctx, `${plan.title}.pdf`, 'application/pdf', pdf)
  }

  async publicity(ctx: HttpContext) {
    const plan = await publishedById(Number(ctx.params.id))
    if (!plan.publicityFrom) throw new NotFoundError('publicity')
    const people = await applicationList({ recruitmentId: plan.id })
    const pdf = await renderPdf(publicityPaper(plan, people, clock.today()))
    return sendFile(ctx, `${plan.title}-公示.pdf`, 'application/pdf', pdf)
  }

  async create({ params, request, view, i18n }: HttpContext) {
    const plan = await publishedById(Number(params.id))
    if (!isOpen(plan)) refuse('not_open', { from: plan.applyFrom, to: plan.applyTo })
    return view.render('pages/recruitment/public/apply', {
      plan,
      chosen: Number(request.input('post')) || null,
      posts: (await recruitmentPosts(plan.id)).filter(({ places }) => places > 0),
      educations: educationOptions(i18n),
      politicalStatuses: Object.keys(POLITICAL_STATUSES),
      megabytes: LARGEST_ATTACHMENT / 1024 / 1024,
    })
  }

  async store({ params, request, response }: HttpContext) {
    const plan = await publishedById(Number(params.id))
    await throttleAddress(request.ip(), APPLICATIONS)
    const form = await request.validateUsing(applyValidator)
    const files = request.files('files')
    if (files.length > MOST_FILES) refuseField('files', 'too_many_files', { most: MOST_FILES })
    if (files.length === 0) refuseField('files', 'file_missing')
    const receipt = await apply({
      recruitmentId: plan.id,
      recruitmentPostId: form.post_id,
      name: form.name,
      identityNo: form.identity_no,
      phone: form.phone,
      email: form.email ?? null,
      education: form.education,
      major: form.major ?? null,
      politicalStatus: null,
      school: form.school,
      experience: form.experience,
      relatives: form.relatives ?? '',
      files: files.map(({ tmpPath, clientName }) => ({ path: tmpPath!, name: clientName })),
      key: String(request.input('_key') ?? '').slice(0, 80),
    })
    return response.redirect().toRoute('recruitment.jobs.receipt', { secret: receipt.secret })
  }

  /** The receipt (报名回执): whoever has its link applied. */
  async receipt({ params, view, response }: HttpContext) {
    const application = await applicationByReceipt(String(params.secret))
    if (!application) throw new NotFoundError('receipt')
    response.header('Cache-Control', 'no-store')
    response.header('Referrer-Policy', 'no-referrer')
    return view.render('pages/recruitment/public/receipt', {
      ...shown(application),
      secret: params.secret,
      mayWithdraw:
        ['submitted', 'qualified'].includes(application.state) &&
        ['open', 'review'].includes(application.recruitmentState),
    })
  }

  async withdraw({ params, request, response, session, i18n }: HttpContext) {
    const application = await applicationByReceipt(String(params.secret))
    if (!application) throw new NotFoundError('receipt')
    const { version } = await request.validateUsing(moveValidator)
    await withdrawApplication({ applicationId: application.id, version })
    session.flash('success', i18n.t('recruitment.done.withdrawn'))
    return response.redirect().toRoute('recruitment.jobs.receipt', { secret: params.secret })
  }

  async ask({ view }: HttpContext) {
    return view.render('pages/recruitment/public/ask')
  }

  /** By the number of the receipt and the identity number; the answer stands in no address. */
  async answer({ request, response, view }: HttpContext) {
    await throttleAddress(request.ip(), QUERIES)
    const form = await request.validateUsing(statusValidator)
    const identity = parseIdentityNo(form.identity_no)
    const application = identity.ok
      ? await applicationByNumber(form.number, identity.normalised)
      : null
    if (!application) refuseField('number', 'not_found')
    response.header('Cache-Control', 'no-store')
    return view.render('pages/recruitment/public/receipt', {
      ...shown(application),
      secret: null,
      mayWithdraw: false,
    })
  }
}

function isOpen(plan: RecruitmentRow): boolean {
  const today = clock.today()
  return plan.state === 'open' && today >= plan.applyFrom && today <= plan.applyTo
}

function shown(application: ApplicationRow) {
  return {
    application: { ...application, submittedAt: civilTime(application.submittedAt) },
    toneOfState,
    formatScore,
  }
}
