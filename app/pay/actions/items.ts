import type { Actor } from '#shared/actor'
import { inTransaction, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import { FormulaError, formulaOf } from '#shared/formulas/formula'
import { bookOf, checkTreatment, type PayItem, type Side, type Treatment } from '../domain/items.js'
import { computeSlip } from '../domain/slip.js'
import { STANDARD_ITEMS } from '../domain/standard_items.js'
import { PAY_CLASSES, type PayClass, type RunKind } from '../domain/runs.js'
import { parametersOn } from '../queries/configuration.js'
import { itemById, itemList, itemsOn, type ItemRow } from '../queries/items.js'
import { noTaxBefore } from '../queries/tax_before.js'
import { trialPeople } from '../queries/trial_people.js'
import {
  bringIntoEffect,
  dropDraft,
  keepTrial,
  refuseDecided,
  writeDraft,
  type DraftMove,
} from './drafts.js'

export interface ItemInput {
  code: string
  name: string
  runKind: RunKind
  employmentType: PayClass | ''
  side: Side
  tax: Treatment
  drawsOn: 'basic' | 'incentive' | null
  formula: string
  orderNo: number
  validFrom: string
  documentId: number
}

/** Writes a draft; names, types and cycles are checked against the items it will stand among. */
export async function saveItem(
  input: ItemInput & { id?: number; version?: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  return inTransaction(async (client) => {
    checkTreatment(input.side, input.tax)
    await checkFormulas(client, input)
    if (input.id) refuseDecided(await itemById(input.id, client))
    const changes = { name: input.name, formula: input.formula }
    return writeDraft(client, 'item', input, columnsOf(input), actor, changes)
  }, trx)
}

/** The usual items of a class as drafts, where none of the code is there yet. */
export async function addStandardItems(
  input: { employmentType: PayClass; documentId: number; validFrom: string },
  actor: Actor,
  trx?: Trx
): Promise<number[]> {
  return inTransaction(async (client) => {
    // before anything is read, as every lock: two who add them at once add them once
    const ofClass = client.from('pay_items').where('employment_type', input.employmentType)
    await ofClass.forUpdate().select('id')
    const there = (await itemList({}, client)).filter(
      ({ employmentType }) => employmentType === input.employmentType
    )
    const known = new Set(there.map(({ runKind, code }) => `${runKind} ${code}`))
    const ids: number[] = []
    for (const item of STANDARD_ITEMS[input.employmentType]) {
      if (known.has(`${item.runKind} ${item.code}`)) continue
      ids.push(await saveItem({ ...item, ...input }, actor, client))
    }
    return ids
  }, trx)
}

const UNTAXED = { table: [{ upTo: null, percent: 0, quick: 0 }], monthlyDeduction: 0 }

/** The classes whose slips an item would be on: it stands among the items of each of them. */
const classesOf = ({ employmentType }: Pick<ItemInput, 'employmentType'>) =>
  employmentType ? [employmentType] : PAY_CLASSES

/** Computes the draft among the others for real people; nothing but the outcome is kept. */
export async function tryItem(input: DraftMove, actor: Actor) {
  const item = await itemById(input.id)
  refuseDecided(item)
  const trial = { people: 0, totalFen: 0, missing: 0 }
  for (const employmentType of classesOf(item)) {
    const people = await trialPeople(employmentType, item.validFrom)
    const book = await bookWith(item, employmentType)
    trial.people += people.length
    for (const { inputs } of people) {
      const slip = computeSlip(book, UNTAXED, {
        inputs,
        fixed: [],
        before: noTaxBefore(),
        additionalFen: 0,
        apart: false,
      })
      const line = slip.lines.find(({ code }) => code === item.code)
      if (line) trial.totalFen += line.amountFen
      else trial.missing += 1
    }
  }
  if (trial.people === 0) throw new DomainError('pay.errors.nobody_to_try')
  await keepTrial('item', input, trial, actor)
  return trial
}

/** Lets a tried draft take effect from its day. */
export async function approveItem(input: DraftMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await bringIntoEffect(client, 'item', await itemById(input.id, client), input, actor)
  }, trx)
}

export async function dropItem(input: DraftMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const item = await itemById(input.id, client)
    await dropDraft(client, 'item', item, input, actor, { name: item.name })
  }, trx)
}

/** The draft among the items in effect on its day and the other drafts of the class. */
async function bookWith(item: ItemRow, employmentType: PayClass) {
  const others = await neighbours(item, employmentType)
  const items = [...others.filter(({ code }) => code !== item.code), item]
  const parameters = await parametersOn(item.validFrom)
  return { items, ...bookOf(items, Object.keys(parameters.value)) }
}

async function neighbours(item: ItemRow, employmentType: PayClass) {
  const effective = await itemsOn(item.validFrom, item.runKind, employmentType)
  const drafts = (await itemList({ runKind: item.runKind })).filter(
    (one) => one.state === 'draft' && one.employmentType === item.employmentType
  )
  const byCode = new Map([...effective, ...drafts].map((one) => [one.code, one]))
  return [...byCode.values()]
}

async function checkFormulas(trx: Trx, input: ItemInput) {
  for (const employmentType of classesOf(input)) await checkAmong(trx, input, employmentType)
}

async function checkAmong(trx: Trx, input: ItemInput, employmentType: PayClass) {
  const others = (await itemsOn(input.validFrom, input.runKind, employmentType, trx)).filter(
    ({ code }) => code !== input.code
  )
  const drafts = await trx
    .from('pay_items')
    .where({ state: 'draft', run_kind: input.runKind, employment_type: input.employmentType })
    .whereNot('code', input.code)
    .select('code', 'name', 'formula')
  const item = { ...input, id: 0 } as PayItem
  const waiting = drafts.filter(({ code }) => others.every((other) => other.code !== code))
  const among = [...others, ...waiting.map((row) => ({ ...item, ...row }) as PayItem), item]
  const parameters = await parametersOn(input.validFrom, trx)
  const problem = parseProblem(input.formula) ?? bookProblem(among, input.name, parameters.value)
  if (!problem) return
  const { key: code, params } = problem
  throw new DomainError(code, params, [{ field: 'formula', code, params }])
}

function parseProblem(formula: string): FormulaError | null {
  try {
    formulaOf(formula)
    return null
  } catch (error) {
    if (error instanceof FormulaError) return error
    throw error
  }
}

function bookProblem(items: PayItem[], name: string, parameters: Record<string, string>) {
  const { problems } = bookOf(items, Object.keys(parameters))
  return (problems.find((problem) => problem.name === name) ?? problems.at(0))?.error ?? null
}

function columnsOf(input: ItemInput): Row {
  return {
    code: input.code,
    name: input.name,
    run_kind: input.runKind,
    employment_type: input.employmentType,
    side: input.side,
    tax: input.tax,
    draws_on: input.drawsOn,
    formula: input.formula,
    order_no: input.orderNo,
    valid_from: input.validFrom,
    document_id: input.documentId,
  }
}
