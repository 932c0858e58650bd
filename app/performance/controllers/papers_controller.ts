import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import { publicityNotice, resultsRegister, resultsTable } from '../documents/results.js'
import { RESULT_STATES } from '../domain/cycle_states.js'
import { idOf } from '../policies.js'
import { cardFilterOf } from '../queries/card_filter.js'
import { cardList } from '../queries/cards.js'
import { cycleById, quotasOf } from '../queries/cycles.js'

/** What leaves the house about a review: table to sign, workbook, notice of 公示. */
export default class PapersController {
  async results(ctx: HttpContext) {
    const { actor, params, request, i18n } = ctx
    const cycle = await cycleById(idOf(params.id))
    const grant = actor!.authorize('performance.export', { unitId: cycle.unitId })
    const filter = cardFilterOf(request.qs())
    const cards = await cardList({ ...filter, cycleId: cycle.id, units: 'all' })
    const format = request.input('format') === 'xlsx' ? 'xlsx' : 'pdf'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'performance.cycle.exported',
        subjectType: 'review_cycle',
        subjectId: cycle.id,
        changes: { format, cards: cards.length },
        grant,
      })
    )
    if (format === 'xlsx') {
      return sendRegister(ctx, `${cycle.title}.xlsx`, resultsRegister(cycle, cards, i18n))
    }
    const pdf = await renderPdf(resultsTable(cycle, cards, await quotasOf(cycle.id)))
    return sendFile(ctx, `${cycle.title}.pdf`, 'application/pdf', pdf)
  }

  async publicity(ctx: HttpContext) {
    const cycle = await cycleById(idOf(ctx.params.id))
    const grant = ctx.actor!.authorize('performance.export', { unitId: cycle.unitId })
    if (!RESULT_STATES.includes(cycle.state)) throw new DomainError('performance.errors.no_result')
    const cards = await cardList({ cycleId: cycle.id, rating: 'excellent', units: 'all' })
    await inTransaction((trx) =>
      record(trx, ctx.actor!, {
        action: 'performance.cycle.exported',
        subjectType: 'review_cycle',
        subjectId: cycle.id,
        changes: { format: 'pdf', cards: cards.length },
        grant,
      })
    )
    const pdf = await renderPdf(publicityNotice(cycle, cards))
    return sendFile(ctx, `${cycle.title}公示.pdf`, 'application/pdf', pdf)
  }
}
