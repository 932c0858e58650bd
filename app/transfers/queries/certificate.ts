import db from '@adonisjs/lucid/services/db'
import { computeConservation } from '#shared/certificates/conservation'
import type {
  Certificate,
  Conversion,
  Counts,
  ConservationRow,
  ConservationSum,
} from '#shared/certificates/format'
import { unitsByIds } from '#organization/queries/units'
import { conservationRows, conversionsOf, projectFigures } from '../domain/conservation.js'
import type { BatchRow, BatchUnits } from './batches.js'
import { figuresOn } from './figures.js'
import { linesOf } from './lines.js'

/** The certificate of an executed batch as it was sealed; null before. */
export async function certificateOf(
  batch: Pick<BatchRow, 'certificateId'>
): Promise<{ certificate: Certificate; json: string; sealedAt: string } | null> {
  if (batch.certificateId === null) return null
  const row = await db.from('certificates').where('id', batch.certificateId).firstOrFail()
  return { certificate: JSON.parse(row.body), json: row.body, sealedAt: row.created_at }
}

export interface ShownCertificate {
  /** false: what executing the batch would give, from the figures of its date. */
  sealed: boolean
  rows: ConservationRow[]
  deltas: Counts[]
  sums: ConservationSum[]
  /** People whose kind of employment the batch changes. */
  conversions: Conversion[]
  hash: string | null
  auditHead: { seq: number; hash: string } | null
}

/** The sealed certificate, or what it would be as of the effective date. */
export async function shownCertificate(
  batch: BatchRow,
  units: BatchUnits
): Promise<ShownCertificate> {
  const found = await certificateOf(batch)
  if (found) {
    const { body, deltas, sums, hash } = found.certificate
    const { rows, auditHead, conversions = [] } = body
    return { sealed: true, rows, deltas, sums, conversions, hash, auditHead }
  }
  const before = units.all.length ? await figuresOn(batch.effectiveOn, units.all) : []
  const lines = await linesOf(batch.id)
  const after = projectFigures(before, lines)
  const known = await unitsByIds(units.all)
  const inOrder = [...new Set([...units.from, ...units.to])].map((id) => known.get(id)!)
  const rows = conservationRows(inOrder, before, after)
  const { deltas, sums } = computeConservation({
    batch: { number: '', title: '', documentNo: '', effectiveDate: batch.effectiveOn },
    rows,
    auditHead: { seq: 0, hash: '' },
  })
  const conversions = conversionsOf(lines)
  return { sealed: false, rows, deltas, sums, conversions, hash: null, auditHead: null }
}
