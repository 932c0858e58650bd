import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import {
  bulkInsert,
  insertRow,
  inTransaction,
  isUniqueViolation,
  type Row,
  type Trx,
} from '#shared/database'
import { DomainError } from '#shared/errors'
import type { CycleKind } from '../domain/codes.js'
import { excellentCap } from '../domain/population.js'
import { periodName, periodOf, periodTitle } from '../domain/periods.js'
import { schemeFor } from '../domain/scheme_choice.js'
import { populationOf, type Participant } from '../queries/population.js'
import { postValuesOn } from '../queries/post_values.js'
import { schemesOn } from '../queries/schemes.js'

export interface PlanInput {
  kind: CycleKind
  /** Any day of the month, quarter or year. */
  date: string
  unitId: number
  /** Units whose people take part; the unit itself is always one. */
  unitIds: number[]
  title?: string | null
  documentId: number
  scoreBy?: string | null
  minimumGroup: number
  appealDays: number
  /** Hundredths of a per cent: 2000, with approval 2500, at a bad year of the unit 1500 (art. 15). */
  rate: number
  rateDocumentId?: number | null
}

/** What the rules allow without an approval of their own. */
export const USUAL_RATE = 2_000

/**
 * Plans a cycle: everybody who takes part gets a card with the scheme of the class, the value of
 * the post and what is particular by the rules; the places for 优秀 are counted. Returns its id.
 */
export async function planCycle(input: PlanInput, actor: Actor, trx?: Trx): Promise<number> {
  if (input.rate > USUAL_RATE && !input.rateDocumentId) {
    const code = 'performance.errors.rate_document'
    throw new DomainError(code, {}, [{ field: 'rate_document_id', code }])
  }
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, clock.today())
    const period = periodOf(input.kind, input.date)
    const unitIds = [...new Set([input.unitId, ...input.unitIds])]
    const people = await populationOf(
      { kind: input.kind, period, unitIds, leaders: new Set() },
      client
    )
    if (people.length === 0) throw new DomainError('performance.errors.nobody')
    const cycleId = await insertCycle(client, input, period, actor)
    await bulkInsert(
      client,
      'review_cycle_units',
      unitIds.map((unitId) => ({ cycle_id: cycleId, unit_id: unitId }))
    )
    await bulkInsert(client, 'scorecards', await cardsOf(client, cycleId, input, period, people))
    await insertQuotas(client, cycleId, input, people)
    await record(client, actor, {
      action: 'performance.cycle.planned',
      subjectType: 'review_cycle',
      subjectId: cycleId,
      changes: { kind: input.kind, from: period.from, cards: people.length },
    })
    return cycleId
  }, trx)
}

async function insertCycle(
  trx: Trx,
  input: PlanInput,
  period: { from: string; to: string },
  actor: Actor
): Promise<number> {
  try {
    const id = await insertRow(trx, 'review_cycles', {
      number: `new-${crypto.randomUUID()}`,
      title: input.title || periodTitle(input.kind, period.from),
      kind: input.kind,
      unit_id: input.unitId,
      period_from: period.from,
      period_to: period.to,
      state: 'planned',
      document_id: input.documentId,
      score_by: input.scoreBy ?? null,
      minimum_group: input.minimumGroup,
      appeal_days: input.appealDays,
      prepared_by: actor.userId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `KH${period.from.slice(0, 4)}-${String(id).padStart(3, '0')}`
    await trx.from('review_cycles').where('id', id).update({ number })
    return id
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const name = periodName(input.kind, period.from)
    throw new DomainError('performance.errors.cycle_exists', { period: name })
  }
}

async function cardsOf(
  trx: Trx,
  cycleId: number,
  input: PlanInput,
  period: { from: string; to: string },
  people: readonly Participant[]
): Promise<Row[]> {
  const schemes = await schemesOn(
    period.from,
    { unitIds: [input.unitId], cycleKind: input.kind },
    trx
  )
  const valueOf = await postValuesOn(period.from, trx)
  return people.map((person) => {
    const value = valueOf(person.postId)
    return {
      cycle_id: cycleId,
      person_id: person.personId,
      unit_id: person.unitId,
      department_id: person.departmentId,
      post_id: person.postId,
      nature: person.nature,
      category: person.category,
      employment_type: person.employmentType,
      front_line: value?.frontLine ?? false,
      coefficient: value?.coefficient ?? null,
      scheme_id: schemeFor(schemes, person)?.id ?? null,
      outlook: person.standing.outlook,
      in_base: person.standing.inBase,
      cases: JSON.stringify(person.standing.cases),
      version: 1,
      created_at: clock.now(),
    }
  })
}

/** Establishment staff by the rules; contract staff by the unit's own scheme, without a cap here. */
async function insertQuotas(
  trx: Trx,
  cycleId: number,
  input: PlanInput,
  people: readonly Participant[]
) {
  const base = (type: string) =>
    people.filter(({ employmentType, standing }) => employmentType === type && standing.inBase)
      .length
  const establishment = base('establishment')
  await bulkInsert(trx, 'excellent_quotas', [
    {
      cycle_id: cycleId,
      employment_type: 'establishment',
      base: establishment,
      rate: input.rate,
      cap: excellentCap(establishment, input.rate),
      binding: input.kind === 'year',
      used: 0,
      document_id: input.rateDocumentId ?? null,
    },
    {
      cycle_id: cycleId,
      employment_type: 'contract',
      base: base('contract'),
      rate: null,
      cap: null,
      binding: false,
      used: 0,
      document_id: null,
    },
  ])
}
