import type { HttpContext } from '@adonisjs/core/http'
import { DomainError, NotFoundError } from '#shared/errors'
import { typedYuan } from '#shared/money'
import {
  checkDistribution,
  DEFAULT_DISTRIBUTION,
  type DistributionSettings,
} from '../domain/distribution.js'
import { fenOrNull } from '../forms.js'
import { missingWords } from '../presenters/missing.js'
import { traceLines } from '../presenters/trace.js'
import { previewPerson, whatIf } from '../queries/preview.js'
import { runById } from '../queries/runs.js'

/** Computing without saving: one person, or a whole incentive run with other settings. */
export default class TrialsController {
  /** The slip that one person of the run would have, every amount opened as on the slip. */
  async preview({ actor, params, request, view, i18n }: HttpContext) {
    const run = await runById(Number(params.id))
    actor!.authorize('pay.prepare', { unitId: run.unitId })
    const personId = Number(request.input('person')) || null
    const { result, problem } = await attempt(async () =>
      personId ? previewPerson(run, personId) : null
    )
    const missing = [...(result?.one.missing ?? []), ...(result?.slip.missing ?? [])]
    return view.render('pages/pay/runs/preview', {
      run,
      personId,
      problem,
      computed: result,
      missing: missingWords(missing, i18n),
      lines: result ? await traceLines(result.slip.lines, result.input.inputs, i18n) : [],
    })
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
    const typed = { floor: text('floor', yuan(base.floorFen)), cap: text('cap', yuan(base.capFen)) }
    const { result, problem } = await attempt(async () => {
      settings.floorFen = fenOrNull(typed.floor, 'floor') ?? 0
      settings.capFen = fenOrNull(typed.cap, 'cap')
      if (!/^\d{1,2}(\.\d{1,4})?$/.test(settings.frontLineTilt))
        throw new DomainError('pay.errors.tilt')
      settings.coefficients = coefficientsOf(request.input('coefficients'))
      checkDistribution(settings)
      return whatIf(run, settings)
    })
    return view.render('pages/pay/runs/what_if', { run, settings, typed, result, problem })
  }
}

/** A limit as it is typed; none is an empty field. */
const yuan = (fen: number | null) => (fen ? typedYuan(fen) : '')

/** An expected refusal is shown on the page, beside what was typed. */
async function attempt<T>(compute: () => Promise<T>) {
  try {
    return { result: await compute(), problem: null }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return { result: null, problem: error }
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
