import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { clock } from '#shared/clock'
import { monthOf } from '#shared/dates'
import { sendRegister } from '#shared/downloads'
import { inTransaction } from '#shared/database'
import { joinersAndLeavers, type ChangeRow } from '../queries/joiners_leavers.js'

/** Joiners and leavers of a month (增减员), as page and as workbook. */
export default class ChangesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('people.view')
    const month = monthFrom(request.input('month'))
    const lists = await joinersAndLeavers(month, actor!.unitsFor('people.view'))
    return view.render('pages/people/changes', { month, ...lists })
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    actor!.authorize('people.export')
    const month = monthFrom(request.input('month'))
    const { joiners, leavers } = await joinersAndLeavers(month, actor!.unitsFor('people.export'))
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'people.changes.exported',
        subjectType: 'user',
        subjectId: actor!.userId,
        changes: { month, joiners: joiners.length, leavers: leavers.length },
      })
    )
    const columns = ['name', 'unit', 'employment_type', 'date', 'source', 'document'].map(
      (name) => ({
        header: i18n.t(`people.changes.columns.${name}`),
        width: 20,
        kind: name === 'date' ? ('date' as const) : ('text' as const),
      })
    )
    const cells = (row: ChangeRow) => [
      row.name,
      row.unit,
      i18n.t(`shared.employment.${row.employmentType}`),
      row.date,
      [i18n.t(row.reasonKey), row.otherUnit].filter(Boolean).join(' · '),
      row.documentNo ?? '',
    ]
    return sendRegister(ctx, `${i18n.t('people.changes.title')}-${month}.xlsx`, {
      sheets: [
        { name: i18n.t('people.changes.joiners'), columns, rows: joiners.map(cells) },
        { name: i18n.t('people.changes.leavers'), columns, rows: leavers.map(cells) },
      ],
    })
  }
}

function monthFrom(value: unknown): string {
  return typeof value === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(value)
    ? value
    : monthOf(clock.today())
}
