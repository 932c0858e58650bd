import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Trx,
} from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { factsPort } from '#shared/ports/facts'
import type { ItemKind } from '../domain/plan.js'
import { thePlan, type ItemRow, type PlanOnRecord } from '../queries/plan.js'
import { lockPlan } from './lock_plan.js'

const refuse: Refuse = refusing('programme')

export interface ItemInput {
  /** Empty: the next number below its milestone. */
  number: string | null
  name: string
  kind: ItemKind
  phaseId: number | null
  leadUnitId: number
  supportUnitIds: number[]
  responsibleId: number | null
  /** Working days; a milestone has none. */
  duration: number
  notBefore: string | null
  deliverable: string | null
  criteria: string | null
  basis: string | null
  factCode: string | null
}

/** Adds a milestone or a work item to the plan; returns its id. */
export async function createItem(input: ItemInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await lockPlan(client)
    const plan = await thePlan(client)
    await assertUnitAlive(client, input.leadUnitId, clock.today())
    const columns = { ...columnsOf(plan, input), number: numberFor(plan, input) }
    const id = await insertItem(client, columns)
    await writeSupports(client, id, input)
    await record(client, actor, {
      action: 'programme.item.created',
      subjectType: 'work_item',
      subjectId: id,
      changes: { number: columns.number, name: input.name, duration: columns.duration },
    })
    return id
  }, trx)
}

/** Changes what an item is; its dates that are fixed or have happened have actions of their own. */
export async function editItem(
  input: ItemInput & { itemId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await lockPlan(client)
    const plan = await thePlan(client)
    const before = itemIn(plan, input.itemId)
    if (input.leadUnitId !== before.leadUnitId) {
      await assertUnitAlive(client, input.leadUnitId, clock.today())
    }
    const columns = columnsOf(plan, { ...input, kind: before.kind }, before)
    await updateVersioned(client, 'work_items', before.id, input.version, columns)
    await client.from('work_item_units').where('item_id', before.id).delete()
    await writeSupports(client, before.id, input)
    await record(client, actor, {
      action: 'programme.item.edited',
      subjectType: 'work_item',
      subjectId: before.id,
      changes: changesOf(before, input),
    })
  }, trx)
}

/** Takes an item out of the plan; what was computed and recorded of it stays. */
export async function dropItem(
  input: { itemId: number; version: number; reason: string },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    await lockPlan(client)
    const item = itemIn(await thePlan(client), input.itemId)
    if (item.fixedOn) throw new DomainError('programme.errors.drop_fixed', { item: item.name })
    if (item.finishedOn) throw new DomainError('programme.errors.drop_done', { item: item.name })
    await updateVersioned(client, 'work_items', item.id, input.version, { state: 'dropped' })
    await client
      .from('work_links')
      .where((end) => end.where('from_id', item.id).orWhere('to_id', item.id))
      .delete()
    await client.from('work_items').where('phase_id', item.id).update({ phase_id: null })
    await record(client, actor, {
      action: 'programme.item.dropped',
      subjectType: 'work_item',
      subjectId: item.id,
      changes: { reason: input.reason },
    })
  }, trx)
}

export function itemIn(plan: PlanOnRecord, id: number): ItemRow {
  const item = plan.items.find((one) => one.id === id)
  if (!item) throw new DomainError('programme.errors.item_gone')
  return item
}

export async function insertItem(trx: Trx, columns: object): Promise<number> {
  try {
    return await insertRow(trx, 'work_items', {
      state: 'active',
      version: 1,
      created_at: clock.now(),
      ...columns,
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const { number } = columns as { number: string }
    refuse('number', 'number_taken', { number })
  }
}

function columnsOf(plan: PlanOnRecord, input: ItemInput, before?: ItemRow) {
  const milestone = input.kind === 'milestone'
  if (!milestone && input.duration < 1) refuse('duration', 'duration_needed')
  const phase = input.phaseId && plan.items.find(({ id }) => id === input.phaseId)
  if (input.phaseId && (!phase || phase.kind !== 'milestone' || phase.id === before?.id)) {
    refuse('phase_id', 'phase_no_milestone')
  }
  if (input.factCode && !factsPort.codes().includes(input.factCode)) {
    refuse('fact_code', 'fact_unknown')
  }
  return {
    name: input.name,
    kind: input.kind,
    phase_id: input.phaseId,
    lead_unit_id: input.leadUnitId,
    responsible_id: input.responsibleId,
    duration: milestone ? 0 : input.duration,
    not_before: input.notBefore,
    deliverable: input.deliverable,
    criteria: input.criteria,
    basis: input.basis,
    fact_code: input.factCode,
  }
}

/** The next one below its milestone (`5.3`), or the next of all. */
function numberFor({ items }: PlanOnRecord, { number, phaseId }: ItemInput): string {
  if (number) return number
  const phase = items.find(({ id }) => id === phaseId)
  const taken = new Set(items.map((item) => item.number))
  for (let next = 1; ; next++) {
    const candidate = phase ? `${phase.number}.${next}` : String(next)
    if (!taken.has(candidate)) return candidate
  }
}

export async function writeSupports(
  trx: Trx,
  itemId: number,
  { leadUnitId, supportUnitIds }: Pick<ItemInput, 'leadUnitId' | 'supportUnitIds'>
) {
  const units = new Set(supportUnitIds.filter((id) => id !== leadUnitId))
  await bulkInsert(
    trx,
    'work_item_units',
    [...units].map((unitId) => ({ item_id: itemId, unit_id: unitId }))
  )
}

function changesOf(before: ItemRow, after: ItemInput) {
  const pairs = {
    name: [before.name, after.name],
    duration: [before.duration, after.duration],
    not_before: [before.notBefore, after.notBefore],
    lead_unit_id: [before.leadUnitId, after.leadUnitId],
    deliverable: [before.deliverable, after.deliverable],
    criteria: [before.criteria, after.criteria],
    fact_code: [before.factCode, after.factCode],
  }
  return Object.fromEntries(Object.entries(pairs).filter(([, [one, other]]) => one !== other))
}
