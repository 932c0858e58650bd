import vine from '@vinejs/vine'

export const distinctionValidator = vine.create({
  first_id: vine.number().positive().withoutDecimals(),
  second_id: vine.number().positive().withoutDecimals(),
  reason: vine.string().trim().minLength(2).maxLength(500),
})

export const mergeValidator = vine.create({
  kept_id: vine.number().positive().withoutDecimals(),
  merged_id: vine.number().positive().withoutDecimals(),
  reason: vine.string().trim().minLength(2).maxLength(500),
})
