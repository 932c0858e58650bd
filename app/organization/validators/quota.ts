import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { FUNDING_TYPES, POST_CATEGORIES } from '../domain/codes.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const seats = () => vine.number().withoutDecimals().min(1).max(100_000)
const codes = <Code extends string>(table: Record<Code, unknown>) => Object.keys(table) as Code[]
const cell = () => ({
  unit_id: id(),
  funding_type: vine.enum(codes(FUNDING_TYPES)),
  category: vine.enum(codes(POST_CATEGORIES)),
  quantity: seats(),
})

/** Movements that 编办 enters by hand; all others come from the acts that they belong to. */
export const MANUAL_MOVEMENTS = ['opening', 'pool', 'issue', 'reclassification'] as const
export type ManualMovement = (typeof MANUAL_MOVEMENTS)[number]

export const movementValidator = vine.create({
  kind: vine.enum(MANUAL_MOVEMENTS),
  unit_id: id().optional(),
  funding_type: vine.enum(codes(FUNDING_TYPES)),
  category: vine.enum(codes(POST_CATEGORIES)),
  to_category: vine.enum(codes(POST_CATEGORIES)).optional(),
  quantity: seats(),
  effective_on: day(),
  document_id: document(),
  reason: vine.string().maxLength(500).optional(),
})

export const exceptionValidator = vine.create({
  ...cell(),
  reason: vine.string().maxLength(500),
  document_id: document(),
})

export const requestValidator = vine.create({
  ...cell(),
  post_id: id().optional(),
  reason: vine.string().maxLength(500),
  expires_on: day(),
})

export const requestEditValidator = vine.create({
  version: id(),
  ...cell(),
  post_id: id().optional(),
  reason: vine.string().maxLength(500),
  expires_on: day(),
})

export const approvalValidator = vine.create({ version: id(), document_id: document() })

export const commentValidator = vine.create({
  version: id(),
  comment: vine.string().maxLength(500),
})

export const versionValidator = vine.create({ version: id() })
