import { bulkInsert, type Row, type Trx } from '#shared/database'

/** One record that an import made or changed; `before` holds the columns as they were. */
export interface ImportEffectRow {
  subjectType: string
  subjectId: number
  effect: 'created' | 'updated' | 'moved'
  before?: Row
}

/** Writes down what the import did, in its deciding transaction, so that it can be undone. */
export async function recordEffects(trx: Trx, importId: number, effects: ImportEffectRow[]) {
  await bulkInsert(
    trx,
    'import_effects',
    effects.map(({ subjectType, subjectId, effect, before }) => ({
      import_id: importId,
      subject_type: subjectType,
      subject_id: subjectId,
      effect,
      before: before ? JSON.stringify(before) : null,
    }))
  )
}

/** What it did to one kind of record, latest first. */
export async function effectsOf(
  trx: Trx,
  importId: number,
  subjectType: string
): Promise<ImportEffectRow[]> {
  const rows = await trx
    .from('import_effects')
    .where({ import_id: importId, subject_type: subjectType })
    .orderBy('id', 'desc')
  return rows.map((row) => ({
    subjectType,
    subjectId: Number(row.subject_id),
    effect: row.effect,
    ...(row.before && { before: JSON.parse(row.before) }),
  }))
}
