import db from '@adonisjs/lucid/services/db'
import type { CheckFinding } from '#shared/ports/db_checks'
import { digest, unseal } from '#shared/crypto'
import type { Row } from '#shared/database'

const PIECE = 2_000

/** Main assignments of one person that overlap: nobody holds two at a time. */
export async function checkOverlaps(): Promise<CheckFinding[]> {
  const rows = await db
    .from('assignments as a')
    .join('assignments as b', (join) =>
      join.on('b.person_id', 'a.person_id').andOn('b.id', '>', 'a.id')
    )
    .where({ 'a.kind': 'main', 'b.kind': 'main', 'a.live': 1, 'b.live': 1 })
    .whereRaw('(b.valid_to is null or a.valid_from < b.valid_to)')
    .whereRaw('(a.valid_to is null or b.valid_from < a.valid_to)')
    .select('a.id as first', 'b.id as second', 'a.person_id')
  return rows.map((row) => ({
    check: 'people.overlap',
    detail: `person ${row.person_id}: assignments ${row.first} and ${row.second}`,
  }))
}

/** Every replaced assignment leads to one that is there, and nobody replaced it twice. */
export async function checkChains(): Promise<CheckFinding[]> {
  const rows = await db
    .from('assignments as a')
    .leftJoin('assignments as next', 'next.id', 'a.superseded_by')
    .whereNotNull('a.superseded_by')
    .where((broken) =>
      broken
        .whereNull('next.id')
        .orWhereColumn('next.id', '=', 'a.id')
        .orWhereNull('a.superseded_at')
    )
    .select('a.id', 'a.superseded_by')
  return rows.map((row) => ({
    check: 'people.chain',
    detail: `assignments ${row.id}: superseded by ${row.superseded_by}`,
  }))
}

/** Sealed values open; the digest beside an identity number is that of the number. */
export async function checkSealed(): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = []
  for (let last = 0; ;) {
    const rows: Row[] = await db
      .from('persons')
      .where('id', '>', last)
      .where((any) => any.whereNotNull('identity_sealed').orWhereNotNull('phone_sealed'))
      .orderBy('id')
      .limit(PIECE)
      .select('id', 'identity_sealed', 'identity_digest', 'phone_sealed')
    for (const row of rows) {
      if (!opens(row)) findings.push({ check: 'people.sealed', detail: `persons ${row.id}` })
    }
    if (rows.length < PIECE) return findings
    last = Number(rows.at(-1)!.id)
  }
}

function opens(row: Row): boolean {
  try {
    if (row.phone_sealed !== null) unseal(row.phone_sealed, 'phone')
    if (row.identity_sealed === null) return row.identity_digest === null
    return digest(unseal(row.identity_sealed, 'identity'), 'identity') === row.identity_digest
  } catch {
    return false
  }
}
