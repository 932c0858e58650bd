import { record } from '#audit/actions/record'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { insertRow, type Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import type { ImportEffectRow } from '#imports/actions/effects'
import type { UnitParsed } from './check_units.js'
import type { NamedUnits } from './external_units.js'

interface Link {
  predecessorId: number | null
  successorId: number | null
  note: string | null
}
interface PlannedChange {
  kind: 'merge' | 'form' | 'restructure' | 'spin_off' | 'dissolve'
  links: Link[]
  reason: string | null
}

/**
 * The changes of units that the plan announces, as planned ones: predecessors with successors,
 * what only gives its business away, what is formed from nothing, what ends without a successor.
 * Importing the plan again plans none twice.
 */
export async function planChanges(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  units: NamedUnits,
  rows: UnitParsed[],
  documentId: number | null
): Promise<ImportEffectRow[]> {
  const effects: ImportEffectRow[] = []
  for (const change of await plannedChanges(context, units, rows)) {
    if (await isKnown(trx, change)) continue
    const id = await writeChange(trx, actor, context, change, documentId)
    effects.push({ subjectType: 'unit_change', subjectId: id, effect: 'created' })
  }
  return effects
}

async function plannedChanges(
  { asOf }: ImportContext,
  units: NamedUnits,
  rows: UnitParsed[]
): Promise<PlannedChange[]> {
  const changes: PlannedChange[] = []
  const merged = new Set(rows.filter(({ change }) => change === 'merge').map(({ name }) => name))
  const continued = new Set<string>()
  for (const row of rows) {
    const successorId = await units.idOf(row.name, asOf)
    const links = []
    for (const part of row.parts) {
      if (!part.business) continued.add(part.name)
      const predecessorId = await units.idOf(part.name, asOf)
      links.push({ predecessorId, successorId, note: part.business })
    }
    const whole = links.filter(({ note }) => note === null)
    const partly = links.filter(({ note }) => note !== null)
    const swallows = row.parts.some(({ name, business }) => !business && merged.has(name))
    if (whole.length > 0) {
      const kind = row.change === 'restructure' ? 'restructure' : swallows ? 'merge' : 'form'
      changes.push({ kind, links: whole, reason: row.basis })
    } else if (row.change === 'form') {
      const link = { predecessorId: null, successorId, note: null }
      changes.push({ kind: 'form', links: [link], reason: row.basis })
    }
    if (partly.length > 0) changes.push({ kind: 'spin_off', links: partly, reason: row.basis })
  }
  for (const row of rows) {
    if (row.change !== 'merge' || continued.has(row.name)) continue
    const predecessorId = await units.idOf(row.name, asOf)
    const link = { predecessorId, successorId: null, note: null }
    changes.push({ kind: 'dissolve', links: [link], reason: row.basis })
  }
  return changes
}

async function isKnown(trx: Trx, { kind, links }: PlannedChange): Promise<boolean> {
  const [first] = links
  const query = trx
    .from('unit_changes as c')
    .join('unit_change_links as l', 'l.change_id', 'c.id')
    .where('c.kind', kind)
  if (first.predecessorId) query.where('l.predecessor_id', first.predecessorId)
  else query.whereNull('l.predecessor_id')
  if (first.successorId) query.where('l.successor_id', first.successorId)
  else query.whereNull('l.successor_id')
  return (await query.first()) !== null
}

async function writeChange(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  { kind, links, reason }: PlannedChange,
  documentId: number | null
): Promise<number> {
  const id = await insertRow(trx, 'unit_changes', {
    kind,
    effective_on: context.answers.effective_on,
    document_id: documentId,
    reason: reason?.slice(0, 500) ?? null,
    state: 'proposed',
    created_by: actor.userId,
    version: 1,
    created_at: clock.now(),
  })
  for (const { predecessorId, successorId, note } of links) {
    await insertRow(trx, 'unit_change_links', {
      change_id: id,
      predecessor_id: predecessorId,
      successor_id: successorId,
      note: note?.slice(0, 200) ?? null,
    })
  }
  await record(trx, actor, {
    action: 'organization.change.proposed',
    subjectType: 'unit_change',
    subjectId: id,
    changes: { change_kind: kind, effective_on: context.answers.effective_on },
  })
  return id
}
