import type { Actor } from '#shared/actor'
import { inTransaction, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { bookOf } from '../domain/items.js'
import { PAY_CLASSES, RELEASED, type PayClass } from '../domain/runs.js'
import { computeSlip, type Book } from '../domain/slip.js'
import { cumulativeTax } from '../domain/tax.js'
import type { ScaleStep } from '../domain/tax_scale.js'
import { parametersOn } from '../queries/configuration.js'
import { itemsOn } from '../queries/items.js'
import { noTaxBefore } from '../queries/tax_before.js'
import { scaleById, taxRulesOn, type ScaleRow, type ScaleTrial } from '../queries/tax_scales.js'
import { trialPeople } from '../queries/trial_people.js'
import {
  bringIntoEffect,
  dropDraft,
  keepTrial,
  refuseDecided,
  writeDraft,
  type DraftMove,
} from './drafts.js'
import { takeTaxTurn } from './take_tax_turn.js'

const MONTHS = 12
const refuse: Refuse = refusing('pay')

export interface ScaleInput {
  validFrom: string
  steps: ScaleStep[]
  documentId: number
}

/** Writes a draft of the tax table. */
export async function saveScale(
  input: ScaleInput & { id?: number; version?: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  const { validFrom, steps, documentId } = input
  if (!validFrom.endsWith('-01')) refuse('valid_from', 'scale_first_day')
  const values = {
    valid_from: validFrom,
    steps: JSON.stringify(steps),
    document_id: documentId,
  }
  return inTransaction(async (client) => {
    if (input.id) refuseDecided(await scaleById(input.id, client))
    const changes = { valid_from: validFrom, steps: worded(steps) }
    return writeDraft(client, 'scale', input, values, actor, changes)
  }, trx)
}

/** A year of real people's pay by the items of its day, taxed by the table in force and by this one. */
export async function tryScale(input: DraftMove, actor: Actor) {
  const scale = await scaleById(input.id)
  refuseDecided(scale)
  const trial = await trialOf(scale)
  if (trial.people === 0) throw new DomainError('pay.errors.nobody_to_try')
  await keepTrial('scale', input, trial, actor)
  return trial
}

/**
 * Lets a tried draft count from its month on. A month that was paid keeps its table: the year is
 * brought up to the new one by the months after it.
 */
export async function approveScale(input: DraftMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await takeTaxTurn(client)
    const scale = await scaleById(input.id, client)
    const paid = await client
      .from('pay_runs')
      .whereIn('state', [...RELEASED])
      .where('pay_month', '>=', scale.validFrom.slice(0, 7))
      .orderBy('pay_month', 'desc')
      .first()
    if (paid) throw new DomainError('pay.errors.scale_late', { month: paid.pay_month })
    await bringIntoEffect(client, 'scale', scale, input, actor)
  }, trx)
}

export async function dropScale(input: DraftMove, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const scale = await scaleById(input.id, client)
    await dropDraft(client, 'scale', scale, input, actor, { valid_from: scale.validFrom })
  }, trx)
}

async function trialOf({ table, validFrom }: ScaleRow): Promise<ScaleTrial> {
  const now = await taxRulesOn(validFrom)
  const trial = { people: 0, missing: 0, beforeFen: 0, afterFen: 0, more: 0, less: 0 }
  for (const employmentType of PAY_CLASSES) {
    const book = await monthlyBook(employmentType, validFrom)
    const people = book ? await trialPeople(employmentType, validFrom) : []
    trial.people += people.length
    for (const { inputs, additionalFen } of people) {
      const { taxed, missing } = computeSlip(book!, now, {
        inputs,
        fixed: [],
        before: noTaxBefore(),
        additionalFen,
        apart: false,
      })
      if (missing.length > 0) {
        trial.missing += 1
        continue
      }
      const year = Array.from({ length: MONTHS }, () => taxed)
      const before = cumulativeTax({}, year, now.table, now.monthlyDeduction).tax
      const after = cumulativeTax({}, year, table, now.monthlyDeduction).tax
      trial.beforeFen += before
      trial.afterFen += after
      trial.more += Number(after > before)
      trial.less += Number(after < before)
    }
  }
  return trial
}

async function monthlyBook(employmentType: PayClass, date: string): Promise<Book | null> {
  const items = await itemsOn(date, 'monthly', employmentType)
  const parameters = await parametersOn(date)
  return items.length ? { items, ...bookOf(items, Object.keys(parameters.value)) } : null
}

const worded = (steps: readonly ScaleStep[]) =>
  steps.map(({ upTo, percent }) => `${upTo === null ? '∞' : upTo / 100}: ${percent}%`).join('; ')
