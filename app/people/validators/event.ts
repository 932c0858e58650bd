import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import {
  EMPLOYMENT_TYPES,
  FUNDING_TYPES,
  type EmploymentType,
  type FundingType,
} from '#organization/domain/codes'
import { GRADES } from '#organization/domain/grades'
import { DISMISSAL_BASES, EVENT_KINDS, LEAVE_TYPES } from '../domain/events.js'

const id = () => vine.number().positive().withoutDecimals().nullable().optional()
const codes = <Code extends string>(table: Record<Code, unknown>) => Object.keys(table) as Code[]

const fields = {
  unit_id: id(),
  effective_on: day(),
  until_on: day().nullable().optional(),
  document_no: vine.string().maxLength(120).nullable().optional(),
  reason: vine.string().maxLength(500).nullable().optional(),
  post_id: id(),
  employment_type: vine.enum(codes<EmploymentType>(EMPLOYMENT_TYPES)).nullable().optional(),
  funding_type: vine.enum(codes<FundingType>(FUNDING_TYPES)).nullable().optional(),
  grade: vine.enum(GRADES).nullable().optional(),
  leader_post: vine.boolean().optional(),
  quota_request_id: id(),
  allow_over: vine.boolean().optional(),
  deviates: vine.boolean().optional(),
  basis: vine.enum(DISMISSAL_BASES).nullable().optional(),
  destination: vine.string().maxLength(120).nullable().optional(),
  to_unit_id: id(),
  leave_type: vine.enum(LEAVE_TYPES).nullable().optional(),
  returns_from: id(),
}

export const eventValidator = vine.create({
  kind: vine.enum(EVENT_KINDS),
  person_id: vine.number().positive(),
  ...fields,
})

export const eventRevisionValidator = vine.create({
  version: vine.number().positive(),
  ...fields,
})

export const eventMoveValidator = vine.create({
  version: vine.number().positive(),
  comment: vine.string().maxLength(500).nullable().optional(),
})
