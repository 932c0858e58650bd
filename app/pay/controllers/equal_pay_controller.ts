import type { HttpContext } from '@adonisjs/core/http'
import { inTransaction } from '#shared/database'
import { record } from '#audit/actions/record'
import { payBoxes, payTrend } from '../presenters/pay_boxes.js'
import { equalPayOf, payMonths } from '../queries/equal_pay.js'

/** 同工同酬: contract against establishment within a class of posts. */
export default class EqualPayController {
  async show({ actor, request, view, i18n }: HttpContext) {
    const grant = actor!.authorize('pay.equal')
    const units = actor!.unitsFor('pay.equal')
    const months = await payMonths(units)
    const month = months.find((one) => one === request.input('month')) ?? months[0] ?? null
    const report = month ? await equalPayOf(units, month, actor!.unitsFor('pay.outliers')) : null
    const trend = []
    for (const one of months.slice(0, 6).reverse()) trend.push(await equalPayOf(units, one))
    if (report) {
      await inTransaction((trx) =>
        record(trx, actor!, {
          action: 'pay.equal_pay.seen',
          subjectType: 'pay_report',
          subjectId: null,
          grant,
          changes: { month },
        })
      )
    }
    return view.render('pages/pay/equal_pay', {
      months,
      month,
      report,
      trend,
      picture: report ? payBoxes(report.groups, i18n) : null,
      trendPicture: payTrend(trend, i18n),
    })
  }
}
