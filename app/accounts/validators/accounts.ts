import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { ROLES, SCOPES } from '#shared/actor'

export const signInValidator = vine.create({
  username: vine.string().maxLength(60),
  password: vine.string().maxLength(200),
})

export const codeValidator = vine.create({ code: vine.string().maxLength(20) })

export const passwordValidator = vine.create({
  current_password: vine.string().maxLength(200),
  password: vine.string().maxLength(200).confirmed(),
})

export const issueValidator = vine.create({
  person_ids: vine.array(vine.number().positive()).minLength(1).maxLength(200),
})

export const versionValidator = vine.create({ version: vine.number().positive() })

export const userStateValidator = vine.create({
  version: vine.number().positive(),
  state: vine.enum(['active', 'disabled'] as const),
})

export const grantValidator = vine.create({
  user_id: vine.number().positive(),
  role: vine.enum(ROLES),
  scope: vine.enum(SCOPES),
  unit_id: vine.number().positive().nullable().optional(),
  department_id: vine.number().positive().nullable().optional(),
  case_key: vine.string().maxLength(60).nullable().optional(),
  valid_from: day(),
  valid_to: day().nullable().optional(),
  reason: vine.string().maxLength(300),
})

export const decisionValidator = vine.create({
  version: vine.number().positive(),
  approve: vine.boolean(),
})

export const delegationValidator = vine.create({
  to_user_id: vine.number().positive(),
  role: vine.enum(ROLES),
  from: day(),
  through: day(),
  reason: vine.string().maxLength(300),
})

export const emailValidator = vine.create({
  email: vine.string().email().maxLength(120).nullable().optional(),
})
