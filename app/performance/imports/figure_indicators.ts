import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { createIndicator } from '../actions/indicators.js'
import { FIGURE_INDICATORS, type Figure } from '../domain/figures.js'
import type { CycleRow } from '../queries/cycles.js'

/**
 * Their ids; one that the library has not yet is put there, as imported, from the day of the cycle on
 * and by its document.
 */
export async function figureIndicators(
  trx: Trx,
  cycle: Pick<CycleRow, 'period' | 'documentId'>,
  actor: Actor
): Promise<Record<Figure, number>> {
  const ids = {} as Record<Figure, number>
  for (const [kind, { code, name, measure }] of Object.entries(FIGURE_INDICATORS)) {
    const known = await trx.from('indicators').where('code', code).first()
    ids[kind as Figure] = known
      ? Number(known.id)
      : await createIndicator(
          {
            code,
            name,
            kind: kind as Figure,
            measure,
            source: 'imported',
            formula: null,
            validFrom: cycle.period.from,
            documentId: cycle.documentId,
          },
          actor,
          trx
        )
  }
  return ids
}
