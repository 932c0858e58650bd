import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { BANK_COLUMNS } from './documents/bank_file.js'
import { SETTLEMENT_WAYS } from './domain/differences.js'
import { SIDES, TREATMENTS } from './domain/items.js'
import { ITEM_RUN_KINDS, PAY_CLASSES, RUN_KINDS, TOTAL_PARTS } from './domain/runs.js'
import { fenOf } from './forms.js'
import { UNITS } from './domain/rules.js'
import { BONUS_WAYS, DEDUCTION_WAYS } from './domain/tax.js'

const id = () => vine.number().withoutDecimals().positive()
const month = () => vine.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const document = () => vine.string().maxLength(120)
const amount = () => vine.string().maxLength(30)
const text = (length: number) => vine.string().trim().maxLength(length)

export const versionValidator = vine.create({ version: id() })
export const commentValidator = vine.create({ version: id(), comment: text(500) })
export const optionalCommentValidator = vine.create({
  version: id(),
  comment: text(500).optional(),
})

export const totalValidator = vine.create({
  unit_id: id(),
  year: vine.number().withoutDecimals().range([2000, 2100]),
  employment_type: vine.enum(PAY_CLASSES),
  headcount: id().optional(),
  basic: amount(),
  incentive: amount(),
  document_id: document(),
  reason: text(500).optional(),
})

export const allotmentValidator = vine.create({
  part: vine.enum(TOTAL_PARTS),
  month_from: month(),
  month_to: month(),
  amount: amount(),
  document_id: document(),
})

export const methodValidator = vine.create({
  valid_from: day(),
  document_id: document(),
  congress_on: day(),
  meeting_on: day(),
  supervision_on: day(),
  supervision_document_no: text(120),
  publicity_from: day(),
  publicity_to: day(),
})

export const taxFilingValidator = vine.create({
  reason: vine.string().trim().minLength(2).maxLength(200),
})

export const withdrawalValidator = vine.create({ reason: text(500) })

const item = () => ({
  code: vine.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  name: text(40),
  run_kind: vine.enum(ITEM_RUN_KINDS),
  employment_type: vine.enum(PAY_CLASSES).optional(),
  side: vine.enum(SIDES),
  tax: vine.enum(TREATMENTS),
  draws_on: vine.enum(TOTAL_PARTS).optional(),
  formula: text(2_000),
  order_no: vine.number().withoutDecimals().range([1, 7_999]),
  valid_from: day(),
  document_id: document(),
})
export const itemValidator = vine.create(item())
export const itemEditValidator = vine.create({ version: id(), ...item() })
export const standardItemsValidator = vine.create({
  employment_type: vine.enum(PAY_CLASSES),
  valid_from: day(),
  document_id: document(),
})

const dated = () => ({ valid_from: day(), document_no: text(120) })
const count = (from: number, to: number) => vine.number().withoutDecimals().range([from, to])

const parametersValidator = vine.create({
  ...dated(),
  values: vine.record(vine.string().maxLength(30).nullable()).optional(),
  new_name: text(40).optional(),
  new_value: vine.string().maxLength(30).optional(),
  new_unit: vine.enum(UNITS).optional(),
})
const payRulesValidator = vine.create({
  ...dated(),
  objection_days: count(1, 60),
  recovery_floor: amount(),
  change_percent: count(1, 100),
})
const bankValidator = vine.create({
  ...dated(),
  format_name: text(60),
  separator: vine.enum(['|', ',', 'tab'] as const),
  line_end: vine.enum(['crlf', 'lf'] as const),
  columns: vine.array(vine.enum(BANK_COLUMNS)).minLength(2),
  header: vine.boolean().optional(),
  summary: vine.boolean().optional(),
})
const equalValidator = vine.create({
  ...dated(),
  minimum_group: count(3, 100),
  gap_percent: count(1, 50),
  alpha: vine.enum(['0.01', '0.05', '0.1'] as const),
})
const taxValidator = vine.create({
  ...dated(),
  monthly_deduction: amount(),
  apart_until: month(),
})

/** One a group of rules. */
export const ruleValidators = {
  parameters: parametersValidator,
  rules: payRulesValidator,
  bank: bankValidator,
  equal: equalValidator,
  tax: taxValidator,
}

const typed = () => vine.array(vine.string().maxLength(20).nullable()).maxLength(40)
const scale = () => ({
  valid_from: day(),
  document_id: document(),
  bounds: typed(),
  percents: typed(),
})
export const scaleValidator = vine.create(scale())
export const scaleEditValidator = vine.create({ version: id(), ...scale() })

export const baseValidator = vine.create({
  based_on: id().optional(),
  valid_from: day(),
  step: vine.number().withoutDecimals().range([1, 65]).optional(),
  pension_base: amount().optional(),
  housing_base: amount().optional(),
  allowance: amount().optional(),
  additional: amount().optional(),
  leader: vine.boolean().optional(),
  deduction_way: vine.enum(DEDUCTION_WAYS),
  bonus_tax: vine.enum(BONUS_WAYS),
  account: vine.string().maxLength(40).optional(),
  reason: text(500),
})

export const runValidator = vine.create({
  kind: vine.enum(RUN_KINDS),
  unit_id: id(),
  employment_type: vine.enum(PAY_CLASSES),
  month_from: month(),
  month_to: month(),
  pay_month: month(),
  title: text(200),
  allotment_id: id().optional(),
  cycle_id: id().optional(),
})

export const distributionValidator = vine.create({
  version: id(),
  score_formula: text(500),
  weight_formula: text(500),
  front_line_tilt: vine.string().regex(/^\d{1,2}(\.\d{1,4})?$/),
  floor: amount().optional(),
  cap: amount().optional(),
  pool: amount().optional(),
})

export const leaderValidator = vine.create({
  person_id: id(),
  amount: amount(),
  document_id: document(),
})

export const asideValidator = vine.create({
  version: id(),
  reason: text(500),
  keptFen: amount()
    .transform((yuan) => fenOf(yuan, 'keptFen'))
    .optional(),
})
export const answerValidator = vine.create({ version: id(), text: text(500) })
export const paymentValidator = vine.create({ note: text(200) })
/** What every reader of PDF can be given by keyboard; a file takes no other than prepared text. */
const keyboard = vine.createRule((value, _, field) => {
  if (!/^[\x20-\x7e]*$/.test(String(value))) field.report('{{ field }}', 'keyboard', field)
})
export const passwordValidator = vine.create({
  password: vine.string().minLength(6).maxLength(60).use(keyboard()).optional(),
})

export const changesValidator = vine.create({
  version: id(),
  instalments: vine.number().withoutDecimals().range([1, 36]).optional(),
})

export const settlementValidator = vine.create({
  way: vine.enum(SETTLEMENT_WAYS),
  amount: amount(),
  settled_on: day(),
  document_id: document(),
  reason: text(500),
})

export const differenceValidator = vine.create({
  slip_id: id().optional(),
  person_id: id(),
  item_name: text(40),
  fact: text(500),
  amount: amount(),
  instalment: amount().optional(),
  document_id: document().optional(),
})
