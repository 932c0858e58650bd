import { holdForDecision } from '#decisions/actions/hold'
import type { DecisionRow } from '#decisions/queries/decisions'
import { effectsOf, recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { refuseOwnRows } from '#imports/domain/own_rows'
import type { Actor } from '#shared/actor'
import { affected, inChunks, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, ImportDefinition, StoredRow } from '#shared/ports/imports'
import { holdBases, putWageBase } from '../actions/wage_base.js'
import { wageBasesOn } from '../queries/wage_bases.js'
import { WAGE_BASE_FIELDS, WageBaseChecker, type WageBaseParsed } from './wage_base_checker.js'

/** 工资基础: step, bases, account, leader posts, allowances of people on record. */
export const wageBaseDefinition: ImportDefinition<StoredRow[]> = {
  key: 'wage_base',
  titleKey: 'imports.definitions.wage_base',
  capability: 'pay.prepare',
  confidential: true,
  order: 80,
  after: ['roster'],
  module: 'pay',
  sheets: [{ key: 'wage_base', names: ['工资基础'], fields: WAGE_BASE_FIELDS }],
  questions: async () => [],
  checker: async (context) => new WageBaseChecker(context),
  prepare: (_context, rows) => rows.all(),
  write: commitWageBases,
  undo: undoWageBases,
}

async function commitWageBases(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: StoredRow[]
): Promise<Record<string, number>> {
  const effects: ImportEffectRow[] = []
  let held = 0
  const work = rows.filter(
    ({ parsed, effect, level }) => parsed && (effect !== 'same' || level === 'held')
  )
  const bases = work.map(({ parsed }) => parsed as WageBaseParsed)
  await holdBases(
    trx,
    bases.map(({ personId }) => personId)
  )
  await refuseMerged(trx, bases)
  refuseOwnRows(bases, actor)
  await refuseChanged(trx, context.asOf, bases)
  for (const { parsed, level, row } of work) {
    if (level === 'held') {
      held += 1
      effects.push(await hold(trx, actor, context, row, parsed))
    } else effects.push(await write(trx, context, parsed))
  }
  await recordEffects(trx, context.importId, effects)
  return {
    wage_bases: effects.length - held,
    held,
    same: rows.filter(({ effect }) => effect === 'same').length,
  }
}

/** Who was merged with another since the check is another person now: it is checked anew. */
async function refuseMerged(trx: Trx, bases: WageBaseParsed[]) {
  const ids = bases.map(({ personId }) => personId)
  const [merged] = await inChunks(ids, 400, (piece) =>
    trx.from('persons').whereIn('id', piece).whereNotNull('merged_into').select('name')
  )
  if (merged) throw new DomainError('imports.errors.changed_since_check', { name: merged.name })
}

/** Whose base was entered anew since the check keeps what was entered: it is checked anew. */
async function refuseChanged(trx: Trx, asOf: string, bases: WageBaseParsed[]) {
  const ids = bases.map(({ personId }) => personId)
  const now = await wageBasesOn(ids, asOf, trx)
  const changed = bases.find(({ personId, basedOn }) => (now.get(personId)?.id ?? null) !== basedOn)
  if (changed) {
    throw new DomainError('imports.errors.changed_since_check', { name: changed.personName })
  }
}

async function write(
  trx: Trx,
  { importId, asOf }: ImportContext,
  parsed: WageBaseParsed
): Promise<ImportEffectRow> {
  const subjectId = await putWageBase(trx, parsed.personId, asOf, columnsOf(parsed, importId))
  return { subjectType: 'wage_base', subjectId, effect: 'created' }
}

function columnsOf(parsed: WageBaseParsed, importId: number) {
  return {
    step: parsed.step,
    pension_base_fen: parsed.pensionBaseFen,
    housing_base_fen: parsed.housingBaseFen,
    allowance_fen: parsed.allowanceFen,
    additional_deduction_fen: parsed.additionalFen,
    leader: parsed.leader,
    account_sealed: parsed.accountSealed,
    account_masked: parsed.accountMasked,
    import_id: importId,
  }
}

/** The same person twice: which row counts is a decision, not a guess. */
async function hold(
  trx: Trx,
  actor: Actor,
  { importId, asOf, fileName }: ImportContext,
  row: number,
  parsed: WageBaseParsed
): Promise<ImportEffectRow> {
  const subjectId = await holdForDecision(trx, actor, {
    code: `wage_base_twice:${parsed.personId}:${asOf}`,
    subjectType: 'wage_base',
    subjectId: parsed.personId,
    evidence: {
      title: `${parsed.personName}：工资基础两行不一致`,
      reason: 'person_twice',
      facts: [
        {
          label: `${fileName} 第 ${row} 行`,
          value: `薪级 ${parsed.step ?? '—'}，账号 ${parsed.accountMasked ?? '—'}`,
        },
      ],
      importId,
      row,
      asOf,
    },
  })
  return { subjectType: 'decision', subjectId, effect: 'created' }
}

/**
 * Kept, the second row takes the place of the first; rejected, the first one stays. Whose base it is,
 * the question says: a merge leads it to the record that stays.
 */
export async function settleWageBase(trx: Trx, _actor: Actor, decision: DecisionRow) {
  if (decision.kind !== 'held') throw new DomainError('decisions.errors.held_is_final')
  const value = decision.value
  if (!value || !('choice' in value) || value.choice !== 'keep') return
  const { importId, row, asOf } = decision.evidence
  const stored = await trx
    .from('import_rows')
    .where({ import_id: Number(importId), row_no: Number(row) })
    .firstOrFail()
  const parsed: WageBaseParsed = JSON.parse(stored.parsed)
  const person = await trx
    .from('persons')
    .where('id', decision.subjectId!)
    .forUpdate()
    .firstOrFail()
  const personId = Number(person.merged_into ?? person.id)
  await putWageBase(trx, personId, String(asOf), columnsOf(parsed, Number(importId)))
}

/** Takes the bases back; one that was followed by another since stops it, by name. */
async function undoWageBases(trx: Trx, _actor: Actor, context: ImportContext) {
  for (const { subjectId } of await effectsOf(trx, context.importId, 'wage_base')) {
    const before = await trx.from('wage_bases').where('superseded_by', subjectId).first()
    const gone = await trx
      .from('wage_bases')
      .where('id', subjectId)
      .whereNull('superseded_by')
      .delete()
    if (!affected(gone)) throw new DomainError('pay.errors.base_in_use')
    if (before) await trx.from('wage_bases').where('id', before.id).update({ superseded_by: null })
  }
  for (const { subjectId } of await effectsOf(trx, context.importId, 'decision')) {
    await trx.from('decisions').where({ id: subjectId, state: 'open' }).delete()
  }
}
