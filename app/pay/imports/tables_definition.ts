import { recordDocument } from '#decisions/actions/record_document'
import { effectsOf, recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { SheetBuffer } from '#organization/imports/sheet_buffer'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { affected, insertRow, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, ImportDefinition, StoredRow } from '#shared/ports/imports'
import { proposeTotal } from '../actions/totals.js'
import {
  checkTables,
  POST_FIELDS,
  STEP_FIELDS,
  TOTAL_FIELDS,
  type StandardParsed,
  type TotalParsed,
} from './tables_checker.js'

/** 绩效工资总量核定, 岗位工资标准, 薪级工资标准. */
export const payTablesDefinition: ImportDefinition<StoredRow[]> = {
  key: 'pay_tables',
  titleKey: 'imports.definitions.pay_tables',
  capability: 'pay.prepare',
  confidential: true,
  order: 75,
  after: ['units'],
  module: 'pay',
  sheets: [
    { key: 'totals', names: ['绩效工资总量核定'], fields: TOTAL_FIELDS, optional: true },
    { key: 'post_standards', names: ['岗位工资标准'], fields: POST_FIELDS, optional: true },
    { key: 'step_standards', names: ['薪级工资标准'], fields: STEP_FIELDS, optional: true },
  ],
  questions: async () => [],
  checker: async (context) => new SheetBuffer((sheets) => checkTables(sheets, context)),
  prepare: (_context, rows) => rows.all(),
  write: commit,
  undo,
}

async function commit(trx: Trx, actor: Actor, context: ImportContext, rows: StoredRow[]) {
  const effects: ImportEffectRow[] = []
  const work = rows.filter(({ parsed, effect }) => parsed && effect !== 'same')
  for (const { sheet, parsed } of work) {
    if (sheet === 'totals') {
      const { document, ...values } = parsed as TotalParsed
      const documentId = await recordDocument(trx, actor, { documentNo: document })
      const input = { ...values, documentId, importId: context.importId }
      const subjectId = await proposeTotal(input, actor, trx)
      effects.push({ subjectType: 'pay_total_version', subjectId, effect: 'created' })
    } else {
      const subjectId = await putStandard(trx, context.importId, parsed)
      effects.push({ subjectType: 'pay_standard', subjectId, effect: 'created' })
    }
  }
  await recordEffects(trx, context.importId, effects)
  const made = (type: string) => effects.filter(({ subjectType }) => subjectType === type).length
  return {
    totals: made('pay_total_version'),
    standards: made('pay_standard'),
    same: rows.length - work.length,
  }
}

async function putStandard(trx: Trx, importId: number, parsed: StandardParsed): Promise<number> {
  const { kind, level, validFrom, monthlyFen, note } = parsed
  const key = { kind, level, valid_from: validFrom }
  const old = await trx
    .from('pay_standards')
    .where({ ...key, live: 1 })
    .forUpdate()
    .first()
  if (old) await trx.from('pay_standards').where('id', old.id).update({ superseded_by: old.id })
  const id = await insertRow(trx, 'pay_standards', {
    ...key,
    monthly_fen: monthlyFen,
    note,
    import_id: importId,
    recorded_at: clock.now(),
  })
  if (old) await trx.from('pay_standards').where('id', old.id).update({ superseded_by: id })
  return id
}

/** Takes back what is not yet approved or followed by something else. */
async function undo(trx: Trx, _actor: Actor, context: ImportContext) {
  for (const { subjectId } of await effectsOf(trx, context.importId, 'pay_total_version')) {
    const gone = await trx
      .from('pay_total_versions')
      .where({ id: subjectId, state: 'submitted' })
      .delete()
    if (!affected(gone)) throw new DomainError('pay.errors.total_in_use')
  }
  for (const { subjectId } of await effectsOf(trx, context.importId, 'pay_standard')) {
    const before = await trx.from('pay_standards').where('superseded_by', subjectId).first()
    const gone = await trx
      .from('pay_standards')
      .where('id', subjectId)
      .whereNull('superseded_by')
      .delete()
    if (!affected(gone)) throw new DomainError('pay.errors.standard_in_use')
    if (before)
      await trx.from('pay_standards').where('id', before.id).update({ superseded_by: null })
  }
}
