import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import type { Signature, StepName } from '../domain/steps.js'

export interface SignatureRow extends Signature {
  round: number
  stepName: StepName
  decision: 'approved' | 'returned'
  comment: string | null
  contentHash: string
  userName: string
  onBehalfOf: string | null
  decidedAt: string
}

/** All signatures of a batch, round by round in the order of the steps. */
export async function signaturesOf(batchId: number, client: Client = db): Promise<SignatureRow[]> {
  const rows = await client
    .from('transfer_approvals')
    .where('batch_id', batchId)
    .orderBy('round')
    .orderBy('step')
  return rows.map((row) => ({
    round: Number(row.round),
    step: Number(row.step),
    stepName: row.step_name,
    decision: row.decision,
    comment: row.comment,
    contentHash: row.content_hash,
    userId: Number(row.user_id),
    userName: row.user_name,
    onBehalfOf: row.on_behalf_of,
    onBehalfOfId: row.on_behalf_of_id === null ? null : Number(row.on_behalf_of_id),
    decidedAt: row.decided_at,
  }))
}
