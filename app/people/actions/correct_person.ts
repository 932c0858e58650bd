import type { Actor } from '#shared/actor'
import { unseal } from '#shared/crypto'
import {
  inTransaction,
  isUniqueViolation,
  updateVersioned,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError, type FieldError } from '#shared/errors'
import { record, sensitive } from '#audit/actions/record'
import { recordDocument } from '#decisions/actions/record_document'
import { parseIdentityNo } from '../domain/identity_no.js'
import { identityColumns, personColumns, type PersonInput } from './person_columns.js'
import { keepRevision } from './keep_revision.js'

export interface CorrectionInput {
  personId: number
  version: number
  /** The record as it shall be; identity number or phone null: they stay as they are. */
  values: PersonInput
  reason: string
  documentNo: string | null
}

/** Facts that rest on the personal file (档案): they change by a document alone. */
const FILED = ['name', 'sex', 'birth_on', 'identity_digest', 'work_started_on', 'retirement_kind']
const PERSONAL = new Set(['birth_on', 'political_status', 'remark'])
const SECRET = new Set(['identity_sealed', 'phone_sealed', 'identity_masked', 'phone_masked'])

/**
 * Corrects a record; what stood there before stays known as of before. The person is asked again
 * to confirm. Throws StaleError when somebody saved meanwhile, people.errors.nothing_changed,
 * people.errors.form, people.errors.document_needed, people.errors.identity_taken.
 */
export async function correctPerson(input: CorrectionInput, actor: Actor, outer?: Trx) {
  return inTransaction(async (trx) => {
    const before = await trx.from('persons').where('id', input.personId).firstOrFail()
    const after = correctedColumns(before, input.values)
    const changed = Object.keys(after).filter((name) => after[name] !== plain(before[name]))
    if (changed.length === 0) throw new DomainError('people.errors.nothing_changed')
    assertFits(before, after, changed)
    if (!input.documentNo && changed.some((name) => FILED.includes(name))) {
      throw new DomainError('people.errors.document_needed', {}, [
        { field: 'document_no', code: 'people.errors.document_needed' },
      ])
    }
    const documentId = input.documentNo
      ? await recordDocument(trx, actor, { documentNo: input.documentNo })
      : null
    await save(trx, input, {
      ...after,
      confirmation: 'pending',
      objection: null,
      confirmed_at: null,
    })
    await keepRevision(trx, actor, before, { reason: input.reason, documentId })
    await record(trx, actor, {
      action: 'people.person.corrected',
      subjectType: 'person',
      subjectId: input.personId,
      changes: { ...changesOf(before, after, changed), reason: input.reason, document: documentId },
    })
  }, outer)
}

/** Birth and sex come from the identity number, which may be the one on record; nobody works before birth. */
function assertFits(before: Row, after: Row, changed: string[]) {
  const fields: FieldError[] = []
  const say = (field: string, name: string) => fields.push({ field, code: `people.errors.${name}` })
  const kept = before.identity_sealed !== null && !changed.includes('identity_digest')
  const number = kept ? parseIdentityNo(unseal(before.identity_sealed, 'identity')) : null
  if (number?.ok) {
    if (changed.includes('birth_on') && after.birth_on !== number.birth) {
      say('birth_on', 'birth_differs')
    }
    if (changed.includes('sex') && after.sex !== number.sex) say('sex', 'sex_differs')
  }
  const { birth_on: birth, work_started_on: started } = after
  const dated = changed.includes('birth_on') || changed.includes('work_started_on')
  if (dated && birth && started && started <= birth) say('work_started_on', 'start_before_birth')
  if (fields.length > 0) {
    throw new DomainError('people.errors.form', { count: fields.length }, fields)
  }
}

async function save(trx: Trx, input: CorrectionInput, columns: Row) {
  try {
    await updateVersioned(trx, 'persons', input.personId, input.version, columns)
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new DomainError('people.errors.identity_taken', {}, [
      { field: 'identity_no', code: 'people.errors.identity_taken' },
    ])
  }
}

/** Sealing twice gives two texts for one value, so a value that did not change keeps its own. */
function correctedColumns(before: Row, values: PersonInput): Row {
  const columns: Row = personColumns({ ...values, external: Boolean(before.external) })
  const identity = values.identityNo ? identityColumns(values.identityNo) : null
  const sameIdentity = !identity || identity.identity_digest === before.identity_digest
  const known = before.phone_sealed === null ? null : unseal(before.phone_sealed, 'phone')
  const samePhone = !values.phone || values.phone === known
  for (const name of sameIdentity
    ? ['identity_sealed', 'identity_digest', 'identity_masked']
    : []) {
    columns[name] = before[name]
  }
  for (const name of samePhone ? ['phone_sealed', 'phone_masked'] : []) columns[name] = before[name]
  columns.external = before.external
  return columns
}

function plain(value: unknown) {
  return value === undefined ? null : value
}

/** Before and after by field; personal values only as digests. */
function changesOf(before: Row, after: Row, changed: string[]): Row {
  const changes: Row = {}
  for (const name of changed) {
    if (SECRET.has(name) || name.startsWith('name_')) continue
    if (name === 'identity_digest') changes.identity = sensitive(after.identity_digest)
    else if (PERSONAL.has(name)) changes[name] = sensitive(after[name])
    else changes[name] = [before[name], after[name]]
  }
  if (changed.includes('phone_sealed')) changes.phone = sensitive(after.phone_masked)
  return changes
}
