import type { Actor } from '#shared/actor'
import { toInt, type Trx } from '#shared/database'
import { POOL_UNIT_ID, postMovement, type EntryInput } from '../actions/quota/post_movement.js'
import { ledgerEntries } from '../actions/quota/seats.js'
import { CATEGORY_ORDER, type PostCategory } from '../domain/codes.js'
import { entriesFor, type QuotaMovement } from '../domain/quota_movements.js'
import type { NewPostParsed, TargetParsed } from './check_quotas.js'
import { newSeats, type Seats } from './new_seats.js'

export interface OpeningTarget {
  unitId: number
  documentId: number
  parsed: TargetParsed
  functions: NewPostParsed[]
}

type CellOf = (category: PostCategory, count: number) => QuotaMovement

/** Opens the ledger by approved numbers, each by its own document and on its own date. */
export class LedgerOpening {
  private readonly targets: OpeningTarget[] = []

  constructor(
    private readonly trx: Trx,
    private readonly actor: Actor,
    private readonly importId: number
  ) {}

  add(target: OpeningTarget) {
    this.targets.push(target)
  }

  /** Seats opened straight into units, and seats issued from the pool. */
  async book(): Promise<{ opened: number; issued: number }> {
    const result = { opened: 0, issued: 0 }
    const formed = await this.formedUnits()
    for (const target of this.targets.filter(({ unitId }) => !formed.has(unitId))) {
      await this.open(target)
      result.opened += target.parsed.total
    }
    for (const target of this.targets.filter(({ unitId }) => formed.has(unitId))) {
      result.issued += await this.issue(target)
    }
    return result
  }

  /** Units that the plan makes: what they inherit comes later, with the people. */
  private async formedUnits(): Promise<Set<number>> {
    const rows = await this.links().whereNotNull('l.successor_id').distinct('l.successor_id')
    return new Set(rows.map((row) => Number(row.successor_id)))
  }

  private links() {
    return this.trx
      .from('unit_change_links as l')
      .join('unit_changes as c', 'c.id', 'l.change_id')
      .whereNot('c.state', 'withdrawn')
      .whereNot('c.kind', 'spin_off')
  }

  private async open(target: OpeningTarget) {
    const { unitId, parsed } = target
    const cell = { unitId, funding: parsed.fundingType }
    await this.post(target, 'opening', parsed.seats, unitId, (category, count) => ({
      kind: 'opening',
      cell: { ...cell, category },
      into: 'vacant',
      count,
    }))
  }

  /** Seats beyond those of the predecessors open in the pool and are issued (核增) from there. */
  private async issue(target: OpeningTarget): Promise<number> {
    const { unitId, parsed } = target
    const seats = newSeats(parsed.seats, await this.inherited(target))
    const count = CATEGORY_ORDER.reduce((sum, category) => sum + seats[category], 0)
    if (count === 0) return 0
    const pool = { unitId: POOL_UNIT_ID, funding: parsed.fundingType }
    await this.post(target, 'opening', seats, POOL_UNIT_ID, (category, seatCount) => ({
      kind: 'opening',
      cell: { ...pool, category },
      into: 'pool',
      count: seatCount,
    }))
    await this.post(target, 'issue', seats, unitId, (category, seatCount) => ({
      kind: 'issue',
      cell: { unitId, funding: parsed.fundingType, category },
      poolUnitId: POOL_UNIT_ID,
      count: seatCount,
    }))
    return count
  }

  /** Approved seats of the units that become this one, by their latest targets before it. */
  private async inherited({ unitId, parsed }: OpeningTarget): Promise<Seats> {
    const predecessors = await this.links()
      .where('l.successor_id', unitId)
      .whereNotNull('l.predecessor_id')
      .distinct('l.predecessor_id')
    const ids = predecessors.map((row) => Number(row.predecessor_id))
    const rows = await this.trx
      .from('quota_targets')
      .whereIn('unit_id', ids)
      .where({ funding_type: parsed.fundingType, live: 1 })
      .where('valid_from', '<', parsed.validFrom)
      .orderBy('valid_from')
    const latest = new Map(rows.map((row) => [Number(row.unit_id), row]))
    const sum = (category: PostCategory) =>
      [...latest.values()].reduce((total, row) => total + Number(row[category]), 0)
    return {
      management: sum('management'),
      professional: sum('professional'),
      support: sum('support'),
    }
  }

  private async post(
    { documentId, parsed, functions }: OpeningTarget,
    kind: 'opening' | 'issue',
    seats: Seats,
    unitId: number,
    movement: CellOf
  ) {
    const entries: EntryInput[] = CATEGORY_ORDER.filter((category) => seats[category] > 0).flatMap(
      (category) => ledgerEntries(entriesFor(movement(category, seats[category])))
    )
    if (entries.length === 0) return
    const names = functions.map((post) => `${post.function} ${post.post} ${post.total}`)
    await postMovement(this.trx, this.actor, {
      key: await this.keyFor(
        `${kind}:${unitId}:${parsed.unit}:${parsed.fundingType}:${parsed.validFrom}`
      ),
      kind,
      effectiveOn: parsed.validFrom,
      documentId,
      reason: kind === 'issue' && names.length > 0 ? names.join('、').slice(0, 500) : null,
      subjectType: 'import',
      subjectId: this.importId,
      entries,
    })
  }

  /** One opening a unit, kind of funding and date; after an undo it may be opened anew. */
  private async keyFor(key: string): Promise<string> {
    const row = await this.trx
      .from('quota_movements')
      .where('movement_key', 'like', `quota:${key}#%:undo`)
      .count('* as undone')
      .first()
    return `quota:${key}#${toInt(row.undone)}`
  }
}
