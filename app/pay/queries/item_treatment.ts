import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { INCENTIVE_LINE, LEADER_LINE } from '../domain/distribution.js'
import type { Treatment } from '../domain/items.js'
import type { SlipInput } from '../domain/slip.js'
import { itemList } from './items.js'

export interface ItemTreatment {
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
}

const SHARED_OUT = [INCENTIVE_LINE, LEADER_LINE]

/**
 * How an earning was taxed and what part of the total it drew on: by the line of the slip, else by
 * the newest item of the class, so that what corrects it goes the same way. Null: no such earning.
 */
export async function itemTreatment(
  of: { slipId: number | null; itemName: string; employmentType: string },
  client: Client = db
): Promise<ItemTreatment | null> {
  const paid = of.slipId === null ? null : await treatmentOnSlip(of.slipId, of.itemName, client)
  if (paid) return paid
  const items = await earnings(of.employmentType, client)
  return [...items, ...SHARED_OUT].find(({ name }) => name === of.itemName) ?? null
}

/** Earnings that a difference without a slip may correct. */
export async function correctableNames(): Promise<string[]> {
  const items = await earnings()
  return [...new Set([...items, ...SHARED_OUT].map(({ name }) => name))]
}

async function treatmentOnSlip(slipId: number, name: string, client: Client) {
  const line = await client
    .from('pay_lines as l')
    .join('pay_slips as s', 's.id', 'l.slip_id')
    .leftJoin('pay_items as i', 'i.id', 'l.item_id')
    .where({ 'l.slip_id': slipId, 'l.name': name, 'l.side': 'earning' })
    .select('l.code', 'l.item_id', 'i.tax', 'i.draws_on', 's.inputs')
    .first()
  if (!line) return null
  if (line.item_id) return { tax: line.tax as Treatment, drawsOn: line.draws_on }
  const { fixed } = JSON.parse(line.inputs) as SlipInput
  return fixed.find(({ code }) => code === line.code) ?? null
}

async function earnings(employmentType?: string, client: Client = db) {
  const items = await itemList({ state: 'effective', employmentType }, client)
  return items.filter(({ side }) => side === 'earning')
}
