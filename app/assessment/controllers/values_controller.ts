import type { HttpContext } from '@adonisjs/core/http'
import { documentIdFrom } from '#decisions/queries/documents'
import { authorizeEverywhere, mayEverywhere } from '#organization/scope'
import { ForbiddenError } from '#shared/errors'
import { enterValues, type ValueInput } from '../actions/enter_values.js'
import { figureIn } from '../presenters/typed.js'
import { assessmentById, seenBy } from '../queries/assessments.js'
import { cardsUrl } from '../queries/cards.js'
import { ENTERED, sourceLabel } from '../queries/measures.js'
import { resultOfUnit, scoreIn } from '../queries/results.js'
import { indicatorsOf } from '../queries/sheets.js'
import { valuesValidator } from '../validators.js'

/** One unit in an assessment: how its points came about, and what people measured of it. */
export default class ValuesController {
  async show({ actor, params, view }: HttpContext) {
    const unitId = Number(params.unitId)
    actor!.authorize('assessment.view', { unitId })
    const assessment = await assessmentById(Number(params.id))
    if (seenBy(actor!) && assessment.state !== 'published') {
      throw new ForbiddenError('assessment.view')
    }
    const result = await resultOfUnit(assessment.id, unitId)
    const rows = (await indicatorsOf(assessment.sheetId)).map((indicator) => ({
      indicator,
      score: scoreIn(result, indicator),
      entered: indicator.source === ENTERED,
      source: sourceLabel(indicator.source),
    }))
    return view.render('pages/assessment/assessments/unit', {
      assessment,
      result,
      rows,
      cardsUrl: cardsUrl(unitId),
      mayEnter: assessment.state === 'draft' && mayEverywhere(actor!, 'assessment.prepare'),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'assessment.prepare')
    const form = await request.validateUsing(valuesValidator)
    const values: ValueInput[] = []
    for (const [index, row] of form.values.entries()) values.push(await valueOf(row, index))
    const place = { assessmentId: Number(params.id), unitId: Number(params.unitId) }
    await enterValues({ ...place, version: form.version, values }, actor!)
    session.flash('success', i18n.t('assessment.done.values_saved'))
    return response.redirect().toRoute('assessment.assessments.show', { id: place.assessmentId })
  }
}

type Form = Awaited<ReturnType<typeof valuesValidator.validate>>['values'][number]

async function valueOf(row: Form, index: number): Promise<ValueInput> {
  const applies = !row.not_applicable
  return {
    indicatorId: row.indicator_id,
    applies,
    actual: applies && row.actual ? figureIn(`values.${index}.actual`, row.actual) : null,
    origin: row.origin ?? null,
    evidence: row.evidence ?? null,
    documentId: await documentIdFrom(row.document, `values.${index}.document`),
  }
}
