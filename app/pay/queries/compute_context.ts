import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { requireDecision } from '#decisions/queries/require_decision'
import { postValuesOn } from '#performance/queries/post_values'
import { DomainError } from '#shared/errors'
import { bookOf, POST_COEFFICIENT } from '../domain/items.js'
import type { Book, TaxRules } from '../domain/slip.js'
import { monthsOf } from '../domain/runs.js'
import { parametersOn, payRulesOn, standardsOn } from './configuration.js'
import { itemsOn } from './items.js'
import type { InputSources } from './person_inputs.js'
import { lastDayOf } from './run_people.js'
import { taxRulesOn } from './tax_scales.js'
import { ratingsOf } from './year_ratings.js'
import type { RunRow } from './runs.js'

/** What is the same for everybody of a run. */
export interface ComputeContext {
  run: RunRow
  /** The day on which places, standards and items are looked at. */
  day: string
  book: Book
  rules: TaxRules
  /** The payment month still lets a year-end bonus be taxed by itself. */
  mayTaxApart: boolean
  sources: InputSources
  recoveryFloorFen: number
}

/** 编外人员待遇: what contract staff are paid by is open until a decision with a document says it. */
export const CONTRACT_DECISION = 'contract_staff_pay'

/** Everything a run needs beside its people; stops by name where something is not there (law 14). */
export async function computeContext(run: RunRow, client?: Client): Promise<ComputeContext> {
  if (run.employmentType === 'contract') await requireDecision(CONTRACT_DECISION, client)
  const day = lastDayOf(run.monthTo)
  const items = await itemsOn(day, run.kind, run.employmentType, client)
  if (items.length === 0 && (run.kind === 'monthly' || run.kind === 'year_end')) {
    throw new DomainError('pay.errors.no_items', { kind: run.kind, class: run.employmentType })
  }
  const parameters = await parametersOn(day, client)
  const { formulas, order, problems } = bookOf(items, Object.keys(parameters.value))
  if (problems.length > 0) {
    const { name, error } = problems[0]
    throw new DomainError('pay.errors.book', { item: name, problem: error.key })
  }
  const { apartUntil, ...tax } = await taxRulesOn(`${run.payMonth}-01`, client)
  const rules = await payRulesOn(day, client)
  return {
    run,
    day,
    book: { items, formulas, order },
    rules: tax,
    mayTaxApart: run.kind === 'year_end' && run.payMonth <= apartUntil,
    sources: {
      standards: await standardsOn(day, client),
      parameters,
      months: monthsOf(run.monthFrom, run.monthTo).length,
      postValues: await coefficients(day, formulas, client),
      ratings: await ratingsOf(run, { formulas }, parameters.value, client ?? db),
    },
    recoveryFloorFen: rules.value.recoveryFloorFen,
  }
}

/** Coefficients of posts, asked for only where a formula reads them. */
async function coefficients(day: string, formulas: Book['formulas'], client?: Client) {
  const wanted = [...formulas.values()].some(({ names }) => names.includes(POST_COEFFICIENT))
  return wanted ? postValuesOn(day, client) : () => null
}
