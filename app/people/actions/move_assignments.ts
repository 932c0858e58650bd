import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { isSqlite, toInt, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { record } from '#audit/actions/record'
import type { EmploymentType, FundingType, PostCategory } from '#organization/domain/codes'

/** Where one person goes. Months are `YYYY-MM`: paid through by the old unit, from the new one. */
export interface Move {
  assignmentId: number
  unitId: number
  departmentId: number | null
  postId: number | null
  employmentType: EmploymentType
  fundingType: FundingType | null
  quotaCategory: PostCategory | null
  paidThrough: string | null
  paidFrom: string | null
}

export interface MoveInput {
  moves: Move[]
  effectiveOn: string
  documentId: number | null
  sourceType: string
  sourceId: number
}

const NUMBERS = new Set(['assignment_id', 'unit_id', 'department_id', 'post_id'])
const FIELDS = [
  'assignment_id',
  'unit_id',
  'department_id',
  'post_id',
  'employment_type',
  'funding_type',
  'quota_category',
  'paid_through',
  'paid_from',
] as const

/**
 * Moves many people at once, set-based, in the caller's transaction: each live open main
 * assignment gets a closed copy that replaces it, and a new open one from `effectiveOn`. One that
 * begins on that very day never held and is replaced by the new one. Grade and leader post stay.
 * Throws people.errors.assignment_changed when one is no longer live, open and begun by that day.
 */
export async function moveAssignments(trx: Trx, actor: Actor, input: MoveInput): Promise<void> {
  if (input.moves.length === 0) return
  const moves = JSON.stringify(input.moves.map(tuple))
  const ids = JSON.stringify(input.moves.map((move) => [move.assignmentId, move.paidThrough]))
  const now = clock.now()

  await claim(trx, ids, input, now)
  await insertClosed(trx, ids, input.effectiveOn, now)
  await insertOpened(trx, moves, input, now)
  await pointForward(trx, ids)
  await record(trx, actor, {
    action: 'people.assignments.moved',
    subjectType: input.sourceType,
    subjectId: input.sourceId,
    changes: { people: input.moves.length, effectiveOn: input.effectiveOn },
  })
}

/** Takes the rows out of the live ones; a row that points at itself is on its way in this transaction. */
async function claim(trx: Trx, ids: string, input: MoveInput, now: string) {
  const list = unpacked('c', ['assignment_id'])
  const live = `a.superseded_by IS NULL AND a.valid_to IS NULL AND a.kind = 'main' AND a.valid_from <= ?`
  const result = await (isSqlite()
    ? trx.rawQuery(
        `UPDATE assignments AS a SET superseded_by = a.id, superseded_at = ?
          WHERE a.id IN (SELECT c.assignment_id FROM ${list}) AND ${live}`,
        [now, ids, input.effectiveOn]
      )
    : trx.rawQuery(
        `UPDATE assignments a JOIN ${list} ON a.id = c.assignment_id
            SET a.superseded_by = a.id, a.superseded_at = ? WHERE ${live}`,
        [ids, now, input.effectiveOn]
      ))
  if (affectedBy(result) !== input.moves.length) await throwChanged(trx, input)
}

async function throwChanged(trx: Trx, input: MoveInput): Promise<never> {
  const wanted = JSON.stringify(input.moves.map((move) => [move.assignmentId]))
  const rows = await trx.rawQuery(
    `SELECT p.name FROM ${unpacked('c', ['assignment_id'])}
       JOIN assignments a ON a.id = c.assignment_id JOIN persons p ON p.id = a.person_id
      WHERE a.superseded_by <> a.id OR a.valid_to IS NOT NULL OR a.kind <> 'main' OR a.valid_from > ?
      ORDER BY a.id LIMIT 5`,
    [wanted, input.effectiveOn]
  )
  const names = rowsOf(rows).map((row) => row.name)
  throw new DomainError('people.errors.assignment_changed', { names: names.join('、') || '–' })
}

async function insertClosed(trx: Trx, ids: string, effectiveOn: string, now: string) {
  await trx.rawQuery(
    `INSERT INTO assignments (person_id, kind, unit_id, department_id, post_id, employment_type,
       funding_type, quota_category, over_quota, grade, leader_post, valid_from, valid_to, paid_from,
       paid_through, source, source_type, source_id, document_id, recorded_at, supersedes)
     SELECT a.person_id, a.kind, a.unit_id, a.department_id, a.post_id, a.employment_type,
       a.funding_type, a.quota_category, a.over_quota, a.grade, a.leader_post, a.valid_from, ?,
       a.paid_from, c.paid_through, a.source, a.source_type, a.source_id, a.document_id, ?, a.id
     FROM ${unpacked('c', ['assignment_id', 'paid_through'])}
     JOIN assignments a ON a.id = c.assignment_id
     WHERE a.valid_from < ?`,
    [effectiveOn, now, ids, effectiveOn]
  )
}

async function insertOpened(trx: Trx, moves: string, input: MoveInput, now: string) {
  const { effectiveOn, sourceType, sourceId } = input
  const documentId = input.documentId as number // null is a binding too; Lucid's type forgets it
  await trx.rawQuery(
    `INSERT INTO assignments (person_id, kind, unit_id, department_id, post_id, employment_type,
       funding_type, quota_category, over_quota, grade, leader_post, valid_from, paid_from, source,
       source_type, source_id, document_id, recorded_at, supersedes)
     SELECT a.person_id, 'main', c.unit_id, c.department_id, c.post_id, c.employment_type,
       c.funding_type, c.quota_category, 0, a.grade, a.leader_post, ?, c.paid_from, 'transfer',
       ?, ?, ?, ?, CASE WHEN a.valid_from < ? THEN NULL ELSE a.id END
     FROM ${unpacked('c', FIELDS)}
     JOIN assignments a ON a.id = c.assignment_id`,
    [effectiveOn, sourceType, sourceId, documentId, now, effectiveOn, moves]
  )
}

/** Each replaced row learns which one took its place. */
async function pointForward(trx: Trx, ids: string) {
  const list = unpacked('c', ['assignment_id'])
  await trx.rawQuery(
    isSqlite()
      ? `UPDATE assignments SET superseded_by = n.id
           FROM ${list} JOIN assignments n ON n.supersedes = c.assignment_id
          WHERE assignments.id = c.assignment_id`
      : `UPDATE assignments a JOIN ${list} ON a.id = c.assignment_id
           JOIN assignments n ON n.supersedes = a.id SET a.superseded_by = n.id`,
    [ids]
  )
}

function tuple(move: Move) {
  return [
    move.assignmentId,
    move.unitId,
    move.departmentId,
    move.postId,
    move.employmentType,
    move.fundingType,
    move.quotaCategory,
    move.paidThrough,
    move.paidFrom,
  ]
}

/** A JSON array of arrays (one binding) as a table with named columns, in the words of either database. */
function unpacked(alias: string, columns: readonly string[]): string {
  if (isSqlite()) {
    const values = columns.map((name, index) => `json_extract(value, '$[${index}]') AS ${name}`)
    return `(SELECT ${values.join(', ')} FROM json_each(?)) ${alias}`
  }
  const values = columns.map(
    (name, index) => `${name} ${NUMBERS.has(name) ? 'INT' : 'VARCHAR(40)'} PATH '$[${index}]'`
  )
  return `JSON_TABLE(?, '$[*]' COLUMNS (${values.join(', ')})) ${alias}`
}

function affectedBy(result: any): number {
  return toInt(isSqlite() ? result.changes : (result[0]?.affectedRows ?? result.affectedRows))
}

function rowsOf(result: any): Array<{ name: string }> {
  return isSqlite() ? result : result[0]
}
