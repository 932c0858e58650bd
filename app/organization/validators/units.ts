import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { UNIT_CLASSES } from '../domain/codes.js'
import { UNIT_CHANGE_KINDS } from '../domain/unit_changes.js'
import { UNIT_NAME_KINDS } from '../domain/unit_names.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const classes = Object.keys(UNIT_CLASSES) as Array<keyof typeof UNIT_CLASSES>

const facts = () => ({
  rank: vine.string().maxLength(40).optional(),
  unit_class: vine.enum(classes).optional(),
  supervisor: vine.string().maxLength(120).optional(),
  parent_id: id().optional(),
})

export const versionValidator = vine.create({ version: id() })

export const unitValidator = vine.create({
  name: vine.string().maxLength(120),
  code: vine.string().maxLength(40).optional(),
  kind: vine.enum(['reform', 'external'] as const),
  valid_from: day(),
  document_id: document().optional(),
  ...facts(),
})

export const factsValidator = vine.create({
  valid_from: day(),
  document_id: document(),
  version: id(),
  ...facts(),
})

export const nameValidator = vine.create({
  name: vine.string().maxLength(120),
  kind: vine.enum(UNIT_NAME_KINDS),
  valid_from: day(),
  document_id: document().optional(),
})

export const nameEndValidator = vine.create({ valid_to: day() })

export const changeValidator = vine.create({
  kind: vine.enum(UNIT_CHANGE_KINDS),
  effective_on: day(),
  document_id: document(),
  reason: vine.string().maxLength(500).optional(),
  predecessor_ids: vine.array(id()).optional(),
  successor_ids: vine.array(id()).optional(),
})

export const executionValidator = vine.create({
  version: id(),
  settle: vine.record(vine.string().regex(/^(end|\d+)$/)).optional(),
})
