import type { HttpContext } from '@adonisjs/core/http'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { NotFoundError } from '#shared/errors'
import { oneOf } from '#shared/lists/filters'
import { logPlan } from '../actions/log.js'
import { noticePaper } from '../documents/notice.js'
import { listPaper, listRegister, LISTS, listRows } from '../documents/lists.js'
import { publicityPaper } from '../documents/publicity.js'
import { applicationList } from '../queries/applications.js'
import { recruitmentById } from '../queries/recruitments.js'
import { recruitmentPosts } from '../queries/recruitment_posts.js'

/** Notice and lists as paper or workbook; that they were taken is on record. */
export default class PapersController {
  async show(ctx: HttpContext) {
    const { actor, params, request, i18n } = ctx
    const plan = await recruitmentById(Number(params.id))
    const grant = actor!.authorize('recruitment.export', { unitId: plan.unitId })
    const name = oneOf(params.paper, [...LISTS, 'notice'] as const)
    if (!name) throw new NotFoundError('paper')
    const format = request.input('format') === 'xlsx' ? 'xlsx' : 'pdf'
    await inTransaction((trx) =>
      logPlan(trx, actor!, 'exported', plan.id, { paper: name, format }, grant)
    )
    const title = `${i18n.t(`recruitment.papers.${name}`)}-${plan.number}`
    const people = await applicationList({ recruitmentId: plan.id })
    if (name === 'notice' || (name === 'publicity' && format === 'pdf')) {
      const posts = await recruitmentPosts(plan.id)
      const paper =
        name === 'notice' ? noticePaper(plan, posts) : publicityPaper(plan, people, clock.today())
      return sendFile(ctx, `${title}.pdf`, 'application/pdf', await renderPdf(paper))
    }
    const rows = listRows(name, people)
    if (format === 'xlsx') return sendRegister(ctx, `${title}.xlsx`, listRegister(name, rows, i18n))
    const pdf = await renderPdf(listPaper(name, plan, rows, clock.today()))
    return sendFile(ctx, `${title}.pdf`, 'application/pdf', pdf)
  }
}
