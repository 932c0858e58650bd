import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import {
  CYCLE_KINDS,
  INDICATOR_KINDS,
  INDICATOR_SOURCES,
  LEAST_GROUP,
  RATINGS,
  SCORER_ROLES,
} from './domain/codes.js'

const id = () => vine.number().withoutDecimals().positive()
const document = () => vine.string().maxLength(120)
const natures = ['editorial', 'technical', 'commercial', 'administrative'] as const
const categories = ['management', 'professional', 'support'] as const
const employments = ['establishment', 'contract'] as const

export const cycleValidator = vine.create({
  kind: vine.enum(CYCLE_KINDS),
  date: day(),
  unit_id: id(),
  unit_ids: vine.array(id()).optional(),
  title: vine.string().maxLength(200).optional(),
  document_id: document(),
  score_by: day().optional(),
  minimum_group: vine.number().withoutDecimals().range([LEAST_GROUP, 50]),
  appeal_days: vine.number().withoutDecimals().range([1, 90]),
  rate: vine.enum(['2000', '2500', '1500'] as const),
  rate_document_id: document().optional(),
})

export const versionValidator = vine.create({ version: id() })

export const resolveValidator = vine.create({
  version: id(),
  document_id: document(),
  comment: vine.string().maxLength(500).optional(),
})

export const scorerValidator = vine.create({
  user_id: id(),
  role: vine.enum(SCORER_ROLES),
  department_id: id().optional(),
  unit_id: id().optional(),
})

/** `scores[c<card>][i<indicator>]`; a blank cell comes as null. */
export const scoringValidator = vine.create({
  scores: vine.record(vine.record(vine.string().maxLength(20).nullable())).optional(),
  versions: vine.record(vine.string().maxLength(12).nullable()).optional(),
})

export const rowScoringValidator = vine.create({
  scores: vine.record(vine.string().maxLength(20).nullable()).optional(),
  version: vine.number().withoutDecimals().positive().optional(),
})

export const ratingValidator = vine.create({
  version: id(),
  rating: vine.enum(RATINGS).optional(),
  reason: vine.string().maxLength(500).optional(),
})

export const calibrationValidator = vine.create({
  version: id(),
  score: vine.string().maxLength(20),
  reason: vine.string().maxLength(500),
})

export const correctionValidator = vine.create({
  version: id(),
  score: vine.string().maxLength(20).optional(),
  rating: vine.enum(RATINGS).optional(),
  /** `values[i<indicator>]`: a figure of the card. */
  values: vine.record(vine.string().maxLength(20).nullable()).optional(),
  reason: vine.string().maxLength(500),
  document_id: document(),
})

export const commentValidator = vine.create({
  version: id().optional(),
  comment: vine.string().maxLength(500),
})

export const leaderValidator = vine.create({
  version: id(),
  leader: vine.boolean(),
  document_id: document(),
})

export const selfReportValidator = vine.create({
  version: id(),
  text: vine.string().maxLength(4_000),
})

export const signValidator = vine.create({
  version: id(),
  agreed: vine.enum(['yes', 'no'] as const),
  comment: vine.string().maxLength(500).optional(),
})

export const appealValidator = vine.create({ reason: vine.string().maxLength(1_000) })

export const objectionValidator = vine.create({
  reason: vine.string().maxLength(1_000),
  raised_by: vine.string().maxLength(60),
})

export const answerValidator = vine.create({
  version: id(),
  uphold: vine.enum(['yes', 'no'] as const),
  rating: vine.enum(RATINGS).optional(),
  answer: vine.string().maxLength(1_000),
})

export const consequenceValidator = vine.create({
  accepted: vine.enum(['yes', 'no'] as const),
  document_id: document(),
  reason: vine.string().maxLength(500).optional(),
})

export const indicatorValidator = vine.create({
  code: vine.string().maxLength(40),
  name: vine.string().maxLength(60),
  kind: vine.enum(INDICATOR_KINDS),
  measure: vine.string().maxLength(20),
  source: vine.enum(INDICATOR_SOURCES),
  formula: vine.string().maxLength(2_000).optional(),
  valid_from: day(),
  document_id: document(),
})

export const formulaValidator = vine.create({
  version: id(),
  formula: vine.string().maxLength(2_000).optional(),
  valid_from: day(),
  document_id: document(),
})

export const schemeValidator = vine.create({
  code: vine.string().maxLength(40).optional(),
  name: vine.string().maxLength(120),
  unit_id: id(),
  cycle_kind: vine.enum(CYCLE_KINDS),
  nature: vine.enum(natures).optional(),
  category: vine.enum(categories).optional(),
  employment_type: vine.enum(employments).optional(),
  formula: vine.string().maxLength(2_000),
  front_line_tilt: vine.string().maxLength(12),
  manager_weight: vine.string().maxLength(10),
  peer_weight: vine.string().maxLength(10),
  service_weight: vine.string().maxLength(10),
  valid_from: day(),
  document_id: document(),
  /** Indicator id → per cent; a blank one is not in the scheme. */
  weights: vine.record(vine.string().maxLength(10).nullable()),
})

export const pointsValidator = vine.create({
  person_id: id(),
  kind: vine.string().maxLength(40),
  piece: vine.string().maxLength(200),
  points: vine.string().maxLength(20),
  worked_on: day(),
  key: vine.string().maxLength(120),
})

export const reasonValidator = vine.create({ comment: vine.string().maxLength(500) })

export const evaluationValidator = vine.create({
  responsibility: id(),
  skill: id(),
  effort: id(),
  conditions: id(),
  contribution: id(),
  valid_from: day(),
  document_id: document(),
})
