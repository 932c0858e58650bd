import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import type { Figure } from './result_row.js'

/** The indicators of the library that the columns of a sheet of results belong to. */
export const FIGURE_INDICATORS: Record<Figure, { code: string; name: string; measure: string }> = {
  quantity: { code: 'GZL', name: '工作量分', measure: '分' },
  quality: { code: 'ZLF', name: '质量分', measure: '分' },
  attendance: { code: 'CQL', name: '出勤率', measure: '比例' },
  adjustment: { code: 'JJF', name: '加减分', measure: '分' },
}

/** Their ids; one that the library has not yet is put there, as imported. */
export async function figureIndicators(trx: Trx): Promise<Record<Figure, number>> {
  const ids = {} as Record<Figure, number>
  for (const [kind, { code, name, measure }] of Object.entries(FIGURE_INDICATORS)) {
    const known = await trx.from('indicators').where('code', code).first()
    ids[kind as Figure] = known
      ? Number(known.id)
      : await insertRow(trx, 'indicators', {
          ...{ code, name, kind, measure, source: 'imported' },
          ...{ version: 1, created_at: clock.now() },
        })
  }
  return ids
}
