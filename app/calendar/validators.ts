import vine from '@vinejs/vine'

export const dayValidator = vine.create({
  kind: vine.enum(['holiday', 'workday', 'plain'] as const),
  name: vine.string().maxLength(60).optional().requiredWhen('kind', '!=', 'plain'),
  reason: vine.string().maxLength(200),
})

export const yearValidator = vine.create({
  version: vine.number().withoutDecimals().positive(),
  source: vine.string().maxLength(120),
})
