import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import {
  EDUCATIONS,
  POLITICAL_STATUSES,
  type Education,
  type PoliticalStatus,
} from '../domain/codes.js'
import { GRADES } from '#organization/domain/grades'

const text = (max: number) => vine.string().trim().maxLength(max)
const id = () => vine.number().positive().withoutDecimals()
const codes = <Code extends string>(table: Record<Code, unknown>) => Object.keys(table) as Code[]

const record = {
  name: text(60),
  identity_no: text(40).nullable().optional(),
  sex: vine
    .enum(['male', 'female'] as const)
    .nullable()
    .optional(),
  birth_on: day().nullable().optional(),
  phone: text(40).nullable().optional(),
  education: vine.enum(codes<Education>(EDUCATIONS)).nullable().optional(),
  political_status: vine.enum(codes<PoliticalStatus>(POLITICAL_STATUSES)).nullable().optional(),
  work_started_on: day().nullable().optional(),
  retirement_kind: vine
    .enum(['worker', 'cadre', 'senior'] as const)
    .nullable()
    .optional(),
  remark: text(500).nullable().optional(),
}

export const personValidator = vine.create({ ...record, external: vine.boolean().optional() })

export const correctionValidator = vine.create({
  ...record,
  version: id(),
  reason: text(500).minLength(2),
  document_no: text(120).nullable().optional(),
})

export const assignmentCorrectionValidator = vine.create({
  department_id: id().nullable().optional(),
  post_id: id().nullable().optional(),
  grade: vine.enum(GRADES).nullable().optional(),
  leader_post: vine.boolean().optional(),
  nature: vine.enum(['correction', 'change']).optional(),
  reason: text(500).minLength(2),
  document_no: text(120),
})

export const versionValidator = vine.create({ version: id() })

export const objectionValidator = vine.create({ version: id(), objection: text(500).minLength(2) })

export const answerValidator = vine.create({ version: id(), comment: text(500).minLength(2) })

export const unmaskValidator = vine.create({
  field: vine.enum(['identity', 'phone'] as const),
  reason: text(300).minLength(2),
})
