import db from '@adonisjs/lucid/services/db'
import { mainAssignmentOf, timelineOf } from '#people/queries/assignments'
import { clock } from '#shared/clock'
import { unseal } from '#shared/crypto'
import { refuse } from '../actions/log.js'
import { serviceMonths } from '../domain/service.js'
import { yearRuleOn } from './rules.js'

export interface OwnRecord {
  id: number
  name: string
  identityNo: string
  identityMasked: string
  phone: string
  phoneMasked: string
  education: string
  politicalStatus: string | null
  serviceMonths: number
  /** One line an assignment, as it stood on record. */
  history: string[]
}

/** What the growth path takes from the record of a member of the contract staff. */
export async function ownRecord(personId: number | null, onDate: string): Promise<OwnRecord> {
  if (personId === null) refuse('no_record')
  const person = await db.from('persons').where('id', personId).firstOrFail()
  const now = await mainAssignmentOf(personId, clock.today())
  if (now?.employmentType !== 'contract') refuse('contract_only')
  if (!person.identity_sealed || !person.phone_sealed) refuse('record_incomplete')
  const timeline = await timelineOf(personId)
  const live = timeline.filter(({ kind, supersededBy }) => kind === 'main' && !supersededBy)
  const months = serviceMonths(
    live.map(({ employmentType, validFrom, validTo }) => ({
      employmentType,
      from: validFrom,
      to: validTo,
    })),
    person.work_started_on,
    onDate,
    await yearRuleOn(clock.today())
  )
  return {
    id: personId,
    name: person.name,
    identityNo: unseal(person.identity_sealed, 'identity'),
    identityMasked: person.identity_masked,
    phone: unseal(person.phone_sealed, 'phone'),
    phoneMasked: person.phone_masked,
    education: person.education ?? 'senior_secondary',
    politicalStatus: person.political_status,
    serviceMonths: months,
    history: live.map(
      (one) => `${one.validFrom} – ${one.validTo ?? ''} ${one.unitName} ${one.postName ?? ''}`
    ),
  }
}
