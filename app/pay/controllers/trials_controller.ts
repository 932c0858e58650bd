import type { HttpContext } from '@adonisjs/core/http'
import { DomainError, NotFoundError } from '#shared/errors'
import {
  checkDistribution,
  DEFAULT_DISTRIBUTION,
  type DistributionSettings,
} from '../domain/distribution.js'
import { fenOrNull } from '../forms.js'
import { previewPerson, whatIf } from '../queries/preview.js'
import { runById } from '../queries/runs.js'

/** Computing without saving: one person, or a whole incentive run with other settings. */
export default class TrialsController {
  async preview({ actor, params, view }: HttpContext) {
    const run = await runById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: run.unitId })
    const computed = await previewPerson(run, Number(params.person))
    if (!computed) throw new NotFoundError('person')
    return view.render('pages/pay/runs/preview', { run, computed })
  }

  async whatIf({ actor, params, request, view }: HttpContext) {
    const run = await runById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: run.unitId })
    if (run.kind !== 'incentive') throw new NotFoundError('what-if')
    const base = run.settings.distribution ?? DEFAULT_DISTRIBUTION
    const text = (name: string, fallback: string) =>
      String(request.input(name) ?? fallback).slice(0, 500)
    const settings: DistributionSettings = {
      scoreFormula: text('score_formula', base.scoreFormula),
      weightFormula: text('weight_formula', base.weightFormula),
      frontLineTilt: text('front_line_tilt', base.frontLineTilt),
      floorFen: base.floorFen,
      capFen: base.capFen,
    }
    let problem: DomainError | null = null
    let result = null
    try {
      settings.floorFen =
        fenOrNull(request.input('floor'), 'floor') ??
        (request.input('floor') === undefined ? base.floorFen : 0)
      settings.capFen =
        request.input('cap') === undefined ? base.capFen : fenOrNull(request.input('cap'), 'cap')
      if (!/^\d{1,2}(\.\d{1,4})?$/.test(settings.frontLineTilt))
        throw new DomainError('pay.errors.tilt')
      settings.coefficients = coefficientsOf(request.input('coefficients'))
      checkDistribution(settings)
      result = await whatIf(run, settings)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      problem = error
    }
    return view.render('pages/pay/runs/what_if', { run, settings, result, problem })
  }
}

const COEFFICIENT = /^\d{1,2}(\.\d{1,4})?$/

/** Coefficients by post that were typed; what is left empty stays as it is on record. */
function coefficientsOf(typed: unknown): Record<string, string> {
  const entries = Object.entries((typed ?? {}) as Record<string, unknown>)
    .map(([key, value]) => [key, String(value ?? '').trim()] as const)
    .filter(([, value]) => value !== '')
  const wrong = entries.find(([, value]) => !COEFFICIENT.test(value))
  if (wrong) throw new DomainError('pay.errors.coefficient', { value: wrong[1].slice(0, 20) })
  return Object.fromEntries(entries)
}
