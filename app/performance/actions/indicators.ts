import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import type { IndicatorKind, IndicatorSource } from '../domain/codes.js'
import { formulaProblems, INDICATOR_TYPES } from '../domain/score.js'
import { FIGURE_INDICATORS } from '../domain/figures.js'

export interface IndicatorInput {
  code: string
  name: string
  kind: IndicatorKind
  measure: string
  source: IndicatorSource
}

export interface FormulaInput {
  formula: string | null
  validFrom: string
  documentId: number
}

/** Puts an indicator into the library with its first formula; returns its id. */
export async function createIndicator(
  input: IndicatorInput & FormulaInput,
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const { formula, validFrom, documentId, ...facts } = input
  refuseSource(facts)
  refuseFormula(formula, 'formula')
  return inTransaction(async (client) => {
    const id = await insertIndicator(client, facts)
    await insertVersion(client, actor, id, { formula, validFrom, documentId })
    await record(client, actor, {
      action: 'performance.indicator.created',
      subjectType: 'indicator',
      subjectId: id,
      changes: { name: input.name, formula },
    })
    return id
  }, trx)
}

/**
 * A new formula from a day on. The one of the same day is replaced and stays on record; cycles whose
 * period began before keep theirs.
 */
export async function changeFormula(
  input: FormulaInput & { indicatorId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  refuseFormula(input.formula, 'formula')
  await inTransaction(async (client) => {
    await updateVersioned(client, 'indicators', input.indicatorId, input.version, {})
    await insertVersion(client, actor, input.indicatorId, input)
    await record(client, actor, {
      action: 'performance.indicator.changed',
      subjectType: 'indicator',
      subjectId: input.indicatorId,
      changes: {
        formula: input.formula,
        valid_from: input.validFrom,
        document_id: input.documentId,
      },
    })
  }, trx)
}

/** What no record or sheet ever gives a value for would leave every card without a score. */
function refuseSource({ code: name, kind, source }: IndicatorInput) {
  const imported = Object.values(FIGURE_INDICATORS)
  const code =
    source === 'computed' && kind !== 'attendance'
      ? 'performance.errors.computed_attendance'
      : source === 'imported' && !imported.some((figure) => figure.code === name)
        ? 'performance.errors.imported_figures'
        : null
  if (code === null) return
  const params = { names: imported.map((figure) => `${figure.name} ${figure.code}`).join('、') }
  throw new DomainError(code, params, [{ field: 'source', code, params }])
}

/** A formula that is wrong is refused with its place, at its field. */
export function refuseFormula(formula: string | null, field: string, types = INDICATOR_TYPES) {
  if (formula === null) return
  const problems = formulaProblems(formula, types)
  if (problems.length === 0) return
  throw new DomainError(
    problems[0].key,
    problems[0].params,
    problems.map(({ key, params }) => ({ field, code: key, params }))
  )
}

async function insertIndicator(trx: Trx, facts: IndicatorInput): Promise<number> {
  try {
    return await insertRow(trx, 'indicators', { ...facts, version: 1, created_at: clock.now() })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const code = 'performance.errors.indicator_exists'
    const params = { name: facts.name, code: facts.code }
    throw new DomainError(code, params, [{ field: 'name', code, params }])
  }
}

async function insertVersion(trx: Trx, actor: Actor, indicatorId: number, input: FormulaInput) {
  const old = await trx
    .from('indicator_versions')
    .where({ indicator_id: indicatorId, valid_from: input.validFrom, live: 1 })
    .first()
  // The old one leaves first: at most one is live a day.
  if (old)
    await trx.from('indicator_versions').where('id', old.id).update({ superseded_by: old.id })
  const id = await insertRow(trx, 'indicator_versions', {
    indicator_id: indicatorId,
    valid_from: input.validFrom,
    formula: input.formula,
    document_id: input.documentId,
    actor_id: actor.userId,
    recorded_at: clock.now(),
  })
  if (old) await trx.from('indicator_versions').where('id', old.id).update({ superseded_by: id })
}
