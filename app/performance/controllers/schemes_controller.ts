import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { once } from '#shared/once'
import { saveScheme } from '../actions/save_scheme.js'
import { CYCLE_KINDS } from '../domain/codes.js'
import { DEFAULT_FORMULA, SCHEME_TYPES } from '../domain/score.js'
import { versionStates } from '../domain/versions.js'
import { weightOf, weightText } from '../domain/weights.js'
import { idOf } from '../policies.js'
import { indicatorList } from '../queries/indicators.js'
import { schemeById, schemesOn, schemeVersions, type SchemeRow } from '../queries/schemes.js'
import { schemeValidator } from '../validators.js'

/** 分类绩效考核方案: what a class of posts is reviewed by. */
export default class SchemesController {
  async index({ actor, view }: HttpContext) {
    actor!.authorize('performance.view')
    const units = actor!.unitsFor('performance.view')
    const filter = units === 'all' ? {} : { unitIds: units }
    return view.render('pages/performance/schemes/index', {
      schemes: await schemesOn(clock.today(), filter),
      mayEdit: actor!.may('performance.prepare'),
      weightText,
    })
  }

  async create({ actor, request, view }: HttpContext) {
    actor!.authorize('performance.prepare')
    const from = Number(request.input('from')) || null
    const scheme = from ? await schemeById(from, clock.today()) : null
    if (scheme) actor!.authorize('performance.prepare', { unitId: scheme.unitId })
    return view.render('pages/performance/schemes/form', {
      scheme,
      values: valuesOf(scheme),
      indicators: await indicatorList(),
      units: await unitOptions(actor!.unitsFor('performance.prepare')),
      kinds: CYCLE_KINDS,
      names: Object.keys(SCHEME_TYPES).join('、'),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('performance.prepare')
    const form = await request.validateUsing(schemeValidator)
    actor!.authorize('performance.prepare', { unitId: form.unit_id })
    const input = {
      code: form.code,
      name: form.name,
      unitId: form.unit_id,
      cycleKind: form.cycle_kind,
      nature: form.nature ?? null,
      category: form.category ?? null,
      employmentType: form.employment_type ?? null,
      formula: form.formula,
      tilt: form.front_line_tilt,
      scorers: {
        manager: read('manager_weight', form.manager_weight),
        peer: read('peer_weight', form.peer_weight),
        service: read('service_weight', form.service_weight),
      },
      validFrom: form.valid_from,
      documentId: await requiredDocument(form.document_id),
      items: itemsOf(form.weights),
    }
    const id = await once(request.input('_key'), 'performance.scheme', actor!.userId, (trx) =>
      saveScheme(input, actor!, trx)
    )
    session.flash('success', i18n.t('performance.done.scheme_saved'))
    return response.redirect().toRoute('performance.schemes.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const scheme = await schemeById(idOf(params.id), '9999-12-31')
    actor!.authorize('performance.view', { unitId: scheme.unitId })
    const versions = versionStates(await schemeVersions(scheme.code), clock.today())
    return view.render('pages/performance/schemes/show', {
      scheme,
      standing: versions.find(({ id }) => id === scheme.id)!.state,
      versions,
      mayEdit: actor!.may('performance.prepare', { unitId: scheme.unitId }),
      weightText,
      history: await historyOf('score_scheme', scheme.id),
    })
  }
}

function itemsOf(weights: Record<string, string | null>) {
  return Object.entries(weights)
    .filter(([, text]) => text !== null && text.trim() !== '')
    .map(([key, text]) => ({
      indicatorId: idOf(key.slice(1)),
      weight: read(`weights.${key}`, text!),
    }))
}

function read(field: string, text: string): number {
  const weight = weightOf(text)
  if (weight !== null) return weight
  const code = 'performance.errors.not_a_weight'
  const params = { value: text }
  throw new DomainError(code, params, [{ field, code, params }])
}

function valuesOf(scheme: SchemeRow | null) {
  const weight = (value: number) => weightText(value)
  return {
    formula: scheme?.formula ?? DEFAULT_FORMULA,
    tilt: scheme?.tilt ?? '1',
    manager: scheme ? weight(scheme.scorers.manager) : '100',
    peer: scheme ? weight(scheme.scorers.peer) : '0',
    service: scheme ? weight(scheme.scorers.service) : '0',
    weights: Object.fromEntries(
      (scheme?.items ?? []).map((item) => [item.indicatorId, weight(item.weight)])
    ),
    validFrom: clock.today(),
  }
}
