import type { CheckSummary, ImportChecker, RowVerdict, SourceRow } from '#shared/ports/imports'

type Judge = (rows: Map<string, SourceRow[]>) => Promise<CheckSummary>

/**
 * Keeps the rows of small sheets until all are there: units and posts name each other, in whatever
 * order the sheets come.
 */
export class SheetBuffer implements ImportChecker {
  private readonly rows = new Map<string, SourceRow[]>()

  constructor(private readonly judge: Judge) {}

  async check(sheet: string, rows: SourceRow[]): Promise<RowVerdict[]> {
    this.rows.set(sheet, [...(this.rows.get(sheet) ?? []), ...rows])
    return []
  }

  finish(): Promise<CheckSummary> {
    return this.judge(this.rows)
  }
}
