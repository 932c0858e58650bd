import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { CHOICES } from './actions/decide_conflict.js'
import { ITEM_KINDS, LINK_TYPES } from './domain/plan.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const text = () => vine.string().maxLength(500)
const days = () => vine.number().withoutDecimals().range([0, 2_000])

export const programmeValidator = vine.create({
  version: id().optional(),
  name: vine.string().maxLength(200),
  starts_on: day(),
  document_id: document().optional(),
  yellow_days: vine.number().withoutDecimals().range([0, 60]),
})

const item = () => ({
  number: vine.string().maxLength(20).optional(),
  name: vine.string().maxLength(200),
  kind: vine.enum(ITEM_KINDS),
  phase_id: id().optional(),
  lead_unit_id: id(),
  support_units: text().optional(),
  responsible_id: id().optional(),
  duration: days().optional(),
  not_before: day().optional(),
  deliverable: text().optional(),
  criteria: text().optional(),
  basis: vine.string().maxLength(60).optional(),
  fact_code: vine.string().maxLength(60).optional(),
})

export const itemValidator = vine.create(item())
export const itemEditValidator = vine.create({ version: id(), ...item() })

export const linkValidator = vine.create({
  from_id: id(),
  type: vine.enum(LINK_TYPES),
  lag: vine.number().withoutDecimals().range([-200, 200]).optional(),
})

export const fixedDateValidator = vine.create({
  version: id(),
  fixed_on: day().optional(),
  resolution_no: vine.string().maxLength(120),
  reason: text().optional(),
})

export const taskValidator = vine.create({ task_number: vine.string().maxLength(40) })

export const progressValidator = vine.create({
  version: id(),
  started_on: day().optional(),
  remaining_days: days().optional(),
  note: text().optional(),
})

export const evidenceValidator = vine.create({
  happened_on: day(),
  text: vine.string().maxLength(1_000),
  document_id: document().optional(),
})

export const moveValidator = vine.create({
  version: id(),
  comment: text().optional(),
})

export const dropValidator = vine.create({ version: id(), comment: text() })

export const conflictValidator = vine.create({
  choice: vine.enum(CHOICES),
  from_on: day().optional(),
  to_on: day().optional(),
  reason: text(),
  document_id: document().optional(),
})

export const baselineValidator = vine.create({
  name: vine.string().maxLength(120),
  reason: text(),
  document_id: document().optional(),
})

export const feedValidator = vine.create({
  name: vine.string().maxLength(120),
  unit_id: id().optional(),
})
