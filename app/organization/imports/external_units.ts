import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportEffectRow } from '#imports/actions/effects'
import { createUnit } from '../actions/create_unit.js'
import { unitResolver, type UnitResolver } from '../queries/resolve_unit.js'

/** A unit whose beginning nobody wrote down was there before everything that names it. */
export const SINCE_EVER = '1949-10-01'

/**
 * Ids of the units that a sheet names, inside the commit. Names of nobody were confirmed with the
 * dry run and become external units, each once.
 */
export class NamedUnits {
  readonly made: ImportEffectRow[] = []
  private readonly ids = new Map<string, number>()

  private constructor(
    private readonly trx: Trx,
    private readonly actor: Actor,
    private readonly resolve: UnitResolver
  ) {}

  static async open(trx: Trx, actor: Actor): Promise<NamedUnits> {
    return new NamedUnits(trx, actor, await unitResolver(trx))
  }

  /** A unit that the import itself has just made. */
  add(name: string, id: number) {
    this.ids.set(name, id)
  }

  async idOf(name: string, date: string): Promise<number> {
    const known = this.ids.get(name)
    if (known !== undefined) return known
    const hit = this.resolve(name, date)
    if (hit.kind === 'ambiguous') throw new DomainError('imports.errors.ambiguous_unit', { name })
    const id = hit.kind === 'found' ? hit.unitId : await this.make(name)
    this.ids.set(name, id)
    return id
  }

  private async make(name: string): Promise<number> {
    const input = { name, kind: 'external', validFrom: SINCE_EVER } as const
    const id = await createUnit(input, this.actor, this.trx)
    this.made.push({ subjectType: 'unit', subjectId: id, effect: 'created' })
    return id
  }
}
