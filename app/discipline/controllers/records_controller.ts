import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { reformUnits } from '#organization/queries/units'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { oneOf } from '#shared/lists/filters'
import { recordRegister } from '../documents/registers.js'
import { RULES } from '../domain/rules.js'
import { idFrom } from '../form_values.js'
import { OUTCOMES, recordById, recordList, recordPage } from '../queries/records.js'
import { freezeStatus } from '../queries/status.js'
import { subjectUrl } from '../presenters/subjects.js'

/** What the guard answered: refused attempts above all. */
export default class RecordsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('discipline.inspect')
    const units = actor!.unitsFor('discipline.inspect')
    const filters = filtersOf(request)
    const page = await recordPage({ ...filters, units, cursor: request.input('cursor') ?? null })
    return view.render('pages/discipline/records/index', {
      filters,
      units: await unitChoices(units),
      page,
      rows: page.rows,
      outcomes: OUTCOMES,
      rules: RULES,
      mayExport: actor!.may('discipline.export'),
    })
  }

  async show({ actor, params, view }: HttpContext) {
    const row = await recordById(Number(params.id))
    actor!.authorize('discipline.inspect', { unitId: row.unitId })
    return view.render('pages/discipline/records/show', {
      row,
      subject: subjectUrl(row.subjectType, row.subjectId, actor!),
      status: await freezeStatus(),
    })
  }

  /** Exactly what the list filters. */
  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('discipline.export')
    const rows = await recordList({
      ...filtersOf(request),
      units: actor!.unitsFor('discipline.export'),
    })
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'discipline.record.exported',
        subjectType: 'freeze_record',
        subjectId: null,
        changes: { rows: rows.length },
        grant,
      })
    )
    const name = `${i18n.t('discipline.pages.records')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, recordRegister(rows, i18n))
  }
}

function filtersOf(request: HttpContext['request']) {
  return {
    outcome: oneOf(request.input('outcome'), OUTCOMES),
    rule: oneOf(request.input('rule'), RULES),
    unitId: idFrom(request.input('unit')),
    since: request.input('recent') === '1' ? clock.in(-7 * 24 * 3600) : null,
  }
}

/** Units for a filter, dissolved ones too, narrowed to what the grant reaches. */
export async function unitChoices(reach: 'all' | number[]) {
  const units = await reformUnits()
  return units
    .filter(({ id }) => reach === 'all' || reach.includes(id))
    .map(({ id: value, name: label }) => ({ value, label }))
}
