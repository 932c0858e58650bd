import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { ASSET_CATEGORIES, CONDITIONS, COUNT_RESULTS, PURPOSES, SIDES } from './domain/assets.js'
import { RULES } from './domain/rules.js'
import { DAILY_CATEGORIES, SPENDING_CATEGORIES } from './domain/spending.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const amount = () => vine.string().maxLength(30)
const text = (length: number) => vine.string().maxLength(length)
const count = (least: number, most: number) => vine.number().withoutDecimals().range([least, most])

export const versionValidator = vine.create({ version: id() })
export const commentValidator = vine.create({ version: id(), comment: text(500) })

export const declareValidator = vine.create({
  /** Numbers of documents, one a line. */
  documents: text(2_000).optional(),
})
export const documentValidator = vine.create({ version: id(), document_id: document() })
export const ruleValidator = vine.create({
  version: id(),
  rule: vine.enum(RULES),
  from: day(),
  to: day(),
  document_id: document(),
  reason: text(500).minLength(2),
})
export const watchValidator = vine.create({
  version: id(),
  near_percent: count(50, 100),
  near_days: count(1, 90),
  near_count: count(2, 50),
  burst_days: count(3, 90),
  burst_percent: count(101, 1_000),
})

export const exemptionValidator = vine.create({
  rule: vine.enum(RULES),
  unit_id: id(),
  person_id: id().optional(),
  what: text(500).minLength(2),
  why: text(500).minLength(2),
  document_id: document(),
  until_on: day(),
  amount: amount().optional(),
})

export const spendingValidator = vine.create({
  unit_id: id(),
  category: vine.enum(SPENDING_CATEGORIES),
  payee: text(200),
  amount: amount(),
  purpose: text(500),
  voucher_no: text(60),
  spent_on: day(),
  document_id: document().optional(),
})
export const correctionValidator = vine.create({ version: id(), comment: text(500).minLength(2) })
export const limitValidator = vine.create({
  category: vine.enum(DAILY_CATEGORIES),
  single: amount(),
  month: amount(),
  valid_from: day(),
  document_id: document(),
})

const asset = () => ({
  name: text(200),
  category: vine.enum(ASSET_CATEGORIES),
  model: text(200).optional(),
  custodian: text(120).optional(),
  place: text(200).optional(),
  purpose: vine.enum(PURPOSES),
  condition: vine.enum(CONDITIONS),
  acquired_on: day().optional(),
  original: amount(),
  net: amount(),
})
export const assetValidator = vine.create({
  ...asset(),
  code: text(60),
  unit_id: id(),
  document_id: document().optional(),
})
export const assetEditValidator = vine.create({
  ...asset(),
  version: id(),
  nature: vine.enum(['change', 'correction']),
  reason: text(500).minLength(2),
  document_id: document().optional(),
})
export const disposalValidator = vine.create({
  version: id(),
  ground: vine.enum(['disposal', 'court_order']),
  reason: text(500).minLength(2),
  document_id: document(),
})

export const countValidator = vine.create({
  unit_id: id(),
  as_of: day(),
  document_id: document().optional(),
})
export const countLinesValidator = vine.create({
  lines: vine
    .array(
      vine.object({
        id: id(),
        version: id(),
        result: vine.enum(COUNT_RESULTS.filter((result) => result !== 'surplus')),
        place: text(200).optional(),
        custodian: text(120).optional(),
        purpose: vine.enum(PURPOSES).optional(),
        condition: vine.enum(CONDITIONS).optional(),
        explanation: text(500).optional(),
      })
    )
    .maxLength(200),
})
export const surplusValidator = vine.create({
  name: text(200),
  category: vine.enum(ASSET_CATEGORIES),
  original: amount(),
  net: amount(),
  place: text(200).optional(),
  custodian: text(120).optional(),
  purpose: vine.enum(PURPOSES),
  condition: vine.enum(CONDITIONS),
  explanation: text(500).minLength(2),
})

export const divestitureValidator = vine.create({
  title: text(200),
  from_unit_ids: vine.array(id()).minLength(1).maxLength(20),
  centre_id: id(),
  company_id: id(),
  effective_on: day(),
  document_id: document(),
})
export const sidesValidator = vine.create({
  version: id(),
  lines: vine
    .array(vine.object({ id: id(), side: vine.enum(SIDES), reason: text(200).optional() }))
    .maxLength(200),
})
