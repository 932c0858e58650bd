import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { EDUCATION_LEVELS } from './domain/requirements.js'
import { KINDS, TIE_KEYS } from './domain/rules.js'
import { STAGES } from './domain/sheets.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const text = (length: number) => vine.string().maxLength(length)
const small = (least: number, most: number) => vine.number().withoutDecimals().range([least, most])

export const planValidator = vine.create({
  version: id().optional(),
  title: text(200),
  kind: vine.enum(KINDS),
  unit_id: id(),
  document_id: document(),
  funding_type: vine.enum(['full', 'partial', 'self'] as const),
  apply_from: day(),
  apply_to: day(),
  tests_on: day().optional(),
  tests_place: text(200).optional(),
  written_weight: small(0, 90),
  open_ratio: small(1, 20),
  interview_ratio: small(0, 20),
  pass_score: text(6),
  drop_extremes: vine.boolean().optional(),
  tie_keys: vine.array(vine.enum(TIE_KEYS).nullable()).maxLength(TIE_KEYS.length).optional(),
  publicity_days: small(1, 30),
  min_years: small(0, 40),
  posts: vine
    .array(
      vine.object({
        id: id(),
        places: small(0, 500).optional(),
        min_education: vine.enum(EDUCATION_LEVELS).optional(),
        max_age: small(16, 70).optional(),
        requirements: text(500).optional(),
      })
    )
    .maxLength(300)
    .optional(),
})

export const moveValidator = vine.create({ version: id(), comment: text(500).optional() })
export const approveValidator = vine.create({ version: id(), document_id: document() })
export const settleValidator = vine.create({
  version: id(),
  places: small(0, 500),
  document_id: document().optional(),
})

export const applyValidator = vine.create({
  post_id: id(),
  name: text(80),
  identity_no: text(40),
  phone: text(40),
  email: vine.string().email().maxLength(120).optional(),
  education: vine.enum(EDUCATION_LEVELS),
  major: text(120).optional(),
  school: text(500),
  experience: text(4_000),
  relatives: text(500).optional(),
  agree: vine.literal(true),
})
export const ownApplyValidator = vine.create({
  post_id: id(),
  experience: text(4_000),
  relatives: text(500).optional(),
})
export const statusValidator = vine.create({ number: text(40), identity_no: text(40) })

export const reviewValidator = vine.create({
  version: id(),
  verdict: vine.enum(['qualify', 'reject'] as const),
  reason: text(500).optional(),
})
export const checkValidator = vine.create({
  version: id(),
  kind: vine.enum(['background', 'medical'] as const),
  result: vine.enum(['passed', 'failed'] as const),
  note: text(500).optional(),
})
export const dropValidator = vine.create({ version: id(), comment: text(500) })
export const hireValidator = vine.create({
  version: id(),
  contract_no: text(80),
  contract_to: day().optional(),
  effective_on: day(),
  grade: text(40),
})
export const unmaskValidator = vine.create({
  field: vine.enum(['identity', 'phone', 'email'] as const),
  reason: text(200),
})
export const extraValidator = vine.create({ version: id(), score: text(6) })
export const changeValidator = vine.create({
  stage: vine.enum(STAGES),
  score: text(6).optional(),
  absent: vine.boolean().optional(),
  reason: text(500),
  document_id: document(),
})
export const examinerValidator = vine.create({
  name: text(80),
  organization: text(120).optional(),
  person_id: id().optional(),
})
export const recusalValidator = vine.create({ examiner_id: id(), reason: text(500) })
export const scoresValidator = vine.create({
  scores: vine
    .array(vine.object({ id: id(), score: text(6).optional(), absent: vine.boolean().optional() }))
    .maxLength(5_000),
})
export const objectionValidator = vine.create({
  application_id: id().optional(),
  content: text(2_000),
})
