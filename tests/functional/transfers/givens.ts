import db from '@adonisjs/lucid/services/db'
import { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { inTransaction, insertRow, type Row } from '#shared/database'
import { drainJobs } from '#shared/jobs/queue'
import type { FundingType, PostCategory } from '#organization/domain/codes'
import { postMovement, type EntryInput } from '#organization/actions/quota/post_movement'
import { addSeats } from '#transfers/actions/add_seats'
import { approveStep } from '#transfers/actions/approve_step'
import { buildLinesByRule } from '#transfers/actions/build_lines_by_rule'
import { checkBatch } from '#transfers/actions/check_batch'
import { createBatch } from '#transfers/actions/create_batch'
import { submitBatch } from '#transfers/actions/submit_batch'
import { STEPS } from '#transfers/domain/steps'
import { batchById, unitsOfBatch } from '#transfers/queries/batches'
import { givenActor, givenAssignment, givenPerson, givenUnit } from '#tests/support/givens'

export const TODAY = '2022-02-25'
export const EFFECTIVE = '2022-03-01'
export const DOCUMENT = '编发〔2022〕3号'

const insert = (table: string, row: Row) =>
  inTransaction((trx) =>
    insertRow(trx, table, { version: 1, created_at: clock.now(), valid_from: '2015-01-01', ...row })
  )

let departments = 1

/** A post in a department of its own. */
export async function givenPost(unitId: number, row: Row = {}): Promise<number> {
  const name = row.name ?? '编辑'
  const departmentId = await insert('departments', {
    unit_id: unitId,
    name: `${name}${departments++}部`,
  })
  return insert('posts', {
    unit_id: unitId,
    department_id: departmentId,
    name,
    nature: 'editorial',
    category: 'professional',
    employment_type: 'establishment',
    ...row,
  })
}

/** Seats straight into an account, as founding documents do. */
export async function givenSeats(
  unitId: number,
  count: number,
  place: { account?: 'vacant' | 'filled'; funding?: FundingType; category?: PostCategory } = {}
) {
  const { account = 'vacant', funding = 'full', category = 'professional' } = place
  const cell = { unitId, fundingType: funding, category }
  const entries: EntryInput[] = [
    { ...cell, account: 'issued', amount: -count },
    { ...cell, account, amount: count },
  ]
  await inTransaction((trx) =>
    postMovement(trx, Actor.system('test'), {
      key: `test:${Math.random()}`,
      kind: 'opening',
      effectiveOn: '2015-06-01',
      documentId: null,
      entries,
    })
  )
}

/** An establishment person who fills a seat of the unit. */
export async function givenStaff(unitId: number, row: Row = {}, person: Row = {}) {
  const personId = await givenPerson(person)
  const assignmentId = await givenAssignment(personId, unitId, {
    employment_type: 'establishment',
    funding_type: 'full',
    quota_category: 'professional',
    grade: 'professional_10',
    ...row,
  })
  if ((row.employment_type ?? 'establishment') === 'establishment') {
    await givenSeats(unitId, 1, {
      account: 'filled',
      funding: row.funding_type ?? 'full',
      category: row.quota_category ?? 'professional',
    })
  }
  return { personId, assignmentId }
}

/** Two units that merge and their centre; posts of the centre take those of the old units. */
export async function givenCity() {
  const tv = await givenUnit({ name: '市广播电视台' })
  const paper = await givenUnit({ name: '市报社' })
  const centre = await givenUnit({ name: '市融媒体中心' })
  const editor = await givenPost(tv, { name: '编辑', employment_type: null })
  const centrePost = await givenPost(centre, {
    name: '全媒体编辑',
    maps_from: '编辑',
    code: 'E03',
    grade_top: 'professional_5',
    grade_bottom: 'professional_13',
    headcount: 500,
  })
  return { tv, paper, centre, editor, centrePost }
}

export type City = Awaited<ReturnType<typeof givenCity>>

/** Preparer, one approver a step, and who executes. */
export async function givenPeopleOfOffice() {
  return {
    officer: await givenActor({ role: 'hr_officer' }),
    unit: await givenActor({ role: 'hr_head' }),
    personnel: await givenActor({ role: 'personnel_approver' }),
    establishment: await givenActor({ role: 'establishment_approver' }),
  }
}

export type Office = Awaited<ReturnType<typeof givenPeopleOfOffice>>

/** A draft, effective on EFFECTIVE, with a document. */
export function givenBatch(officer: Actor, title = '融媒体中心人员编制划转') {
  return createBatch({ title, documentNo: DOCUMENT, effectiveOn: EFFECTIVE, reason: null }, officer)
}

export const versionOf = async (batchId: number) => (await batchById(batchId)).version

/** Establishment staff and vacant seats of some units to the centre. */
export async function givenLines(batchId: number, city: City, officer: Actor, units = [city.tv]) {
  return buildLinesByRule(
    {
      batchId,
      version: await versionOf(batchId),
      fromUnitIds: units,
      toUnitId: city.centre,
      employmentType: 'establishment',
      withQuota: true,
      vacantSeats: true,
    },
    officer
  )
}

export async function givenSeatsLine(
  batchId: number,
  city: City,
  officer: Actor,
  quantity: number,
  fromUnitId = city.tv
) {
  const version = await versionOf(batchId)
  const cell = { fundingType: 'full', category: 'professional' } as const
  const line = { batchId, version, fromUnitId, toUnitId: city.centre, quantity, ...cell }
  await addSeats(line, officer)
}

export async function checkAndSubmit(batchId: number, officer: Actor) {
  const result = await checkBatch({ batchId, version: await versionOf(batchId) }, officer)
  if (!result.passed) return result
  await submitBatch({ batchId, version: await versionOf(batchId) }, officer)
  return result
}

/** Every step signed, each by its own person: the batch is scheduled. */
export async function signAll(batchId: number, office: Office) {
  for (const step of STEPS) await sign(batchId, step, office[step])
}

export async function sign(batchId: number, step: (typeof STEPS)[number], actor: Actor) {
  const { to } = await unitsOfBatch(batchId)
  const grant = actor.grantFor(`transfers.approve_${step}`, { unitIds: to })
  const version = await versionOf(batchId)
  await approveStep({ batchId, version, step, comment: null, grant }, actor)
}

/** Everything up to the execution on its date. */
export async function executeOnItsDate() {
  clock.freeze(EFFECTIVE)
  const { runDue } = await import('#transfers/jobs/execute_job')
  await runDue()
  await drainJobs()
}

/** Seats per account kind of a unit, all categories. */
export async function seatsOf(unitId: number, funding: FundingType = 'full') {
  const rows = await db
    .from('quota_accounts')
    .where({ unit_id: unitId, funding_type: funding })
    .groupBy('kind')
    .select('kind')
    .sum('balance as seats')
  const seats = Object.fromEntries(rows.map((row) => [row.kind, Number(row.seats)]))
  return {
    vacant: seats.vacant ?? 0,
    reserved: seats.reserved ?? 0,
    filled: seats.filled ?? 0,
  }
}

/** Ids of the people whose open main assignment is in the unit. */
export async function peopleOf(unitId: number): Promise<number[]> {
  const rows = await db
    .from('assignments')
    .where({ unit_id: unitId, open_main: 1 })
    .orderBy('person_id')
    .select('person_id')
  return rows.map((row) => Number(row.person_id))
}
