import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { decide } from '#decisions/actions/decide'
import { proposeDecision } from '#decisions/actions/propose_decision'
import { recordDocument } from '#decisions/actions/record_document'
import { decisionById } from '#decisions/queries/decisions'

type Fields = Record<string, unknown>

/** One person proposes value and document; the decision stays open for the second person. */
export async function proposeMissing(
  code: string,
  fields: Fields,
  documentNo: string,
  proposer: Actor
): Promise<number> {
  const row = await db.from('decisions').where({ code, live: 1 }).firstOrFail()
  return propose(Number(row.id), fields, documentNo, proposer)
}

export async function decideMissing(
  code: string,
  fields: Fields,
  documentNo: string,
  proposer: Actor,
  decider: Actor
) {
  await second(await proposeMissing(code, fields, documentNo, proposer), decider)
}

/** The person whom two rosters claim stays where the first roster has him. */
export async function decideHeldRow(proposer: Actor, decider: Actor, documentNo: string) {
  const row = await db.from('decisions').where({ kind: 'held', state: 'open' }).firstOrFail()
  const { evidence } = await decisionById(Number(row.id))
  const keep = evidence.units?.[0]?.unitId
  const fields = { choice: keep ? `keep:${keep}` : 'reject' }
  await second(await propose(Number(row.id), fields, documentNo, proposer), decider)
}

async function propose(decisionId: number, fields: Fields, documentNo: string, actor: Actor) {
  const documentId = await inTransaction((trx) => recordDocument(trx, actor, { documentNo }))
  const { version } = await decisionById(decisionId)
  await proposeDecision(
    { decisionId, version, fields, documentId, effectiveOn: clock.today(), reason: null },
    actor
  )
  return decisionId
}

async function second(decisionId: number, actor: Actor) {
  const { version } = await decisionById(decisionId)
  await decide({ decisionId, version, grant: actor.authorize('decisions.decide') }, actor)
}
