import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, insertRow, inTransaction, toInt, type Trx } from '#shared/database'
import { refusing, type Refuse } from '#shared/errors'
import { Exact } from '#shared/formulas/formula'
import { WHOLE, type CycleKind } from '../domain/codes.js'
import type { RoleWeights } from '../domain/combine.js'
import { SCHEME_TYPES, weightsAddUp } from '../domain/score.js'
import { refuseFormula } from './indicators.js'

const refuse: Refuse = refusing('performance')

export interface SchemeInput {
  /** Left out: a new scheme; else a new version of the one with this code. */
  code?: string
  name: string
  unitId: number
  cycleKind: CycleKind
  nature: string | null
  category: string | null
  employmentType: string | null
  formula: string
  tilt: string
  scorers: RoleWeights
  validFrom: string
  documentId: number
  /** Weights in hundredths of a per cent. */
  items: Array<{ indicatorId: number; weight: number }>
}

const HIGHEST_TILT = Exact.from(2)

/** Saves a scheme of a class of posts from a day on; weights add up to 100. Returns its id. */
export async function saveScheme(input: SchemeInput, actor: Actor, trx?: Trx): Promise<number> {
  refuseFormula(input.formula, 'formula', SCHEME_TYPES)
  const tilt = tiltOf(input.tilt)
  const { manager, peer, service } = input.scorers
  if (manager + peer + service !== WHOLE) refuse('manager_weight', 'scorer_weights')
  return inTransaction(async (client) => {
    await assertWeights(client, input.items)
    if (input.code) await authorizeVersions(client, input.code, actor)
    const code = input.code ?? (await nextCode(client))
    const old = await client
      .from('score_schemes')
      .where({ code, valid_from: input.validFrom, live: 1 })
      .forUpdate()
      .first()
    if (old) {
      await client.from('score_schemes').where('id', old.id).update({ superseded_by: old.id })
    }
    const id = await insertRow(client, 'score_schemes', {
      code,
      name: input.name,
      unit_id: input.unitId,
      cycle_kind: input.cycleKind,
      nature: input.nature,
      category: input.category,
      employment_type: input.employmentType,
      formula: input.formula,
      front_line_tilt: tilt,
      manager_weight: manager,
      peer_weight: peer,
      service_weight: service,
      valid_from: input.validFrom,
      document_id: input.documentId,
      actor_id: actor.userId,
      recorded_at: clock.now(),
    })
    if (old) await client.from('score_schemes').where('id', old.id).update({ superseded_by: id })
    await bulkInsert(
      client,
      'scheme_items',
      input.items.map(({ indicatorId, weight }, index) => ({
        scheme_id: id,
        indicator_id: indicatorId,
        weight,
        item_no: index + 1,
      }))
    )
    await record(client, actor, {
      action: 'performance.scheme.saved',
      subjectType: 'score_scheme',
      subjectId: id,
      changes: { name: input.name, valid_from: input.validFrom, document_id: input.documentId },
    })
    return id
  }, trx)
}

async function assertWeights(trx: Trx, items: SchemeInput['items']) {
  const rows = await trx.from('indicators').whereIn(
    'id',
    items.map(({ indicatorId }) => indicatorId)
  )
  const kinds = new Map(rows.map((row) => [Number(row.id), row.kind]))
  if (items.length === 0 || rows.length !== items.length) refuse('items', 'choose_indicators')
  const weighed = items.map(({ indicatorId, weight }) => ({
    kind: kinds.get(indicatorId),
    weight,
  }))
  if (!weightsAddUp(weighed)) refuse('items', 'weights')
}

/** Who makes a new version of a scheme may do so in the unit that has it. */
async function authorizeVersions(trx: Trx, code: string, actor: Actor) {
  const units = await trx.from('score_schemes').where('code', code).distinct('unit_id')
  for (const { unit_id: unitId } of units) actor.authorize('performance.prepare', { unitId })
}

/** Behind a lock of them all: two new ones at once are no versions of each other. */
async function nextCode(trx: Trx): Promise<string> {
  const [row] = await trx.from('score_schemes').forUpdate().countDistinct('code as codes')
  return `FA-${String(toInt(row.codes) + 1).padStart(3, '0')}`
}

function tiltOf(text: string): string {
  const tilt = Exact.parse(text)
  if (tilt === null || tilt.compare(Exact.ONE) < 0 || tilt.compare(HIGHEST_TILT) > 0) {
    refuse('front_line_tilt', 'tilt', { value: text })
  }
  return tilt.round(4).toString()
}
