import db from '@adonisjs/lucid/services/db'
import { toInt } from '#shared/database'
import { checkCertificate } from '#shared/certificates/check'
import type { ConservationCertificate } from '#shared/certificates/format'
import type { CheckFinding } from '#shared/ports/db_checks'
import { UNDER_WAY } from '../domain/states.js'

/** What `db:check` asks of transfers; each finding names the batch and both figures. */
export async function checkTransfers(): Promise<CheckFinding[]> {
  const findings = [...(await strayClaims()), ...(await strayReservations())]
  const executed = await db
    .from('transfer_batches as b')
    .leftJoin('certificates as c', 'c.id', 'b.certificate_id')
    .where('b.state', 'executed')
    .orderBy('b.id')
    .select('b.id', 'b.number', 'c.body', 'c.hash', 'c.audit_sequence', 'c.audit_hash')
  for (const row of executed) findings.push(...(await checkExecuted(row)))
  return findings
}

/** Claims belong to batches under way, and each of those has all of its claims. */
async function strayClaims(): Promise<CheckFinding[]> {
  const rows = await db
    .from('transfer_claims as c')
    .join('transfer_batches as b', 'b.id', 'c.batch_id')
    .whereNotIn('b.state', [...UNDER_WAY])
    .select('c.assignment_id', 'b.number')
  const missing = await db
    .from('transfer_lines as l')
    .join('transfer_batches as b', 'b.id', 'l.batch_id')
    .leftJoin('transfer_claims as c', (join) =>
      join.on('c.assignment_id', 'l.assignment_id').andOn('c.batch_id', 'l.batch_id')
    )
    .whereIn('b.state', [...UNDER_WAY])
    .whereNotNull('l.assignment_id')
    .whereNull('c.assignment_id')
    .select('l.assignment_id', 'b.number')
  return [
    ...rows.map((row) => ({
      check: 'transfers.stray_claim',
      detail: `${row.number}: assignment ${row.assignment_id} is claimed by a batch not under way`,
    })),
    ...missing.map((row) => ({
      check: 'transfers.missing_claim',
      detail: `${row.number}: assignment ${row.assignment_id} is not claimed`,
    })),
  ]
}

/** A batch that is not under way holds no reserved seat. */
async function strayReservations(): Promise<CheckFinding[]> {
  const rows = await db
    .from('quota_entries as e')
    .join('quota_movements as m', 'm.id', 'e.movement_id')
    .join('quota_accounts as c', 'c.id', 'e.account_id')
    .join('transfer_batches as b', 'b.id', 'm.subject_id')
    .where({ 'm.subject_type': 'transfer_batch', 'c.kind': 'reserved' })
    .whereNotIn('b.state', [...UNDER_WAY])
    .groupBy('b.id', 'b.number')
    .havingRaw('sum(e.amount) <> 0')
    .select('b.number')
    .sum('e.amount as seats')
  return rows.map((row) => ({
    check: 'transfers.stray_reservation',
    detail: `${row.number}: ${toInt(row.seats)} seats reserved by a batch not under way`,
  }))
}

async function checkExecuted(row: any): Promise<CheckFinding[]> {
  const finding = (check: string, detail: string) => ({
    check: `transfers.${check}`,
    detail: `${row.number}: ${detail}`,
  })
  if (!row.body) return [finding('no_certificate', 'executed without a certificate')]
  const differences = checkCertificate(row.body)
  if (differences.length > 0) {
    return differences.map(({ place, expected, found }) =>
      finding('certificate', `${place}: ${expected} expected, ${found} found`)
    )
  }
  const certificate = JSON.parse(row.body) as ConservationCertificate
  const { seq, hash } = certificate.body.auditHead
  const anchored =
    certificate.hash === row.hash && seq === Number(row.audit_sequence) && hash === row.audit_hash
  return [
    ...(anchored ? [] : [finding('certificate', 'hash or anchor differs from its row')]),
    ...(await checkDeltas(Number(row.id), certificate)).map((text) => finding('deltas', text)),
  ]
}

/** What the certificate says that moved, against the entries and the assignments of the batch. */
async function checkDeltas(batchId: number, certificate: ConservationCertificate) {
  const seats = await db
    .from('quota_entries as e')
    .join('quota_movements as m', 'm.id', 'e.movement_id')
    .join('quota_accounts as c', 'c.id', 'e.account_id')
    .join('units as u', 'u.id', 'c.unit_id')
    .where({ 'm.subject_type': 'transfer_batch', 'm.subject_id': batchId })
    .whereIn('c.kind', ['vacant', 'reserved', 'filled'])
    .groupBy('u.code', 'c.funding_type')
    .select('u.code', 'c.funding_type')
    .sum('e.amount as amount')
  const arrived = await db
    .from('assignments as a')
    .join('units as u', 'u.id', 'a.unit_id')
    .join('transfer_lines as l', (join) =>
      join.on('l.person_id', 'a.person_id').andOnVal('l.batch_id', batchId)
    )
    .join('units as f', 'f.id', 'l.from_unit_id')
    .where({ 'a.source_type': 'transfer_batch', 'a.source_id': batchId })
    .where((first) =>
      first.whereNull('a.supersedes').orWhereColumn('a.supersedes', 'l.assignment_id')
    )
    .groupBy('u.code', 'f.code', 'a.funding_type', 'a.employment_type', 'l.employment_type')
    .select('u.code as to_code', 'f.code as from_code', 'a.funding_type', 'a.employment_type')
    .select('l.employment_type as employment_before')
    .count('* as people')

  const measured = new Map<string, number>()
  const add = (key: string, amount: number) => measured.set(key, (measured.get(key) ?? 0) + amount)
  for (const row of seats) {
    add(`quota ${row.code} ${row.funding_type} establishment`, toInt(row.amount))
  }
  for (const row of arrived) {
    const { funding_type: funding, employment_type: now, employment_before: before } = row
    add(`people ${row.to_code} ${funding} ${now}`, toInt(row.people))
    add(`people ${row.from_code} ${funding} ${before}`, -toInt(row.people))
  }
  const stated = new Map<string, number>()
  certificate.body.rows.forEach(({ unit, fundingType, employmentType }, index) => {
    const kind = `${unit.code} ${fundingType} ${employmentType}`
    stated.set(`people ${kind}`, certificate.deltas[index].people)
    stated.set(`quota ${kind}`, certificate.deltas[index].quota)
  })
  return [...new Set([...measured.keys(), ...stated.keys()])]
    .filter((key) => (measured.get(key) ?? 0) !== (stated.get(key) ?? 0))
    .map((key) => `${key}: certificate ${stated.get(key) ?? 0}, tables ${measured.get(key) ?? 0}`)
}
