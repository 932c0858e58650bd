import vine from '@vinejs/vine'
import { day } from '#shared/validation'

const version = () => vine.number().withoutDecimals().positive()

export const proposalValidator = vine.create({
  version: version(),
  document_id: vine.string().maxLength(120),
  effective_on: day().optional(),
  reason: vine.string().maxLength(500).optional(),
})

export const replacementValidator = vine.create({
  document_id: vine.string().maxLength(120),
  effective_on: day().optional(),
  reason: vine.string().maxLength(500),
})

export const versionValidator = vine.create({ version: version() })

export const returnValidator = vine.create({
  version: version(),
  comment: vine.string().maxLength(500),
})

export const documentValidator = vine.create({
  document_no: vine.string().maxLength(120),
  title: vine.string().maxLength(200),
  issuer: vine.string().maxLength(120).optional(),
  issued_on: day().optional(),
})

export const documentEditValidator = vine.create({
  version: version(),
  title: vine.string().maxLength(200),
  issuer: vine.string().maxLength(120).optional(),
  issued_on: day().optional(),
})
