import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { FUNDING_ORDER, CATEGORY_ORDER } from '#organization/domain/codes'

const version = () => vine.number().withoutDecimals().positive()
const id = () => vine.number().withoutDecimals().positive()
const flag = () => vine.boolean().optional()

/** A post by its id, a department alone as `d` and its id, 0: neither. */
const place = () => vine.string().regex(/^d?\d{1,9}$/)

export const batchValidator = vine.create({
  title: vine.string().trim().maxLength(200),
  document_no: vine.string().trim().maxLength(120).optional(),
  effective_on: day(),
  reason: vine.string().maxLength(500).optional(),
})

export const batchEditValidator = vine.create({
  version: version(),
  title: vine.string().trim().maxLength(200),
  document_no: vine.string().trim().maxLength(120).optional(),
  effective_on: day(),
  reason: vine.string().maxLength(500).optional(),
})

export const ruleValidator = vine.create({
  version: version(),
  from_unit_ids: vine.array(id()).minLength(1),
  to_unit_id: id(),
  employment_type: vine.enum(['establishment', 'contract', 'enterprise']),
  with_quota: flag(),
  vacant_seats: flag(),
})

export const listValidator = vine.create({
  version: version(),
  to_unit_id: id(),
  with_quota: flag(),
  people: vine.string().maxLength(200_000),
})

export const seatsValidator = vine.create({
  version: version(),
  from_unit_id: id(),
  to_unit_id: id(),
  funding_type: vine.enum([...FUNDING_ORDER]),
  category: vine.enum([...CATEGORY_ORDER]),
  quantity: vine.number().withoutDecimals().range([1, 10_000]),
})

export const targetsValidator = vine.create({
  version: version(),
  lines: vine.array(vine.object({ id: id(), place: place(), was: place().nullable() })),
})

export const removalValidator = vine.create({
  version: version(),
  line_ids: vine.array(id()).minLength(1),
})

export const versionValidator = vine.create({ version: version() })

export const reasonValidator = vine.create({
  version: version(),
  comment: vine.string().trim().minLength(1).maxLength(500),
})

export const signatureValidator = vine.create({
  version: version(),
  comment: vine.string().trim().maxLength(500).optional(),
})

export const unmaskedPaperValidator = vine.create({
  paper: vine.string().maxLength(20),
  format: vine.enum(['pdf', 'xlsx']),
  reason: vine.string().trim().minLength(2).maxLength(200),
})
