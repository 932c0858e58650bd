import vine from '@vinejs/vine'
import { day } from '#shared/validation'
import { ATTENDANCE, QUORUMS, SEAT_ROLES } from './domain/bodies.js'
import { RHYTHMS } from './domain/tasks.js'

const id = () => vine.number().withoutDecimals().positive()
const text = (length: number) => vine.string().maxLength(length)
const comment = () => ({ version: id(), comment: text(500) })

export const versionValidator = vine.create({ version: id() })
export const commentValidator = vine.create(comment())
export const remarkValidator = vine.create({ version: id(), comment: text(500).optional() })

export const bodyValidator = vine.create({
  version: id(),
  name: text(120),
  quorum: vine.enum(QUORUMS),
  minutes_mark: text(40),
})
export const seatValidator = vine.create({
  role: vine.enum(SEAT_ROLES),
  title: text(120).optional(),
  unit_id: id().optional(),
  valid_from: day(),
})
export const seatEndValidator = vine.create({ version: id(), on: day() })
/** An account, or a name for who has none; neither: the post is vacant from that day. */
export const holderValidator = vine.create({
  user_id: id().optional(),
  name: text(60).optional(),
  from: day(),
})
export const headValidator = vine.create({
  unit_id: id(),
  user_id: id().optional(),
  name: text(60).optional(),
  from: day(),
})

const meeting = () => ({
  title: text(200),
  held_on: day(),
  starts_at: vine.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  place: text(120),
  observers: text(500).optional(),
})
export const meetingValidator = vine.create({ body_id: id(), ...meeting() })
export const meetingEditValidator = vine.create({ version: id(), ...meeting() })
export const itemValidator = vine.create({ title: text(300), unit_id: id().optional() })
export const attendanceValidator = vine.create({
  version: id(),
  seats: vine.array(
    vine.object({
      id: id(),
      state: vine.enum(ATTENDANCE),
      substitute: text(120).optional(),
      reason: text(200).optional(),
    })
  ),
})
export const minutesValidator = vine.create({
  version: id(),
  minutes: text(20_000),
  observers: text(500).optional(),
})
export const resolutionValidator = vine.create({
  content: text(1000),
  lead_unit_id: id().optional(),
  due_on: day().optional(),
  decision_id: id().optional(),
})
export const resolutionTaskValidator = vine.create({
  lead_unit_id: id(),
  due_on: day().optional(),
  rhythm: vine.enum(RHYTHMS).optional(),
})

const task = () => ({
  title: text(500),
  body_id: id().optional(),
  lead_unit_id: id(),
  due_on: day().optional(),
  rhythm: vine.enum(RHYTHMS).optional(),
  criteria: text(500).optional(),
})
export const taskValidator = vine.create({
  ...task(),
  source_kind: vine.enum(['plan', 'instruction'] as const),
  source: text(200),
})
export const taskEditValidator = vine.create({ version: id(), ...task() })
export const partValidator = vine.create({
  unit_id: id(),
  content: text(500),
  due_on: day().optional(),
})
export const reportValidator = vine.create({ version: id(), content: text(5_000) })
export const remarkOnPartValidator = vine.create({ content: text(2_000) })
export const extensionValidator = vine.create({ until_on: day(), reason: text(500) })
export const orderValidator = vine.create({ requirement: text(500), deadline_on: day().optional() })

export const rulesValidator = vine.create({
  valid_from: day(),
  document_no: text(120),
  reminder_percent: vine.number().withoutDecimals().range([1, 99]),
  joint_minutes: vine.number().withoutDecimals().range([1, 100_000]),
  leading_minutes: vine.number().withoutDecimals().range([1, 100_000]),
  hours: text(100),
})
