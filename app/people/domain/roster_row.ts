import { monthOf } from '#shared/dates'
import {
  EMPLOYMENT_TERMS,
  POST_NATURES,
  employmentOf,
  type EmploymentTerms,
} from '#organization/domain/codes'
import { parseGrade, type Grade } from '#organization/domain/grades'
import { EDUCATIONS, POLITICAL_STATUSES, SEXES, type Sex } from './codes.js'
import { parseIdentityCell } from './identity_no.js'
import { isPersonName, normaliseName } from './person_name.js'
import { parsePhone } from './phone.js'
import { ROSTER_COLUMNS } from './roster_fields.js'
import type { RosterContext, RosterRow, RosterValues, RosterVerdict } from './roster_finding.js'
import { RosterReader } from './roster_reader.js'

const YOUNGEST_START = 16

interface Identity {
  identityNo: string
  birth: string
  sex: Sex
}

/**
 * Judges one row of a roster: what is read from it and what must be said. A row that is rejected,
 * held or skipped says only why; remarks on its other cells would be noise until it is mended.
 * Rows of totals and signatures are for the engine to leave out before.
 */
export function checkRosterRow(row: RosterRow, context: RosterContext): RosterVerdict {
  const reader = new RosterReader(row, context.dateSystem)
  if (ROSTER_COLUMNS.every(({ code }) => code === 'sequence' || reader.isBlank(code))) {
    return skipped(row.number, {})
  }
  if (row.hidden) reader.findings.push({ level: 'note', code: 'hidden_row', field: '' })
  const name = readName(reader)
  const identity = readIdentity(reader, context)
  const sex = readSex(reader, identity)
  compareBirth(reader, identity)
  const workStart = readWorkStart(reader, identity, context.asOf)
  const department = reader.label('department')
  const post = reader.label('post')
  const postNature = reader.code('postNature', POST_NATURES, { required: true })
  const terms = reader.code('terms', EMPLOYMENT_TERMS, {
    required: true,
    allowed: context.allowedTerms,
  })
  const grade = readGrade(reader, terms)
  const education = reader.code('education', EDUCATIONS)
  const politicalStatus = reader.code('politicalStatus', POLITICAL_STATUSES)
  const phone = readPhone(reader)
  const remark = reader.freeText('remark')

  const rejections = reader.findings.filter(({ level }) => level === 'rejected')
  const identityNo = identity?.identityNo ?? null
  const complete = name && identity && sex && department && post && postNature && terms
  if (rejections.length > 0 || !complete) {
    return { row: row.number, verdict: 'rejected', identityNo, values: null, findings: rejections }
  }
  const values: RosterValues = {
    name,
    ...identity,
    sex,
    workStart,
    department,
    post,
    postNature,
    ...employmentOf(terms),
    grade,
    education,
    politicalStatus,
    phone,
    remark,
  }
  const held = reader.findings.filter(({ level }) => level === 'held')
  return held.length > 0
    ? { row: row.number, verdict: 'held', identityNo, values, findings: held }
    : { row: row.number, verdict: 'accepted', identityNo, values, findings: reader.findings }
}

/** The verdict on blank rows; `until` is the last one of a run. */
export function skipped(row: number, params: { until?: number }): RosterVerdict {
  const finding = { level: 'skipped', code: 'blank_row', field: '' } as const
  const findings = [params.until ? { ...finding, params: { until: params.until } } : finding]
  return { row, verdict: 'skipped', identityNo: null, values: null, findings }
}

function readName(reader: RosterReader): string | null {
  if (!reader.present('name', true)) return null
  const { name, notes } = normaliseName(reader.cell('name').text)
  if (!isPersonName(name)) {
    reader.say('rejected', 'invalid_name', 'name')
    return null
  }
  reader.sayAll(notes, 'name')
  return name
}

function readIdentity(reader: RosterReader, context: RosterContext): Identity | null {
  if (!reader.present('identityNo', true)) return null
  const { kind, text, raw } = reader.cell('identityNo')
  const parsed = parseIdentityCell(kind === 'number' ? Number(raw) : text)
  if (!parsed.ok) {
    reader.say('rejected', parsed.error, 'identityNo')
    return null
  }
  const { normalised: identityNo, birth, sex, notes } = parsed
  reader.sayAll(notes, 'identityNo')
  if (context.asOf && birth > context.asOf) {
    reader.say('rejected', 'identity_birth_ahead', 'identityNo', { asOf: context.asOf })
  }
  const repeats = context.earlierRow(identityNo)
  if (repeats !== null) reader.say('rejected', 'identity_repeated', 'identityNo', { row: repeats })
  const unit = context.otherMainUnit(identityNo)
  if (unit !== null) reader.say('held', 'claimed_by_two_units', 'identityNo', { unit })
  return { identityNo, birth, sex }
}

function readSex(reader: RosterReader, identity: Identity | null): Sex | null {
  const sex = reader.code('sex', SEXES)
  if (identity && sex && sex !== identity.sex) reader.say('warning', 'sex_differs', 'sex')
  return identity?.sex ?? sex
}

/**
 * The column asks for a month: days are compared only where the sheet gives one that is not the
 * first, which is what a month becomes in a date cell.
 */
function compareBirth(reader: RosterReader, identity: Identity | null): void {
  const given = reader.date('birth')
  if (!given || !identity) return
  const byMonth = given.precision === 'month' || given.date.endsWith('-01')
  const expected = byMonth ? monthOf(identity.birth) : identity.birth
  if ((byMonth ? monthOf(given.date) : given.date) !== expected) {
    reader.say('warning', 'birth_differs', 'birth', { expected })
  }
}

function readWorkStart(reader: RosterReader, identity: Identity | null, asOf?: string) {
  const start = reader.date('workStart')
  if (!start) return null
  const month = monthOf(start.date)
  const youngest = identity && monthOfAge(identity.birth, YOUNGEST_START)
  if (youngest && month < youngest) reader.say('warning', 'implausible_start', 'workStart')
  if (asOf && start.date > asOf) reader.say('warning', 'start_after_roster', 'workStart', { asOf })
  return start.date
}

/** The month in which somebody reaches an age in years. */
function monthOfAge(birth: string, years: number): string {
  return `${Number(birth.slice(0, 4)) + years}${birth.slice(4, 7)}`
}

/** Establishment staff fill a quota of their grade's series, so they need one; others may have one. */
function readGrade(reader: RosterReader, terms: EmploymentTerms | null): Grade | null {
  const required = terms !== null && employmentOf(terms).employmentType === 'establishment'
  if (!reader.present('grade', required)) return null
  const parsed = parseGrade(reader.cell('grade').text)
  if (!parsed.ok) {
    reader.say(required ? 'rejected' : 'warning', 'unknown_value', 'grade')
    return null
  }
  reader.sayAll(parsed.notes, 'grade')
  return parsed.grade
}

function readPhone(reader: RosterReader): string | null {
  if (!reader.present('phone')) return null
  const parsed = parsePhone(reader.cell('phone').text)
  if (!parsed.ok) {
    reader.say('warning', 'invalid_phone', 'phone')
    return null
  }
  reader.sayAll(parsed.notes, 'phone')
  return parsed.phone
}
