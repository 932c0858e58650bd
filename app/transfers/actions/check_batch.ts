import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inChunks, inTransaction, type Trx } from '#shared/database'
import { checkBatchFacts } from '../domain/check_batch.js'
import { checkCapacity } from '../domain/check_capacity.js'
import { checkLine } from '../domain/check_line.js'
import { verdictOf, type Finding, type Verdict } from '../domain/findings.js'
import type { BatchRow } from '../queries/batches.js'
import { loadCheckFacts } from '../queries/check_facts.js'
import { linesOf, type StoredLine } from '../queries/lines.js'
import { moveBatch, openForEdit } from './move_batch.js'

export interface CheckResult {
  /** Said of the batch as a whole. */
  findings: Finding[]
  /** Lines per verdict. */
  counts: Record<Verdict, number>
  passed: boolean
}

/**
 * Checks every line and the batch, stores the verdicts and moves the batch to `checked` when
 * nothing blocks it, else back to draft. May be asked at any time before submission.
 */
export async function checkBatch(
  input: { batchId: number; version: number },
  actor: Actor,
  trx?: Trx
): Promise<CheckResult> {
  return inTransaction(async (client) => {
    const batch = await openForEdit(client, { id: input.batchId, version: input.version })
    const result = await judgeBatch(client, batch)
    if (result.passed) await moveBatch(client, batch, 'check', { checked_at: clock.now() })
    await record(client, actor, {
      action: 'transfers.batch.checked',
      subjectType: 'transfer_batch',
      subjectId: batch.id,
      changes: { ...result.counts, batch: result.findings.map(({ code }) => code).join(' ') },
    })
    return result
  }, trx)
}

/** The checks alone, their verdicts stored with the lines. */
export async function judgeBatch(trx: Trx, batch: BatchRow): Promise<CheckResult> {
  const lines = await linesOf(batch.id, trx)
  const facts = await loadCheckFacts(trx, batch, lines)
  const together = checkCapacity(
    lines.map((line) => ({ ...line, seatCategory: facts.seats.get(line.id) ?? null })),
    facts.capacity
  )
  const judged = facts.lines.map((line) => ({
    id: line.line.id,
    findings: [...checkLine(line, facts.context), ...(together.get(line.line.id) ?? [])],
  }))
  await storeVerdicts(trx, lines, judged)
  const findings = checkBatchFacts(facts.batch)
  const counts = { ok: 0, warning: 0, blocked: 0 }
  for (const line of judged) counts[verdictOf(line.findings)] += 1
  return { findings, counts, passed: counts.blocked === 0 && verdictOf(findings) !== 'blocked' }
}

/** Most lines keep their verdict, and many share one: one UPDATE for each that changed. */
async function storeVerdicts(
  trx: Trx,
  lines: StoredLine[],
  judged: { id: number; findings: Finding[] }[]
) {
  const checked = lines.filter(({ verdict }) => verdict !== 'unchecked')
  const before = new Map(checked.map((line) => [line.id, JSON.stringify(line.findings)]))
  const groups = new Map<string, { verdict: Verdict; ids: number[] }>()
  for (const { id, findings } of judged) {
    const text = JSON.stringify(findings)
    if (before.get(id) === text) continue
    const group = groups.get(text) ?? { verdict: verdictOf(findings), ids: [] }
    group.ids.push(id)
    groups.set(text, group)
  }
  for (const [findings, { verdict, ids }] of groups) {
    await inChunks(ids, 400, async (piece) => {
      await trx.from('transfer_lines').whereIn('id', piece).update({ verdict, findings })
      return []
    })
  }
}
