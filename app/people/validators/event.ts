import vine from '@vinejs/vine'
import { EMPLOYMENT_TYPES, FUNDING_TYPES } from '#organization/domain/codes'
import { GRADES } from '#organization/domain/grades'
import { DISMISSAL_BASES, EVENT_KINDS, LEAVE_TYPES } from '../domain/events.js'

const civil = () => vine.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const id = () => vine.number().positive().withoutDecimals().nullable().optional()

export const eventValidator = vine.create({
  kind: vine.enum(EVENT_KINDS),
  person_id: vine.number().positive(),
  unit_id: id(),
  effective_on: civil(),
  until_on: civil().nullable().optional(),
  document_no: vine.string().maxLength(120).nullable().optional(),
  reason: vine.string().maxLength(500).nullable().optional(),
  post_id: id(),
  employment_type: vine.enum(Object.keys(EMPLOYMENT_TYPES)).nullable().optional(),
  funding_type: vine.enum(Object.keys(FUNDING_TYPES)).nullable().optional(),
  grade: vine.enum(GRADES).nullable().optional(),
  quota_request_id: id(),
  deviates: vine.boolean().optional(),
  basis: vine.enum(DISMISSAL_BASES).nullable().optional(),
  destination: vine.string().maxLength(120).nullable().optional(),
  to_unit_id: id(),
  leave_type: vine.enum(LEAVE_TYPES).nullable().optional(),
  returns_from: id(),
})

export const eventMoveValidator = vine.create({
  version: vine.number().positive(),
  comment: vine.string().maxLength(500).nullable().optional(),
})
