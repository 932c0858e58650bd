import { isCivilDate } from '#shared/dates'
import { parseIdentityNo } from './identity_no.js'
import { isPersonName, normaliseName } from './person_name.js'
import { parsePhone } from './phone.js'
import type { Education, PoliticalStatus, Sex } from './codes.js'
import type { RetirementKind } from './retirement_of_person.js'

/** A person as a form sends it; empty fields are null. */
export interface PersonForm {
  name: string
  identity_no: string | null
  sex: Sex | null
  birth_on: string | null
  phone: string | null
  education: Education | null
  political_status: PoliticalStatus | null
  work_started_on: string | null
  retirement_kind: RetirementKind | null
  remark: string | null
}

export interface FormFinding {
  field: keyof PersonForm
  /** Below `people.errors.`. */
  code: string
}

/**
 * Reads a form of a person: name, number and phone are normalised, birth and sex come from the
 * identity number and may not differ from it. Without a number they are what the form says.
 */
export function readPerson(form: PersonForm, today: string) {
  const findings: FormFinding[] = []
  const say = (field: keyof PersonForm, code: string) => findings.push({ field, code })
  const { name } = normaliseName(form.name)
  if (!isPersonName(name)) say('name', 'invalid_name')

  const identity = form.identity_no ? parseIdentityNo(form.identity_no) : null
  if (identity && !identity.ok) say('identity_no', identity.error)
  const known = identity?.ok ? identity : null
  if (known && known.birth > today) say('identity_no', 'identity_birth_ahead')
  if (known && form.sex && form.sex !== known.sex) say('sex', 'sex_differs')
  if (known && form.birth_on && form.birth_on !== known.birth) say('birth_on', 'birth_differs')
  const birthOn = known?.birth ?? form.birth_on
  for (const field of ['birth_on', 'work_started_on'] as const) {
    if (form[field] && !isCivilDate(form[field])) say(field, 'invalid_date')
    else if (form[field] && form[field] > today) say(field, 'date_in_future')
  }
  if (birthOn && form.work_started_on && form.work_started_on <= birthOn) {
    say('work_started_on', 'start_before_birth')
  }
  const phone = form.phone ? parsePhone(form.phone) : null
  if (phone && !phone.ok) say('phone', phone.error)

  return {
    findings,
    input: {
      name,
      identityNo: known?.normalised ?? null,
      sex: known?.sex ?? form.sex,
      birthOn,
      phone: phone?.ok ? phone.phone : null,
      education: form.education,
      politicalStatus: form.political_status,
      workStartedOn: form.work_started_on,
      retirementKind: form.retirement_kind,
      remark: form.remark,
    },
  }
}
