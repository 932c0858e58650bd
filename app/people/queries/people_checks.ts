import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'
import { digest, unseal } from '#shared/crypto'

/** Main assignments of one person that overlap: nobody holds two at a time. */
export async function checkOverlaps(): Promise<CheckFinding[]> {
  const rows = await db
    .from('assignments as a')
    .join('assignments as b', (join) =>
      join.on('b.person_id', 'a.person_id').andOn('b.id', '>', 'a.id')
    )
    .where({ 'a.kind': 'main', 'b.kind': 'main' })
    .whereNull('a.superseded_by')
    .whereNull('b.superseded_by')
    .whereRaw('(b.valid_to is null or a.valid_from < b.valid_to)')
    .whereRaw('(a.valid_to is null or b.valid_from < a.valid_to)')
    .limit(100)
    .select('a.id as first', 'b.id as second', 'a.person_id')
  return rows.map((row) => ({
    check: 'people.overlap',
    detail: `person ${row.person_id}: assignments ${row.first} and ${row.second}`,
  }))
}

/** Sealed identity numbers open and give the digest that stands beside them. */
export async function checkSealed(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  const rows = await db
    .from('persons')
    .whereNotNull('identity_sealed')
    .orderBy('id')
    .select('id', 'identity_sealed', 'identity_digest')
  for (const row of rows) {
    if (!opens(row)) findings.push({ check: 'people.sealed', detail: `persons ${row.id}` })
  }
  return findings
}

function opens(row: any): boolean {
  try {
    return digest(unseal(row.identity_sealed, 'identity'), 'identity') === row.identity_digest
  } catch {
    return false
  }
}
