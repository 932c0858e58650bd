import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { ForbiddenError, NotFoundError } from '#shared/errors'
import { enqueue } from '#shared/jobs/queue'
import { PAPERS, paperContext } from '../documents/papers.js'
import type { Paper } from '../documents/paper_context.js'
import { BATCH_CASE } from '../domain/cases.js'
import { AT_ONCE, readPaper } from '../jobs/paper_job.js'
import { openBatch, type OpenedBatch } from '../policies/access.js'
import { PAPER_JOB, paperKey, storedPaper } from '../queries/stored_papers.js'
import { lineTotals } from '../queries/line_totals.js'
import { unmaskedPaperValidator } from '../validators/batches.js'

/** The papers of a move as PDF and Excel. */
export default class PapersController {
  /** Identity numbers masked. A long paper is drawn in the background first. */
  async show(ctx: HttpContext) {
    const { format } = ctx.params
    const { paper, opened } = await this.open(ctx, ctx.params.paper)
    const { people } = await lineTotals(opened.batch.id, opened.scope)
    const long = paper.perPerson && people > AT_ONCE && opened.scope === 'all'
    if (format === 'pdf' && long) return this.background(ctx, opened, paper)
    await this.exported(ctx, opened, paper, { format })
    return this.send(ctx, opened, paper, { format, unmasked: false })
  }

  /** With full identity numbers: asks a reason, and both stand in the log. */
  async unmasked(ctx: HttpContext) {
    const reached = await this.reach(ctx)
    if (!ctx.actor!.may('people.unmask', { unitIds: reached.units.all })) {
      throw new ForbiddenError('people.unmask')
    }
    const form = await ctx.request.validateUsing(unmaskedPaperValidator)
    const { paper, opened } = await this.open(ctx, form.paper)
    const { format, reason } = form
    await this.exported(ctx, opened, paper, { format, reason })
    return this.send(ctx, opened, paper, { format, unmasked: true })
  }

  private async open(ctx: HttpContext, name: string) {
    const opened = await this.reach(ctx)
    const paper = PAPERS.find((known) => known.name === name)
    if (!paper) throw new NotFoundError('paper')
    return { paper, opened }
  }

  /** The batch as far as its papers reach for the actor. */
  private async reach({ actor, params }: HttpContext): Promise<OpenedBatch> {
    const opened = await openBatch(actor!, Number(params.id))
    actor!.authorize('transfers.papers')
    const papers = actor!.unitsFor('transfers.papers')
    const cases = actor!.casesFor('transfers.papers', BATCH_CASE)
    if (cases.includes(opened.batch.id)) return opened
    const reaches = papers === 'all' || opened.units.all.some((unitId) => papers.includes(unitId))
    if (!reaches) throw new ForbiddenError('transfers.papers')
    return { ...opened, scope: papers === 'all' ? opened.scope : papers }
  }

  private async send(
    ctx: HttpContext,
    opened: OpenedBatch,
    paper: Paper,
    copy: { format: string; unmasked: boolean }
  ) {
    const context = await paperContext(opened.batch, opened.scope, copy.unmasked)
    const name = `${paper.title}-${opened.batch.number}`
    if (copy.format === 'xlsx') {
      return sendRegister(ctx, `${name}.xlsx`, paper.register(context))
    }
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', await renderPdf(paper.pdf(context)))
  }

  private async background(ctx: HttpContext, opened: OpenedBatch, paper: Paper) {
    const { batch } = opened
    const file = await storedPaper(batch, paper.name)
    if (file) {
      await this.exported(ctx, opened, paper, { format: 'pdf' })
      const name = `${paper.title}-${batch.number}.pdf`
      return sendFile(ctx, name, 'application/pdf', await readPaper(file.storage_key))
    }
    await inTransaction((trx) =>
      enqueue(trx, {
        kind: PAPER_JOB,
        key: paperKey(batch, paper.name),
        payload: { batchId: batch.id, paper: paper.name },
        createdBy: ctx.actor!.userId,
      })
    )
    ctx.session.flash('success', ctx.i18n.t('transfers.done.paper_queued'))
    return ctx.response.redirect(`/transfers/batches/${batch.id}?tab=papers`)
  }

  private exported(
    { actor }: HttpContext,
    { batch }: OpenedBatch,
    paper: Paper,
    copy: { format: string; reason?: string }
  ) {
    return inTransaction((trx) =>
      record(trx, actor!, {
        action: copy.reason ? 'transfers.paper.unmasked' : 'transfers.paper.exported',
        subjectType: 'transfer_batch',
        subjectId: batch.id,
        changes: { paper: paper.title, ...copy },
      })
    )
  }
}
