import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { assignmentsAsOf } from '#people/queries/assignments'
import type { Distribution } from '../domain/distribution.js'
import type { FixedLine, Inputs } from '../domain/slip.js'
import type { ComputeContext } from './compute_context.js'
import { openDifferences, type DifferenceRow } from './differences.js'
import { incentiveCases } from './incentive_cases.js'
import { paidAlready } from './paid_already.js'
import { personInputs } from './person_inputs.js'
import { monthOfPeople, peopleOfMonth, type Place } from './run_people.js'
import { wageBasesOn, type WageBaseRow } from './wage_bases.js'

/** One person of a run before it is computed. */
export interface RunCase {
  personId: number
  name: string
  departmentId: number | null
  departmentName: string | null
  postName: string | null
  nature: string | null
  grade: string | null
  inputs: Inputs
  fixed: FixedLine[]
  base: WageBaseRow | undefined
  /** What stands in the way before anything is computed. */
  missing: string[]
  /** Why somebody who lacks something is set aside already, with what is kept back. */
  aside?: string
}

/** Everybody of a run; cases are made a piece at a time, for they are many and large. */
export interface RunCases {
  people: number
  slice(from: number, to: number): Promise<RunCase[]>
  distribution: Distribution | null
  leadersFen: number
  keptFen: number
  /** What an incentive run has to give, leaders and what is kept back included. */
  wholeFen: number
}

const NOTHING_SHARED = { distribution: null, leadersFen: 0, keptFen: 0, wholeFen: 0 }

/** Whom a run pays and from what, by its kind. */
export async function runCases(context: ComputeContext, client: Client = db): Promise<RunCases> {
  const { run } = context
  if (run.kind === 'incentive') return incentiveCases(context, client)
  if (run.kind === 'correction') {
    const due = await openDifferences({ ...run, runId: run.id }, client)
    const owed = [...due].filter(([, list]) => list.some(isOwed)).map(([personId]) => personId)
    const cases = await placed(owed, context, client)
    return { ...madeCases(cases), ...NOTHING_SHARED }
  }
  return { ...(await monthCases(context, client)), ...NOTHING_SHARED }
}

/** What is only taken back waits for pay that it can be taken from. */
const isOwed = ({ amountFen, settledFen }: DifferenceRow) => amountFen > settledFen

/** Cases that are all there already. */
export function madeCases(cases: RunCase[]): Pick<RunCases, 'people' | 'slice'> {
  return { people: cases.length, slice: async (from, to) => cases.slice(from, to) }
}

async function monthCases(
  context: ComputeContext,
  client: Client
): Promise<Pick<RunCases, 'people' | 'slice'>> {
  const { run } = context
  const month = await monthOfPeople(run, client)
  const key = { unitId: run.unitId, employmentType: run.employmentType, month }
  const { people, conflicts } = await peopleOfMonth(key, client)
  const { done, elsewhere } = await paidAlready(context, client)
  const open = ({ personId }: { personId: number }) => !done.has(personId)
  const places = people.filter((place) => open(place) && !elsewhere.has(place.personId))
  const refused = [
    ...conflicts.map((one) => ({ ...one, missing: `${one.problem}|${one.units}` })),
    ...people
      .filter(({ personId }) => elsewhere.has(personId))
      .map(({ personId, personName }) => ({
        personId,
        name: personName,
        missing: paidElsewhere(elsewhere.get(personId)!),
      })),
  ]
    .filter(open)
    .map(({ personId, name, missing }) => ({ ...nobody(personId, name), missing: [missing] }))
  return {
    people: places.length + refused.length,
    async slice(from, to) {
      const cases = await casesAt(places.slice(from, to), context, client)
      const beyond = (at: number) => Math.max(0, at - places.length)
      return [...cases, ...refused.slice(beyond(from), beyond(to))]
    },
  }
}

/** Why a person is not paid once more: the number of the run that did. */
export const paidElsewhere = (number: string) => `paid_elsewhere|${number}`

async function casesAt(places: Place[], context: ComputeContext, client: Client) {
  const ids = places.map(({ personId }) => personId)
  const bases = await wageBasesOn(ids, context.day, client)
  return places.map((place) => caseOf(place, bases.get(place.personId), context))
}

/** People of a month as they stand on record today, whoever has been paid already, and the unclear. */
export async function casesOfMonth(context: ComputeContext, client: Client = db) {
  const { unitId, employmentType, monthTo: month } = context.run
  const { people, conflicts } = await peopleOfMonth({ unitId, employmentType, month }, client)
  return { cases: await casesAt(people, context, client), conflicts }
}

async function placed(personIds: number[], context: ComputeContext, client: Client) {
  const rows = personIds.length
    ? await assignmentsAsOf(context.day, { personIds, kind: 'main' }, client as any)
    : []
  const byPerson = new Map(rows.map((row) => [row.personId, row]))
  const bases = await wageBasesOn(personIds, context.day, client)
  const names = await client.from('persons').whereIn('id', personIds).select('id', 'name')
  return names.map((row) => {
    const place = byPerson.get(Number(row.id))
    const base = bases.get(Number(row.id))
    if (place) return { ...caseOf(place, base, context), inputs: {} }
    return { ...nobody(Number(row.id), row.name), base }
  })
}

function caseOf(row: Place, base: WageBaseRow | undefined, context: ComputeContext): RunCase {
  return {
    personId: row.personId,
    name: row.personName,
    departmentId: row.departmentId,
    departmentName: row.departmentName,
    postName: row.postName,
    nature: row.postNature,
    grade: row.grade,
    inputs: personInputs(row, base, context.sources),
    fixed: [],
    base,
    missing: [],
  }
}

function nobody(personId: number, name: string): RunCase {
  return {
    personId,
    name,
    departmentId: null,
    departmentName: null,
    postName: null,
    nature: null,
    grade: null,
    inputs: {},
    fixed: [],
    base: undefined,
    missing: [],
  }
}
