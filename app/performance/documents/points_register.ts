import type { I18n } from '@adonisjs/i18n'
import type { Register } from '#shared/spreadsheets/register_writer'
import { pointsText } from '../actions/book_points.js'
import type { WorkPointRow } from '../queries/work_points.js'

/** 工分台账 as a workbook: exactly the entries of the filter, reversals among them. */
export function pointsRegister(rows: readonly WorkPointRow[], i18n: I18n): Register {
  const t = (name: string) => i18n.t(`performance.fields.${name}`)
  return {
    title: i18n.t('performance.pages.points'),
    sheets: [
      {
        name: i18n.t('performance.pages.points'),
        columns: [
          { header: t('worked_on'), kind: 'date', width: 12 },
          { header: t('person'), width: 12 },
          { header: t('unit'), width: 22 },
          { header: t('department'), width: 18 },
          { header: t('work_kind'), width: 12 },
          { header: t('piece'), width: 40 },
          { header: t('points'), width: 10 },
          { header: t('entry_id'), width: 10 },
          { header: t('reason'), width: 30 },
        ],
        rows: rows.map((row) => [
          row.workedOn,
          row.personName,
          row.unitName,
          row.departmentName,
          row.kind,
          row.piece,
          pointsText(row.milli),
          row.reversesId === null ? null : String(row.reversesId),
          row.reason,
        ]),
      },
    ],
  }
}
