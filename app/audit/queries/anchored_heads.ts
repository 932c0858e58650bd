import db from '@adonisjs/lucid/services/db'
import type { AuditHead } from '../actions/seal.js'

/** Heads that certificates carry: a tail cut off behind the head row is found by them. */
export async function anchoredHeads(): Promise<AuditHead[]> {
  const rows = await db.from('certificates').select('audit_sequence', 'audit_hash')
  return rows.map((row) => ({ sequence: Number(row.audit_sequence), hash: row.audit_hash }))
}
