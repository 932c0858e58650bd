import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import { recordDocument } from '#decisions/actions/record_document'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { NamedUnits } from '#organization/imports/external_units'
import { writeFixedDate } from '../actions/fixed_dates.js'
import { insertLink } from '../actions/links.js'
import { insertItem, writeSupports } from '../actions/save_item.js'
import { createProgramme } from '../actions/save_programme.js'
import { findPlan, findProgramme } from '../queries/plan.js'
import type { MilestoneParsed } from './check_milestones.js'

const YELLOW_DAYS = 5
const NAME = '媒体融合改革工作方案'

/** Writes the milestones with their printed dates, units and order. */
export async function commitMilestones(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: MilestoneParsed[]
): Promise<Record<string, number>> {
  const documentId = context.answers.document
    ? await recordDocument(trx, actor, { documentNo: context.answers.document })
    : null
  const effects: ImportEffectRow[] = []
  const made = (subjectType: string, subjectId: number) =>
    effects.push({ subjectType, subjectId, effect: 'created' })
  if (!(await findProgramme(trx))) {
    const startsOn = context.answers.starts_on || context.asOf
    const input = { name: NAME, startsOn, documentId, yellowDays: YELLOW_DAYS }
    made('programme', await createProgramme(input, actor, trx))
  }
  const units = await NamedUnits.open(trx, actor)
  const known = (await findPlan(trx))!.items.map(({ number, id }) => [number, id] as const)
  const ids = new Map<string, number>(known)
  for (const row of rows) {
    const id = await writeMilestone(trx, actor, context, row, units)
    ids.set(row.number, id)
    made('work_item', id)
    await writeFixedDate(trx, actor, id, {
      fixedOn: row.fixedOn,
      source: 'plan',
      documentId,
      reason: null,
    })
  }
  let links = 0
  for (const { number, after } of rows) {
    for (const before of new Set(after)) {
      const ends = { fromId: ids.get(before)!, toId: ids.get(number)! }
      await insertLink(trx, { ...ends, type: 'FS', lag: 0 })
      links++
    }
  }
  await recordEffects(trx, context.importId, [...units.made, ...effects])
  return { milestones: rows.length, links, external: units.made.length }
}

async function writeMilestone(
  trx: Trx,
  _actor: Actor,
  context: ImportContext,
  row: MilestoneParsed,
  units: NamedUnits
): Promise<number> {
  const unitIds: number[] = []
  for (const name of row.units) unitIds.push(await units.idOf(name, context.asOf))
  const [leadUnitId, ...supportUnitIds] = unitIds
  const id = await insertItem(trx, {
    number: row.number,
    name: row.name,
    kind: 'milestone',
    duration: 0,
    lead_unit_id: leadUnitId,
    basis: row.basis?.slice(0, 60) ?? null,
    printed_due: row.printedDue.slice(0, 40),
    printed_units: row.printedUnits.slice(0, 200),
  })
  await writeSupports(trx, id, { leadUnitId, supportUnitIds })
  return id
}
