import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { renderPdf } from '#shared/documents/render'
import { sendFile, XLSX } from '#shared/downloads'
import { DomainError } from '#shared/errors'
import { officialWorkbook } from '#shared/spreadsheets/official_workbook'
import { useOfTotals, useSheets } from '../documents/use_of_totals.js'
import { useByMonth, useFigures } from '../presenters/use_figures.js'
import { totalYears, useOfYear } from '../queries/use_of_totals.js'

/** 绩效工资总量使用情况 of a year, for 人社 and 财政: page, PDF, workbook. */
export default class UsesController {
  async show({ actor, request, view }: HttpContext) {
    actor!.authorize('pay.view')
    const year = yearFrom(request.input('year'))
    const units = actor!.unitsFor('pay.view')
    const use = await useOfYear(units, year)
    const years = new Set([...(await totalYears(units)), year, thisYear()])
    return view.render('pages/pay/totals/use', {
      use,
      ...useByMonth(use),
      useFigures,
      years: [...years].sort((a, b) => b - a),
      mayExport: actor!.may('pay.export'),
    })
  }

  async pdf(ctx: HttpContext) {
    const use = await this.exported(ctx, 'pdf')
    const pdf = await renderPdf(useOfTotals(use, clock.today()))
    return sendFile(ctx, `${nameOf(use.year)}.pdf`, 'application/pdf', pdf)
  }

  async excel(ctx: HttpContext) {
    const use = await this.exported(ctx, 'excel')
    const workbook = await officialWorkbook(useSheets(use, clock.today()))
    return sendFile(ctx, `${nameOf(use.year)}.xlsx`, XLSX, workbook)
  }

  /** The year of the actor's units, with the export in the log. */
  private async exported({ actor, request }: HttpContext, paper: string) {
    const grant = (actor as Actor).authorize('pay.export')
    const year = yearFrom(request.input('year'))
    const use = await useOfYear(actor!.unitsFor('pay.export'), year)
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'pay.total.exported',
        subjectType: 'pay_total',
        subjectId: null,
        grant,
        changes: { year, paper, count: use.rows.length },
      })
    )
    return use
  }
}

const thisYear = () => Number(clock.today().slice(0, 4))
const nameOf = (year: number) => `绩效工资总量使用情况表-${year}-${clock.today()}`

/** The current one when none is asked for; what is no year of ours is refused. */
function yearFrom(typed: unknown): number {
  if (typed === undefined || typed === null || typed === '') return thisYear()
  if (/^20\d\d$/.test(String(typed))) return Number(typed)
  throw new DomainError('pay.errors.year', { year: String(typed).slice(0, 20) })
}
