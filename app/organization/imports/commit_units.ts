import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import type { ImportContext } from '#shared/ports/imports'
import { recordDocument } from '#decisions/actions/record_document'
import { recordEffects, type ImportEffectRow } from '#imports/actions/effects'
import { createUnit } from '../actions/create_unit.js'
import { setUnitFacts } from '../actions/set_unit_facts.js'
import { addUnitName } from '../actions/unit_names.js'
import { factsAsOf } from '../queries/unit_facts.js'
import type { UnitParsed } from './check_units.js'
import { NamedUnits, SINCE_EVER } from './external_units.js'
import { planChanges } from './plan_changes.js'

/** Units, their names and facts, and the changes that the plan announces. */
export async function commitUnits(
  trx: Trx,
  actor: Actor,
  context: ImportContext,
  rows: UnitParsed[]
): Promise<Record<string, number>> {
  const documentId = context.answers.document
    ? await recordDocument(trx, actor, { documentNo: context.answers.document })
    : null
  const units = await NamedUnits.open(trx, actor)
  const writer = new UnitWriter(trx, actor, context, units, documentId)
  for (const row of rows) await writer.unit(row)
  for (const row of rows) await writer.namesAndFacts(row)
  const changes = await planChanges(trx, actor, context, units, rows, documentId)
  await recordEffects(trx, context.importId, [...units.made, ...writer.effects, ...changes])
  return {
    units: writer.created,
    updated: rows.filter(({ changesFacts }) => changesFacts).length,
    external: units.made.length,
    changes: changes.length,
  }
}

class UnitWriter {
  readonly effects: ImportEffectRow[] = []
  created = 0

  constructor(
    private readonly trx: Trx,
    private readonly actor: Actor,
    private readonly context: ImportContext,
    private readonly units: NamedUnits,
    private readonly documentId: number | null
  ) {}

  /** A unit that the plan forms is there from the plan's date; the others were there before. */
  async unit(row: UnitParsed) {
    if (row.unitId !== null) return this.units.add(row.name, row.unitId)
    const validFrom =
      row.change === 'form' || row.change === 'restructure' ? this.context.asOf : SINCE_EVER
    const input = {
      name: row.name,
      kind: 'reform',
      validFrom,
      documentId: this.documentId,
    } as const
    const id = await createUnit(input, this.actor, this.trx)
    this.created++
    this.effects.push({ subjectType: 'unit', subjectId: id, effect: 'created' })
    this.units.add(row.name, id)
  }

  async namesAndFacts(row: UnitParsed) {
    const { trx, actor, context } = this
    const unitId = await this.units.idOf(row.name, context.asOf)
    const supervisorId = row.supervisor ? await this.units.idOf(row.supervisor, context.asOf) : null
    if (row.unitId === null || row.changesFacts) {
      await this.facts(row, unitId, row.owned ? supervisorId : null)
    }
    for (const name of row.additional) {
      const validFrom = context.answers.effective_on
      const kind = 'additional' as const
      const before = await nameIds(trx, unitId)
      await addUnitName(trx, actor, {
        unitId,
        name,
        kind,
        validFrom,
        documentId: this.documentId,
      })
      this.madeSince(before, await nameIds(trx, unitId), 'unit_name')
    }
  }

  private async facts(row: UnitParsed, unitId: number, parentId: number | null) {
    const { trx, actor, context } = this
    const validFrom = row.unitId === null && row.change !== 'form' ? SINCE_EVER : context.asOf
    const before = await factIds(trx, unitId)
    const known = (await factsAsOf(context.asOf, [unitId], trx)).get(unitId)
    await setUnitFacts(trx, actor, {
      unitId,
      validFrom,
      documentId: this.documentId,
      rank: row.rank ?? known?.rank ?? null,
      unitClass: row.unitClass ?? (known?.unitClass as UnitParsed['unitClass']) ?? null,
      supervisor: row.supervisor ?? known?.supervisor ?? null,
      parentId: parentId ?? known?.parentId ?? null,
    })
    if (row.unitId !== null) {
      await trx.from('units').where('id', unitId).update({ kind: 'reform' })
    }
    this.madeSince(before, await factIds(trx, unitId), 'unit_fact')
  }

  private madeSince(before: number[], after: number[], subjectType: string) {
    for (const id of after.filter((one) => !before.includes(one))) {
      this.effects.push({ subjectType, subjectId: id, effect: 'created' })
    }
  }
}

async function nameIds(trx: Trx, unitId: number): Promise<number[]> {
  const rows = await trx.from('unit_names').where('unit_id', unitId).select('id')
  return rows.map(({ id }) => Number(id))
}

async function factIds(trx: Trx, unitId: number): Promise<number[]> {
  const rows = await trx.from('unit_facts').where('unit_id', unitId).select('id')
  return rows.map(({ id }) => Number(id))
}
