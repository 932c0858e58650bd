import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { idOrNull } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ItemKind, Plan, PlanItem, PlanLink } from '../domain/plan.js'

export interface ProgrammeRow {
  id: number
  name: string
  startsOn: string
  documentId: number | null
  documentNo: string | null
  yellowDays: number
  version: number
}

export interface ItemRow extends PlanItem {
  number: string
  name: string
  /** The milestone that it leads to. */
  phaseId: number | null
  leadUnitId: number
  leadUnitName: string
  supportUnits: { id: number; name: string }[]
  responsibleId: number | null
  responsibleName: string | null
  deliverable: string | null
  criteria: string | null
  basis: string | null
  printedDue: string | null
  printedUnits: string | null
  factCode: string | null
  version: number
}

export interface LinkRow extends PlanLink {
  id: number
}

export interface PlanOnRecord extends Plan<ItemRow> {
  programme: ProgrammeRow
  links: readonly LinkRow[]
}

const CODE = 'reform'

/** The programme, null before there is one. */
export async function findProgramme(client: Client = db): Promise<ProgrammeRow | null> {
  const row = await client
    .from('programmes')
    .leftJoin('documents', 'documents.id', 'programmes.document_id')
    .where('programmes.code', CODE)
    .select('programmes.*', 'documents.document_no')
    .first()
  return row
    ? {
        id: Number(row.id),
        name: row.name,
        startsOn: row.starts_on,
        documentId: idOrNull(row.document_id),
        documentNo: row.document_no,
        yellowDays: Number(row.yellow_days),
        version: Number(row.version),
      }
    : null
}

/** The whole plan as it stands, items in the order of their numbers; null before there is one. */
export async function findPlan(client: Client = db): Promise<PlanOnRecord | null> {
  const programme = await findProgramme(client)
  if (!programme) return null
  const { startsOn, yellowDays } = programme
  const items = await itemsFrom(client)
  const ids = new Set(items.map(({ id }) => id))
  const links = (await client.from('work_links').orderBy('id'))
    .map(linkOf)
    .filter(({ fromId, toId }) => ids.has(fromId) && ids.has(toId))
  return { programme, startsOn, yellowDays, items, links }
}

/** The same; DomainError before there is one. */
export async function thePlan(client: Client = db): Promise<PlanOnRecord> {
  const plan = await findPlan(client)
  if (!plan) throw new DomainError('programme.errors.no_programme')
  return plan
}

async function itemsFrom(client: Client): Promise<ItemRow[]> {
  const rows = await client
    .from('work_items')
    .join('units', 'units.id', 'work_items.lead_unit_id')
    .leftJoin('users', 'users.id', 'work_items.responsible_id')
    .leftJoin('fixed_dates', (join) =>
      join.on('fixed_dates.item_id', 'work_items.id').andOnVal('fixed_dates.live', 1)
    )
    .where('work_items.state', 'active')
    .select('work_items.*', 'units.name as lead_unit', 'users.name as responsible')
    .select('fixed_dates.fixed_on', 'fixed_dates.source as fixed_source')
  const supports = await supportUnits(client)
  return rows
    .map((row) => itemOf(row, supports.get(Number(row.id)) ?? []))
    .sort((one, other) => byNumber(one.number, other.number))
}

/** Made once: a comparison by `localeCompare` makes one each time. */
const numbers = new Intl.Collator('zh-CN', { numeric: true })

/** `2` before `10`, `5.2` before `5.10`. */
export function byNumber(one: string, other: string): number {
  return numbers.compare(one, other)
}

async function supportUnits(client: Client) {
  const rows = await client
    .from('work_item_units')
    .join('work_items', 'work_items.id', 'work_item_units.item_id')
    .join('units', 'units.id', 'work_item_units.unit_id')
    .where('work_items.state', 'active')
    .orderBy('work_item_units.id')
    .select('work_item_units.item_id', 'units.id', 'units.name')
  const found = new Map<number, { id: number; name: string }[]>()
  for (const row of rows) {
    const itemId = Number(row.item_id)
    found.set(itemId, [...(found.get(itemId) ?? []), { id: Number(row.id), name: row.name }])
  }
  return found
}

function itemOf(row: any, supports: ItemRow['supportUnits']): ItemRow {
  return {
    id: Number(row.id),
    number: row.number,
    name: row.name,
    kind: row.kind as ItemKind,
    phaseId: idOrNull(row.phase_id),
    leadUnitId: Number(row.lead_unit_id),
    leadUnitName: row.lead_unit,
    supportUnits: supports,
    responsibleId: idOrNull(row.responsible_id),
    responsibleName: row.responsible,
    duration: Number(row.duration),
    notBefore: row.not_before,
    fixedOn: row.fixed_on,
    fixedMonth: printedMonth(row),
    startedOn: row.started_on,
    finishedOn: row.finished_on,
    remainingDays: idOrNull(row.remaining_days),
    remainingAsOf: row.remaining_as_of,
    deliverable: row.deliverable,
    criteria: row.criteria,
    basis: row.basis,
    printedDue: row.printed_due,
    printedUnits: row.printed_units,
    factCode: row.fact_code,
    version: Number(row.version),
  }
}

/** Only a date that still is the printed one stands for its month. */
function printedMonth(row: any): string | null {
  const monthOnly = /月/.test(row.printed_due ?? '') && !/日/.test(row.printed_due ?? '')
  return row.fixed_source === 'plan' && monthOnly ? row.fixed_on.slice(0, 7) : null
}

function linkOf(row: any): LinkRow {
  return {
    id: Number(row.id),
    fromId: Number(row.from_id),
    toId: Number(row.to_id),
    type: row.type,
    lag: Number(row.lag),
  }
}
