import vine from '@vinejs/vine'

const version = () => vine.number().withoutDecimals().positive()

export const mappingValidator = vine.create({
  version: version(),
  as_of: vine.string().maxLength(10).optional(),
})

export const moveValidator = vine.create({
  version: version(),
  confirmed: vine.boolean().optional(),
})
