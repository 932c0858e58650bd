import db from '@adonisjs/lucid/services/db'
import { record } from '#audit/actions/record'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inTransaction, type Trx } from '#shared/database'
import { factsPort, type Fact } from '#shared/ports/facts'
import { moveState } from '#shared/transitions'
import { EVIDENCE_MOVES } from '../domain/evidence.js'
import { outlook } from '../queries/forecast.js'
import { finishItem, insertEvidence } from './evidence.js'

/**
 * Takes over what the records say: an item whose fact holds is finished, one whose fact holds no
 * more is open again. Safe to run twice. Returns how many items changed.
 */
export async function observeFacts(): Promise<number> {
  const items = await db
    .from('work_items')
    .where('state', 'active')
    .whereNotNull('fact_code')
    .orderBy('id')
    .select('id', 'fact_code')
  let changed = 0
  for (const { id, fact_code: code } of items) {
    const fact = await factsPort.read(code, clock.today())
    if (fact && (await inTransaction((trx) => observe(trx, Number(id), code, fact)))) changed++
  }
  return changed
}

async function observe(trx: Trx, itemId: number, code: string, fact: Fact): Promise<boolean> {
  const today = clock.today()
  const actor = Actor.system()
  await holdItem(trx, itemId)
  const item = await trx.from('work_items').where('id', itemId).firstOrFail()
  const live = await trx.from('work_evidence').where({ item_id: itemId, live: 1 }).first()
  if (fact.met && !item.finished_on) {
    // What somebody had handed in meanwhile is settled by the records.
    if (live) await lapse(trx, live)
    const input = { itemId, happenedOn: today, documentId: null }
    const text = `${code}: ${fact.done}/${fact.planned}`
    await insertEvidence(trx, actor, { ...input, text }, 'fact', 'accepted')
    await finishItem(trx, itemId, today)
    await write(trx, actor, 'observed', itemId, { finished_on: today, fact_code: code })
    return true
  }
  if (!fact.met && item.finished_on && live?.source === 'fact') {
    await lapse(trx, live)
    await finishItem(trx, itemId, null)
    await write(trx, actor, 'lapsed', itemId, { finished_on: [item.finished_on, null] })
    return true
  }
  return false
}

/**
 * Who hands in or accepts evidence of an item comes before or after. Nothing is read before, for
 * MySQL shows a transaction the others' work as it was at its first plain read.
 */
export async function holdItem(trx: Trx, itemId: number) {
  await trx.from('work_items').where('id', itemId).forUpdate().select('id')
}

function lapse(trx: Trx, evidence: any) {
  const at = { id: Number(evidence.id), version: Number(evidence.version) }
  return moveState(trx, 'work_evidence', at, EVIDENCE_MOVES, 'lapse')
}

function write(trx: Trx, actor: Actor, done: string, itemId: number, changes: object) {
  return record(trx, actor, {
    action: `programme.evidence.${done}`,
    subjectType: 'work_item',
    subjectId: itemId,
    changes: { ...changes },
  })
}

/** Keeps what the forecast says today, once a day; the last run of a day counts. */
export async function keepForecast(): Promise<void> {
  const view = await outlook()
  if (!view) return
  await inTransaction(async (trx) => {
    await trx.from('forecast_days').where('day', view.today).delete()
    const rows = view.rows.map(({ id, forecast }) => ({
      day: view.today,
      item_id: id,
      finish: forecast.finish,
      light: forecast.light,
    }))
    await bulkInsert(trx, 'forecast_days', rows)
  })
}
