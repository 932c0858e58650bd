import db from '@adonisjs/lucid/services/db'
import { deedsOn, historyOf, newestOf, type HistoryRow } from '#audit/queries/history'
import type { Actor } from '#shared/actor'
import { civilTime } from '#shared/clock'
import type { Row } from '#shared/database'
import { recordSourcesPort } from '#shared/ports/record_sources'
import { idOrNull } from './assignment_rows.js'
import { endOfCivilDay } from './known_on.js'
import { personById, type PersonRow } from './person.js'

/** What a record said until it was corrected. */
export interface Revision {
  version: number
  data: Row
  reason: string
  documentNo: string | null
  actorName: string | null
  /** Civil date and time of the correction. */
  until: string
}

/** Earlier versions of a person's record, newest first; no sealed values. */
export async function revisionsOf(personId: number): Promise<Revision[]> {
  const rows = await db
    .from('person_revisions as r')
    .leftJoin('documents as doc', 'doc.id', 'r.document_id')
    .leftJoin('users', 'users.id', 'r.actor_id')
    .where('r.person_id', personId)
    .select('r.*', 'doc.document_no', 'users.name as actor_name')
    .orderBy('r.person_version', 'desc')
  return rows.map((row) => ({
    version: Number(row.person_version),
    data: withoutSealed(JSON.parse(row.data)),
    reason: row.reason,
    documentNo: row.document_no,
    actorName: row.actor_name,
    until: civilTime(row.superseded_at),
  }))
}

/** What happened to a person, newest first; an import or a batch that wrote an assignment is one event. */
export async function historyOfPerson(personId: number, actor: Actor): Promise<HistoryRow[]> {
  const events = [...(await historyOf('person', personId)), ...(await writings(personId, actor))]
  return newestOf(events.sort((a, b) => b.id - a.id))
}

async function writings(personId: number, actor: Actor): Promise<HistoryRow[]> {
  const rows = await db
    .from('assignments')
    .where('person_id', personId)
    .whereNotNull('source_id')
    .distinct('source_type', 'source_id')
  const found: HistoryRow[] = []
  for (const { type, deed, describe } of recordSourcesPort.all()) {
    const ids = rows.filter((row) => row.source_type === type).map((row) => Number(row.source_id))
    if (ids.length === 0) continue
    const deeds = await deedsOn(deed, type, ids)
    for (const source of await describe(ids, actor)) {
      const event = deeds.get(source.id)
      // How many others it wrote is no part of this person's history.
      if (event) found.push({ ...event, action: `people.person.${type}`, changes: {}, source })
    }
  }
  return found
}

/** The record as it was known when a civil date ended; null: nobody was on record by then. */
export async function personAsKnown(personId: number, knownOn: string): Promise<PersonRow | null> {
  const person = await personById(personId)
  const end = endOfCivilDay(knownOn)
  if (!person || person.createdAt >= end) return null
  const row = await db
    .from('person_revisions')
    .where('person_id', personId)
    .where('superseded_at', '>=', end)
    .orderBy('person_version')
    .first()
  if (!row) return person
  const data = JSON.parse(row.data)
  return {
    ...person,
    name: data.name,
    namePinyin: data.name_pinyin,
    sex: data.sex,
    birthOn: data.birth_on,
    identityMasked: data.identity_masked,
    phoneMasked: data.phone_masked,
    education: data.education,
    politicalStatus: data.political_status,
    workStartedOn: data.work_started_on,
    remark: data.remark,
    retirementKind: data.retirement_kind,
    confirmation: data.confirmation,
    objection: data.objection,
    version: idOrNull(row.person_version)!,
  }
}

function withoutSealed(data: Row): Row {
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => !/_(sealed|digest)$/.test(name))
  )
}
