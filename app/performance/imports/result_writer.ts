import { holdForDecision } from '#decisions/actions/hold'
import type { ImportEffectRow } from '#imports/actions/effects'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, inChunks, toInt, type Row, type Trx } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { ImportContext, StoredRow } from '#shared/ports/imports'
import { putPostValue } from '../actions/save_post_value.js'
import { FIGURES } from '../domain/figures.js'
import { cardList, type CardRow } from '../queries/cards.js'
import type { CycleRow } from '../queries/cycles.js'
import { nameKey } from '../queries/post_values.js'
import { figureIndicators } from './figure_indicators.js'
import type { PostValueParsed, ResultParsed } from './result_row.js'
import { computeLate, valueRow } from './written_results.js'

/** Writes results, held questions and coefficients of posts, and keeps what each did for the undo. */
export class ResultWriter {
  readonly effects: ImportEffectRow[] = []

  constructor(
    private readonly trx: Trx,
    private readonly actor: Actor,
    private readonly context: ImportContext,
    private readonly cycle: CycleRow
  ) {}

  async write(results: ResultParsed[]) {
    const cards = await this.cards()
    const wanted = results.map((result) => ({ result, card: this.known(cards, result) }))
    const before = await this.takeValues(wanted.map(({ card }) => card.id))
    await bulkInsert(this.trx, 'card_values', await this.valueRows(wanted))
    await computeLate(
      this.trx,
      this.cycle,
      wanted.map(({ card }) => card.id)
    )
    await bulkInsert(this.trx, 'scorecard_changes', await this.changeRows(wanted))
    for (const { card, result } of wanted) {
      await this.trx
        .from('scorecards')
        .where({ id: card.id, version: card.version })
        .update({
          rating: result.rating ?? card.rating,
          version: card.version + 1,
          updated_at: clock.now(),
        })
      this.effects.push({
        subjectType: 'scorecard',
        subjectId: card.id,
        effect: 'updated',
        before: {
          rating: card.rating,
          score: card.score,
          version: card.version,
          values: before.get(card.id) ?? [],
        },
      })
    }
  }

  async hold({ row, parsed }: StoredRow) {
    const { cardId, personName, figures, rating }: ResultParsed = parsed
    const stored = await this.trx
      .from('card_values')
      .join('indicators', 'indicators.id', 'card_values.indicator_id')
      .where('scorecard_id', cardId)
      .orderBy('indicators.id')
      .select('indicators.name', 'card_values.value')
    const facts = (entries: Array<[string, string | null]>) =>
      entries.map(([label, value]) => `${label} ${value ?? '—'}`).join('，')
    const subjectId = await holdForDecision(this.trx, this.actor, {
      code: `result_twice:${this.cycle.id}:${cardId}`,
      subjectType: 'scorecard',
      subjectId: cardId,
      evidence: {
        title: `${personName}：${this.cycle.title}两行结果`,
        reason: 'result_twice',
        facts: [
          {
            label: '已写入',
            value: facts(stored.map(({ name, value }) => [name, value])),
          },
          {
            label: `${this.context.fileName} 第 ${row} 行`,
            value: facts([
              ['工作量分', figures.quantity],
              ['质量分', figures.quality],
              ['出勤率', figures.attendance],
              ['加减分', figures.adjustment],
              ['档次', rating && this.ratingName(rating)],
            ]),
          },
        ],
        importId: this.context.importId,
        row,
        cardId,
        figures,
        rating,
      },
    })
    this.effects.push({ subjectType: 'decision', subjectId, effect: 'created' })
  }

  async postValue({ nature, post, coefficient, frontLine }: PostValueParsed) {
    const id = await putPostValue(this.trx, this.actor, {
      subject_key: nameKey(nature, post),
      nature,
      post_name: post,
      coefficient,
      front_line: frontLine,
      basis: 'sheet',
      valid_from: this.cycle.period.from,
      document_id: this.cycle.documentId,
    })
    this.effects.push({ subjectType: 'post_value', subjectId: id, effect: 'created' })
  }

  private async cards(): Promise<Map<number, CardRow>> {
    const cards = await cardList({ cycleId: this.cycle.id, units: 'all' }, this.trx)
    return new Map(cards.map((card) => [card.id, card]))
  }

  private ratingName(rating: string): string {
    const names: Record<string, string> = {
      excellent: '优秀',
      qualified: '合格',
      basically_qualified: '基本合格',
      unqualified: '不合格',
      undetermined: '不确定档次',
    }
    return names[rating] ?? rating
  }

  /** A card that changed since the dry run stops the commit by name. */
  private known(cards: ReadonlyMap<number, CardRow>, result: ResultParsed): CardRow {
    const card = cards.get(result.cardId)
    if (card?.personId === result.personId) return card
    throw new DomainError('imports.errors.changed_since_check', { name: result.personName })
  }

  /** Values of an earlier import leave; they stay in the effects, for the undo. */
  private async takeValues(cardIds: number[]): Promise<Map<number, Row[]>> {
    const kept = new Map<number, Row[]>()
    await inChunks(cardIds, 400, async (piece) => {
      const old = () =>
        this.trx.from('card_values').whereIn('scorecard_id', piece).where('source', 'imported')
      for (const row of await old()) {
        const { indicator_id: indicatorId, value, source_id: sourceId } = row
        const id = Number(row.scorecard_id)
        kept.set(id, [...(kept.get(id) ?? []), { indicatorId, value, sourceId }])
      }
      await old().delete()
      return []
    })
    return kept
  }

  private async valueRows(wanted: Array<{ result: ResultParsed; card: CardRow }>) {
    const indicators = await figureIndicators(this.trx, this.cycle, this.actor)
    return wanted.flatMap(({ result, card }) =>
      FIGURES.flatMap((name) => {
        const value = result.figures[name]
        if (value === null) return []
        return [valueRow(card.id, indicators[name], value, this.context.importId)]
      })
    )
  }

  private async changeRows(wanted: Array<{ result: ResultParsed; card: CardRow }>) {
    const latest = await this.trx
      .from('scorecard_changes')
      .join('scorecards', 'scorecards.id', 'scorecard_changes.scorecard_id')
      .where('scorecards.cycle_id', this.cycle.id)
      .groupBy('scorecard_id')
      .select('scorecard_id')
      .max('result_version as latest')
    const versions = new Map(latest.map((row) => [Number(row.scorecard_id), toInt(row.latest)]))
    const cards = await this.cards()
    return wanted
      .map(({ result, card }) => ({
        card,
        rating: result.rating ?? card.rating,
        score: cards.get(card.id)!.score,
      }))
      .filter(({ card, rating, score }) => rating !== card.rating || score !== card.score)
      .map(({ card, rating, score }) => ({
        scorecard_id: card.id,
        result_version: (versions.get(card.id) ?? 0) + 1,
        stage: 'import',
        score_before: card.score,
        score_after: score,
        rating_before: card.rating,
        rating_after: rating,
        reason: this.context.fileName,
        document_id: null,
        actor_id: this.actor.userId,
        recorded_at: clock.now(),
      }))
  }
}
