import type { ImportConfirmation } from '#shared/ports/imports'
import type { Client } from '#decisions/queries/client'
import { unitResolver, type ResolvedUnit, type UnitResolver } from '../queries/resolve_unit.js'

/**
 * The units that a sheet names, as of its date: those on record, those of the sheet itself, and
 * names of nobody, which become external units after one confirmation.
 */
export class UnitBook {
  readonly unknown = new Set<string>()

  private constructor(
    private readonly resolve: UnitResolver,
    private readonly own: ReadonlySet<string>
  ) {}

  static async open(own: Iterable<string> = [], client?: Client): Promise<UnitBook> {
    return new UnitBook(await unitResolver(client), new Set(own))
  }

  /** What a name means on a date. */
  find(name: string, date: string): ResolvedUnit {
    return this.resolve(name, date)
  }

  /** `ambiguous` is for the row to refuse; an unknown name is remembered. */
  mention(name: string, date: string): 'known' | 'ambiguous' | 'unknown' {
    if (this.own.has(name)) return 'known'
    const hit = this.resolve(name, date)
    if (hit.kind === 'found') return 'known'
    if (hit.kind === 'ambiguous') return 'ambiguous'
    this.unknown.add(name)
    return 'unknown'
  }

  confirmations(): ImportConfirmation[] {
    if (this.unknown.size === 0) return []
    const names = [...this.unknown].join('、')
    return [{ code: 'external_units', params: { names, count: this.unknown.size } }]
  }
}
