import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { EMPLOYMENT_TYPES, POST_CATEGORIES, POST_NATURES } from '../domain/codes.js'
import { GRADES } from '../domain/grades.js'

const id = () => vine.number().withoutDecimals().positive()
const decimal = () => vine.string().regex(/^\d{1,3}(\.\d{1,4})?$/)
const codes = <Code extends string>(table: Record<Code, unknown>) => Object.keys(table) as Code[]

export const departmentValidator = vine.create({
  name: vine.string().maxLength(120),
  front_line: vine.accepted().optional(),
  weight: decimal().optional(),
  valid_from: day(),
})

export const departmentEditValidator = vine.create({
  version: id(),
  name: vine.string().maxLength(120),
  front_line: vine.accepted().optional(),
  weight: decimal().optional(),
})

const post = () => ({
  department_id: id(),
  code: vine.string().maxLength(40).optional(),
  name: vine.string().maxLength(120),
  nature: vine.enum(codes(POST_NATURES)),
  category: vine.enum(codes(POST_CATEGORIES)).optional(),
  grade_top: vine.enum(GRADES).optional(),
  grade_bottom: vine.enum(GRADES).optional(),
  employment_type: vine.enum(codes(EMPLOYMENT_TYPES)).optional(),
  headcount: vine.number().withoutDecimals().min(0).max(100_000).optional(),
  coefficient: decimal().optional(),
  front_line: vine.accepted().optional(),
  maps_from: vine.string().maxLength(120).optional(),
  requirements: vine.string().maxLength(200).optional(),
})

export const postValidator = vine.create({ ...post(), valid_from: day() })

export const postEditValidator = vine.create({ ...post(), version: id() })
