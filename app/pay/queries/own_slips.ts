import db from '@adonisjs/lucid/services/db'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import { RELEASED } from '../domain/runs.js'
import { slipOf, slipsFrom, type SlipRow } from './slips.js'

/** A page of what a person may open: own slips of released runs, newest first. */
export async function ownSlipPage(
  personId: number,
  cursor: string | null
): Promise<KeysetPage<SlipRow>> {
  const page = await keysetPage<any>(ownSlips(personId), {
    column: 'r.pay_month',
    idColumn: 's.id',
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  return { ...page, rows: page.rows.map(slipOf) }
}

/** Own slips to which the person may still object or agree, newest first. */
export async function slipsToAnswer(personId: number, today: string): Promise<SlipRow[]> {
  const rows = await ownSlips(personId)
    .where('s.answer_state', 'open')
    .where('r.objections_until', '>=', today)
    .orderBy('r.pay_month', 'desc')
    .orderBy('s.id', 'desc')
  return rows.map(slipOf)
}

/** The released slip of the same kind that the person got before this one. */
export async function slipBefore(slip: SlipRow): Promise<SlipRow | null> {
  if (slip.state !== 'computed' || !RELEASED.includes(slip.runState)) return null
  const row = await ownSlips(slip.personId)
    .where('r.kind', slip.runKind)
    .where((before) =>
      before
        .where('r.pay_month', '<', slip.payMonth)
        .orWhere((same) => same.where('r.pay_month', slip.payMonth).where('s.id', '<', slip.id))
    )
    .orderBy('r.pay_month', 'desc')
    .orderBy('s.id', 'desc')
    .first()
  return row ? slipOf(row) : null
}

/** The newest wages that a unit released to a person: what other amounts are held against. */
export async function lastWages(personId: number, unitId: number): Promise<SlipRow | null> {
  const row = await ownSlips(personId)
    .where({ 'r.kind': 'monthly', 'r.unit_id': unitId })
    .orderBy('r.pay_month', 'desc')
    .orderBy('s.id', 'desc')
    .first()
  return row ? slipOf(row) : null
}

function ownSlips(personId: number) {
  return slipsFrom(db)
    .where({ 's.person_id': personId, 's.state': 'computed' })
    .whereIn('r.state', [...RELEASED])
}
