import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { MOVEMENT_KINDS } from './domain/movements.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const amount = () => vine.string().maxLength(30)

export const fundValidator = vine.create({
  code: vine.string().maxLength(40),
  name: vine.string().maxLength(200),
  source: vine.string().maxLength(200),
  year: vine.number().withoutDecimals().range([2000, 2100]),
  unit_id: id(),
  document_id: document(),
  /** One budget line a line of text. */
  lines: vine.string().maxLength(4_000),
})

export const lineValidator = vine.create({ version: id(), name: vine.string().maxLength(200) })

const movement = () => ({
  line_id: id(),
  kind: vine.enum(MOVEMENT_KINDS),
  amount: amount(),
  take_back: vine.boolean().optional(),
  commitment_id: id().optional(),
  project_id: id().optional(),
  payee: vine.string().maxLength(200).optional(),
  purpose: vine.string().maxLength(500),
  document_id: document(),
  happens_on: day(),
})

export const movementValidator = vine.create(movement())
export const mendValidator = vine.create({ version: id(), ...movement() })

const project = () => ({
  name: vine.string().maxLength(200),
  content: vine.string().maxLength(500),
  estimate: amount(),
  work_item_id: id().optional(),
})

export const projectValidator = vine.create({ ...project(), unit_id: id(), authority_id: id() })
export const projectEditValidator = vine.create({ version: id(), ...project() })

export const stepValidator = vine.create({
  version: id(),
  on: day(),
  document_id: document().optional(),
  comment: vine.string().maxLength(500).optional(),
})

export const commentValidator = vine.create({
  version: id(),
  comment: vine.string().maxLength(500),
})

export const versionValidator = vine.create({ version: id() })
