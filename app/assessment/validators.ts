import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { KINDS } from './domain/moves.js'
import { RULES } from './domain/scoring.js'

const id = () => vine.number().withoutDecimals().positive()
const figure = () => vine.string().maxLength(30)
const document = () => vine.string().maxLength(120)

const sheet = () => ({
  title: vine.string().maxLength(200),
  valid_from: day(),
  yellow_points: figure(),
  red_points: figure(),
})

export const sheetValidator = vine.create({
  ...sheet(),
  kind: vine.enum(KINDS),
  from: id().optional(),
})
export const sheetEditValidator = vine.create({ version: id(), ...sheet() })
export const adoptValidator = vine.create({ version: id(), document_id: document() })

const indicator = () => ({
  name: vine.string().maxLength(200),
  source: vine.string().maxLength(60),
  rule: vine.enum(RULES),
  target: figure(),
  measured_in: vine.string().maxLength(20),
  weight: figure(),
  standard: vine.string().maxLength(500).optional(),
})
export const indicatorValidator = vine.create(indicator())
export const indicatorEditValidator = vine.create({ version: id(), ...indicator() })

export const openValidator = vine.create({
  kind: vine.enum(KINDS),
  year: vine.number().withoutDecimals().range([2000, 2100]),
  quarter: vine.number().withoutDecimals().range([1, 4]),
  unit_ids: vine.array(id()).minLength(1).maxLength(200),
})

export const valuesValidator = vine.create({
  version: id(),
  values: vine
    .array(
      vine.object({
        indicator_id: id(),
        actual: figure().optional(),
        not_applicable: vine.boolean().optional(),
        origin: vine.string().maxLength(200).optional(),
        evidence: vine.string().maxLength(1000).optional(),
        document: document().optional(),
      })
    )
    .maxLength(60),
})

export const summaryValidator = vine.create({
  version: id(),
  summary: vine.string().maxLength(4_000),
})
export const commentValidator = vine.create({
  version: id(),
  comment: vine.string().maxLength(500),
})
export const versionValidator = vine.create({ version: id() })
export const reasonValidator = vine.create({ comment: vine.string().maxLength(500) })
