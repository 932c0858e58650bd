import { randomUUID } from 'node:crypto'
import { record } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, type Trx } from '#shared/database'

export interface BatchInput {
  title: string
  /** Number of the approving document; found or made. Null: still to come. */
  documentNo: string | null
  /** Civil date. */
  effectiveOn: string
  reason: string | null
}

export interface BatchOrigin {
  reversesId?: number
  splitFromId?: number
}

/** Makes an empty draft and gives its id. Its number is 划转〔year〕id号. */
export async function createBatch(
  input: BatchInput,
  actor: Actor,
  trx?: Trx,
  origin: BatchOrigin = {}
): Promise<number> {
  return inTransaction(async (client) => {
    const documentId = await documentOf(client, actor, input.documentNo)
    const id = await insertRow(client, 'transfer_batches', {
      number: randomUUID(),
      title: input.title,
      document_id: documentId,
      effective_on: input.effectiveOn,
      reason: input.reason,
      state: 'draft',
      steps: 'null',
      reverses_id: origin.reversesId ?? null,
      split_from_id: origin.splitFromId ?? null,
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `划转〔${clock.today().slice(0, 4)}〕${id}号`
    await client.from('transfer_batches').where({ id }).update({ number })
    await record(client, actor, {
      action: 'transfers.batch.created',
      subjectType: 'transfer_batch',
      subjectId: id,
      changes: { number, ...input, ...origin },
    })
    return id
  }, trx)
}

/** The document of a number, null for none. */
export async function documentOf(trx: Trx, actor: Actor, documentNo: string | null) {
  return documentNo?.trim() ? recordDocument(trx, actor, { documentNo }) : null
}
