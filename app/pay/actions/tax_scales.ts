import { record } from '#audit/actions/record'
import type { ActiveGrant, Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  insertRow,
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
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
import { takeTaxTurn } from './take_tax_turn.js'
import { refuseAuthor } from './totals.js'

const MONTHS = 12
const refuse: Refuse = refusing('pay')

export interface ScaleInput {
  validFrom: string
  steps: ScaleStep[]
  documentId: number
}

/** Writes a draft of the tax table; who changes one is its author, and it has to be tried again. */
export async function saveScale(
  input: ScaleInput & { id?: number; version?: number },
  actor: Actor,
  trx?: Trx
): Promise<number> {
  if (!input.validFrom.endsWith('-01')) refuse('valid_from', 'scale_first_day')
  const { validFrom, steps, documentId } = input
  const values = {
    ...{ valid_from: validFrom, steps: JSON.stringify(steps), document_id: documentId },
  }
  return inTransaction(async (client) => {
    let id = input.id
    if (id) {
      await draftById(id, client)
      await updateVersioned(client, 'pay_tax_scales', id, input.version!, {
        ...{ ...values, prepared_by: actor.userId, trial: null },
      })
    } else {
      id = await insertRow(client, 'pay_tax_scales', {
        ...values,
        ...{ state: 'draft', prepared_by: actor.userId, version: 1, created_at: clock.now() },
      })
    }
    await write(client, actor, 'saved', id, { valid_from: validFrom, steps: worded(steps) })
    return id
  }, trx)
}

/** A year of real people's pay by the items of its day, taxed by the table in force and by this one. */
export async function tryScale(input: { id: number; version: number }, actor: Actor) {
  const scale = await draftById(input.id)
  const trial = await trialOf(scale)
  if (trial.people === 0) throw new DomainError('pay.errors.nobody_to_try')
  await inTransaction(async (trx) => {
    await updateVersioned(trx, 'pay_tax_scales', scale.id, input.version, {
      trial: JSON.stringify(trial),
    })
    await write(trx, actor, 'tried', scale.id, { people: trial.people, missing: trial.missing })
  })
  return trial
}

interface Decision {
  id: number
  version: number
  grant?: ActiveGrant | null
}

/**
 * Lets a tried draft count from its month on; another person than the one who wrote it. A month
 * that was paid keeps its table: the year is brought up to the new one by the months after it.
 */
export async function approveScale(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    await takeTaxTurn(client)
    const scale = await draftById(input.id, client)
    const { trial, validFrom } = scale
    refuseAuthor(scale.preparedBy, actor, input.grant)
    const item = validFrom
    if (!trial) throw new DomainError('pay.errors.not_tried', { item })
    if (trial.missing === trial.people) throw new DomainError('pay.errors.trial_failed', { item })
    const paid = await client
      .from('pay_runs')
      .whereIn('state', [...RELEASED])
      .where('pay_month', '>=', validFrom.slice(0, 7))
      .orderBy('pay_month', 'desc')
      .first()
    if (paid) throw new DomainError('pay.errors.scale_late', { month: paid.pay_month })
    await updateVersioned(client, 'pay_tax_scales', scale.id, input.version, {
      ...{ state: 'effective', decided_by: actor.userId },
    }).catch((error) => {
      if (isUniqueViolation(error)) throw new DomainError('pay.errors.scale_there')
      throw error
    })
    await write(client, actor, 'approved', scale.id, { valid_from: validFrom }, input.grant)
  }, trx)
}

/** Takes a draft away. */
export async function dropScale(input: Decision, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const scale = await draftById(input.id, client)
    await updateVersioned(client, 'pay_tax_scales', scale.id, input.version, { state: 'dropped' })
    await write(client, actor, 'dropped', scale.id, { valid_from: scale.validFrom })
  }, trx)
}

async function draftById(id: number, client?: Trx): Promise<ScaleRow> {
  const scale = await scaleById(id, client)
  if (scale.state !== 'draft') throw new DomainError('pay.errors.item_in_effect')
  return scale
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
        ...{ inputs, fixed: [], before: noTaxBefore(), additionalFen, apart: false },
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

function write(
  trx: Trx,
  actor: Actor,
  done: string,
  id: number,
  changes: Row,
  grant?: ActiveGrant | null
) {
  return record(trx, actor, {
    ...{ action: `pay.scale.${done}`, subjectType: 'pay_tax_scale', subjectId: id, changes, grant },
  })
}
