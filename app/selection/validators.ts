import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { NEXT_STEPS, OUTCOMES } from './actions/arrangements.js'
import { PROTECTIONS } from './domain/compensation.js'
import { TIE_KEYS } from './domain/rounds.js'

const id = () => vine.number().withoutDecimals().positive()
const count = () => vine.number().withoutDecimals().range([0, 100_000])
const days = () => vine.number().withoutDecimals().range([1, 60])
const document = () => vine.string().maxLength(120)
const text = (length = 500) => vine.string().trim().minLength(1).maxLength(length)
const NATURES = ['editorial', 'technical', 'commercial', 'administrative'] as const

const round = () => ({
  name: text(200),
  unit_id: id(),
  document_id: document(),
  previous_id: id().optional(),
  preferences_from: day(),
  preferences_until: day(),
  ranking_until: day(),
  publicity_days: days(),
  objection_days: days(),
  confirmation_days: days(),
  max_preferences: vine.number().withoutDecimals().range([1, 20]),
  tie_keys: vine.array(vine.enum(TIE_KEYS).nullable()).maxLength(TIE_KEYS.length).optional(),
})

export const roundValidator = vine.create(round())
export const roundEditValidator = vine.create({ version: id(), ...round() })

export const rescheduleValidator = vine.create({
  version: id(),
  preferences_until: day(),
  ranking_until: day(),
  reason: text(),
})

export const postValidator = vine.create({
  version: id(),
  post_id: id(),
  list_id: id().optional(),
  capacity: count(),
  minimum: count().optional(),
  natures: vine.array(vine.enum(NATURES)).minLength(1),
  requirements: vine.string().maxLength(500).optional(),
})

export const groupValidator = vine.create({
  version: id(),
  code: text(40),
  name: text(120),
  capacity: count(),
})

export const removalValidator = vine.create({ version: id(), id: id() })
export const scorerValidator = vine.create({ user_id: id(), weight: text(12) })
export const substituteValidator = vine.create({ scorer_id: id(), user_id: id(), reason: text() })
export const scorerRemovalValidator = vine.create({ scorer_id: id() })
export const peopleValidator = vine.create({
  version: id(),
  unit_ids: vine.array(id()).minLength(1),
})

export const scoresValidator = vine.create({
  version: id(),
  /** `scores[p<participant>]`: a number alone would be read as the place in a list. */
  scores: vine.record(
    vine.object({
      kind: vine.enum(['score', 'unacceptable', 'withdrawn'] as const),
      score: vine.string().maxLength(20).nullable().optional(),
      reason: vine.string().maxLength(500).nullable().optional(),
    })
  ),
})

export const versionValidator = vine.create({ version: id() })
export const commentValidator = vine.create({ version: id(), comment: text() })
export const answerValidator = vine.create({
  version: id(),
  comment: vine.string().trim().maxLength(500).optional(),
})
export const reasonValidator = vine.create({ reason: text() })

export const objectionValidator = vine.create({
  list_id: id().optional(),
  body: text(2_000),
})
export const rejectionValidator = vine.create({ version: id(), answer: text(2_000) })
export const acceptanceValidator = vine.create({
  version: id(),
  answer: text(2_000),
  list_id: id().optional(),
  score: vine.string().trim().maxLength(20).optional(),
  document_id: document(),
})

export const exceptionValidator = vine.create({
  post_id: id().optional(),
  reason: text(),
  document_id: document(),
})

export const reEngageValidator = vine.create({
  effective_on: day(),
  document_no: text(120),
  contract_until: day().optional(),
})

export const planValidator = vine.create({
  version: id(),
  owner_id: id(),
  next_step: vine.enum(NEXT_STEPS),
  due_on: day().optional(),
  note: vine.string().maxLength(500).optional(),
})
export const settleValidator = vine.create({
  version: id(),
  outcome: vine.enum(OUTCOMES),
  note: vine.string().maxLength(500).optional(),
})
export const endingValidator = vine.create({
  ends_on: day(),
  pay_for_notice: vine.boolean().optional(),
  protections: vine.array(vine.enum(PROTECTIONS)).optional(),
  reason: text(),
})
export const endingDecisionValidator = vine.create({
  version: id(),
  document_id: document().optional(),
})
export const noticeValidator = vine.create({ version: id(), served_on: day() })
