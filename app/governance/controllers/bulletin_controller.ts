import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { addDays, addMonths, isCivilDate } from '#shared/dates'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, sendRegister } from '#shared/downloads'
import { bulletinPaper, bulletinRegister, FIGURES } from '../documents/bulletin.js'
import { bulletinOf } from '../queries/bulletin.js'

/** 督查通报: what every unit owed, did and was told in a period. */
export default class BulletinController {
  async show({ actor, request, view }: HttpContext) {
    actor!.authorize('governance.export')
    const period = periodOf(request)
    const bulletin = await bulletinOf(actor!.unitsFor('governance.export'), period)
    return view.render('pages/governance/bulletin', {
      period,
      bulletin,
      parts: bulletin.overdue,
      figures: FIGURES.map(([name]) => name),
    })
  }

  async file(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('governance.export')
    const period = periodOf(request)
    const bulletin = await bulletinOf(actor!.unitsFor('governance.export'), period)
    const asWorkbook = request.input('format') === 'xlsx'
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'governance.bulletin.exported',
        subjectType: 'bulletin',
        subjectId: null,
        changes: { ...period, format: asWorkbook ? 'xlsx' : 'pdf' },
        grant,
      })
    )
    const name = `督查通报-${period.from}-${period.to}`
    if (asWorkbook) return sendRegister(ctx, `${name}.xlsx`, bulletinRegister(bulletin, i18n))
    const pdf = await renderPdf(bulletinPaper(bulletin, clock.today()))
    return sendFile(ctx, `${name}.pdf`, 'application/pdf', pdf)
  }
}

/** Whole days, both ends counted; the last month unless others are asked for. */
function periodOf(request: HttpContext['request']) {
  const { from, to } = request.qs()
  const today = clock.today()
  const end = isCivilDate(to) && to <= today ? to : today
  const start = isCivilDate(from) && from <= end ? from : addDays(addMonths(end, -1), 1)
  return { from: start, to: end }
}
