import type { Trx } from '#shared/database'

/*
 * Each takes a row before anything is read, so that what depends on its state goes one after the
 * other: MySQL shows a transaction the others' work as it was at its first plain read.
 */

export async function holdAssessment(trx: Trx, assessmentId: number) {
  await trx.from('assessments').where('id', assessmentId).forUpdate().select('id')
}

/** Many may share it, and meanwhile nobody hands it in. */
export async function shareAssessment(trx: Trx, assessmentId: number) {
  await trx.from('assessments').where('id', assessmentId).forShare().select('id')
}

export async function holdSheet(trx: Trx, sheetId: number) {
  await trx.from('assessment_sheets').where('id', sheetId).forUpdate().select('id')
}

/** The sheet of an indicator, in one locking read. */
export async function holdSheetOf(trx: Trx, indicatorId: number) {
  await trx
    .from('assessment_indicators as i')
    .join('assessment_sheets as s', 's.id', 'i.sheet_id')
    .where('i.id', indicatorId)
    .forUpdate()
    .select('s.id')
}
