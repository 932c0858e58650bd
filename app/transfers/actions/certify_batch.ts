import { record } from '#audit/actions/record'
import type { AuditHead } from '#audit/actions/seal'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import { certificateJson, sealCertificate } from '#shared/certificates/seal'
import { unitsByIds } from '#organization/queries/units'
import { conservationRows, conversionsOf, type Figure } from '../domain/conservation.js'
import type { TransferLine } from '../domain/lines.js'
import type { BatchRow, BatchUnits } from '../queries/batches.js'

/**
 * Seals the certificate of conservation of a batch that is being executed and keeps it. Throws
 * CertificateError (and thereby undoes the execution) when a person or a seat was lost or made.
 */
export async function certify(
  trx: Trx,
  actor: Actor,
  batch: BatchRow,
  facts: {
    units: BatchUnits
    lines: readonly TransferLine[]
    then: Figure[]
    now: Figure[]
    head: AuditHead
  }
): Promise<number> {
  const units = await unitsByIds(facts.units.all, trx)
  const inOrder = [...new Set([...facts.units.from, ...facts.units.to])].map((id) => units.get(id)!)
  const conversions = conversionsOf(facts.lines)
  const certificate = sealCertificate('conservation', {
    batch: {
      number: batch.number,
      title: batch.title,
      documentNo: batch.documentNo ?? '',
      effectiveDate: batch.effectiveOn,
    },
    rows: conservationRows(inOrder, facts.then, facts.now),
    ...(conversions.length > 0 && { conversions }),
    auditHead: { seq: facts.head.sequence, hash: facts.head.hash },
  })
  const id = await insertRow(trx, 'certificates', {
    kind: certificate.kind,
    subject_type: 'transfer_batch',
    subject_id: batch.id,
    body: certificateJson(certificate),
    hash: certificate.hash,
    audit_sequence: facts.head.sequence,
    audit_hash: facts.head.hash,
    created_at: clock.now(),
  })
  await trx.from('transfer_batches').where('id', batch.id).update({ certificate_id: id })
  await record(trx, actor, {
    action: 'transfers.certificate.sealed',
    subjectType: 'transfer_batch',
    subjectId: batch.id,
    changes: { hash: certificate.hash, audit_sequence: facts.head.sequence },
  })
  return id
}
