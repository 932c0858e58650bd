import type { Actor } from '#shared/actor'
import type { Trx } from '#shared/database'
import { cellAt, type PackedRows } from '#shared/spreadsheets/packed_rows'
import type { Cell } from '#shared/spreadsheets/types'

export const IMPORT_LEVELS = ['ok', 'note', 'warning', 'held', 'rejected', 'skipped'] as const
export type ImportLevel = (typeof IMPORT_LEVELS)[number]
export type ImportEffect = 'create' | 'update' | 'same' | 'none'

/** A column that a sheet may have. `header` is the official Chinese header, the field of a finding. */
export interface ImportField {
  name: string
  header: string
  synonyms: readonly string[]
  required: boolean
}

/** One kind of sheet of a workbook. */
export interface ImportSheet {
  key: string
  /** Sheet names that speak for it when several sheets have the columns. */
  names: readonly string[]
  fields: readonly ImportField[]
  /** The import goes on without it. */
  optional?: boolean
}

/** What is said of a row (or of the file: row 0); `params` hold no unmasked personal value. */
export interface ImportFinding {
  level: Exclude<ImportLevel, 'ok'>
  /** Sentence: `<key of the definition's module>.findings.<code>`, else `imports.findings.<code>`. */
  code: string
  /** Official header, empty when the row as a whole is meant. */
  field: string
  value?: string
  params?: Record<string, string | number>
}

/** A row of the sheet, its cells already under the names of the fields. */
export interface SourceRow {
  number: number
  hidden?: boolean
  cells: Partial<Record<string, Cell>>
}

/** Rows of a sheet as they come from the file, and which column is which field. */
export interface SourcePiece {
  rows: PackedRows
  columns: Record<string, number>
}

/** The rows of a piece under the names of the fields. */
export function sourceRows({ rows, columns }: SourcePiece): SourceRow[] {
  const hidden = new Set(rows.hidden)
  return rows.numbers.map((number, at) => new PieceRow(number, hidden.has(at), rows, at, columns))
}

/** Its cells are made when somebody asks for them. */
class PieceRow implements SourceRow {
  #cells: SourceRow['cells'] | null = null

  constructor(
    readonly number: number,
    readonly hidden: boolean,
    private readonly rows: PackedRows,
    private readonly at: number,
    private readonly columns: SourcePiece['columns']
  ) {}

  get cells(): SourceRow['cells'] {
    if (this.#cells === null) {
      this.#cells = {}
      for (const name in this.columns) {
        this.#cells[name] = cellAt(this.rows, this.at, this.columns[name])
      }
    }
    return this.#cells
  }
}

/** What a definition makes of one row (or of a run of blank rows). */
export interface RowVerdict {
  row: number
  level: ImportLevel
  findings: ImportFinding[]
  /** What commit needs; plain JSON, personal values sealed. Null: nothing to commit. */
  parsed: unknown
  /** Its line is among those that are kept together: it is not stored by itself. */
  kept?: true
  effect: ImportEffect
  subjectType?: string
  subjectId?: number
}

/**
 * Rows that commit only has to take over, kept together: thousands of them are stored as quickly as
 * one. Nothing else is known of each.
 */
export interface KeptLines {
  /** UTF-8, an array with an entry a row; personal values sealed. */
  json: Uint8Array<ArrayBuffer>
  /** How many there are of each group; what a group is, the definition says. */
  counts: Map<string, number>
}

/** What a checker says of a piece. */
export interface CheckedRows {
  verdicts: RowVerdict[]
  /** Of the verdicts that are `kept`. */
  lines?: KeptLines
}

/** The stored rows that a commit takes over, held ones among them, in the order of the sheets. */
export interface RowSource {
  all(): Promise<StoredRow[]>
  /** Only those about a record that was known at the check (`subjectId`): the rest stays in SQL. */
  aboutKnown(): Promise<StoredRow[]>
  /** How many rows are kept together of each group. */
  groups(): Promise<Map<string, number>>
}

/** Something that a person must say yes to once before the commit (new external units…). */
export interface ImportConfirmation {
  /** `imports.confirmations.<code>` */
  code: string
  params: Record<string, string | number>
}

export interface CheckSummary {
  /** Said of the file as a whole. */
  findings?: ImportFinding[]
  confirmations?: ImportConfirmation[]
  /** Verdicts on rows that could only be judged together. */
  verdicts?: { sheet: string; verdicts: RowVerdict[] }[]
}

/** Checks a file in the order of its sheets and rows, in pieces of at most 400 rows. */
export interface ImportChecker {
  /** Told of the rows that `check` is given after those in hand: a thread may begin with them. */
  begin?(sheet: string, piece: SourcePiece): void
  /** A row may be kept back for `finish`; each gets exactly one verdict. */
  check(sheet: string, rows: SourceRow[], piece: SourcePiece): Promise<RowVerdict[] | CheckedRows>
  finish(): Promise<CheckSummary>
}

/** What the engine found above the header and in the file's name. */
export interface FoundFacts {
  fileName: string
  title: string | null
  /** Names that may be the unit's: 填报单位 first, then title, then file name. */
  unitTexts: string[]
  /** Civil dates found: the title's, then 填报日期, then others above the header. */
  dates: string[]
}

/** A fact that is confirmed at upload. `value` is the proposal; null: the user must say. */
export interface ImportQuestion {
  name: string
  kind: 'date' | 'text' | 'choice'
  labelKey: string
  helpKey?: string
  helpParams?: Record<string, string | number>
  value: string | null
  required: boolean
  options?: { value: string; label: string }[]
}

/** The facts of one import, as check and commit see them. */
export interface ImportContext {
  importId: number
  asOf: string
  fileName: string
  answers: Record<string, string>
  found: FoundFacts
  /** A workbook of rejected rows that were mended: not the whole roster. */
  partial: boolean
  /** People who uploaded the file and confirmed its facts: of pay and rating they enter nothing of their own. */
  importedBy: number[]
}

/** A stored row for the commit. */
export interface StoredRow {
  sheet: string
  row: number
  level: ImportLevel
  effect: ImportEffect
  parsed: any
}

export interface ImportDefinition<Plan = any> {
  key: string
  /** Translation key of its name. */
  titleKey: string
  /** Asked beside `imports.run` / `imports.view`, for the unit of the import when it has one. */
  capability: string
  /** Pay and the like: only who may run it sees its imports, whatever else they may see. */
  confidential?: boolean
  /** Place in the usual order of a reform; `after` are the definitions to commit before. */
  order: number
  after: readonly string[]
  sheets: readonly ImportSheet[]
  /** Language file that holds `findings.<code>` of this definition. */
  module: string
  /** Facts beside the rows, with proposals; `as_of` is asked by the engine itself. */
  questions(found: FoundFacts, asOf: string, actor: Actor): Promise<ImportQuestion[]>
  /** The unit that the import is about (scope of the permission), from its answers. */
  unitOf?(answers: Record<string, string>): number | null
  checker(context: ImportContext): Promise<ImportChecker>
  /** Everything that can be made ready before the deciding transaction; reads only. */
  prepare(context: ImportContext, rows: RowSource): Promise<Plan>
  /**
   * The deciding step, set-based, in one transaction. Throws DomainError when the facts changed
   * since the check. Returns counts for the result.
   */
  write(trx: Trx, actor: Actor, context: ImportContext, plan: Plan): Promise<Record<string, number>>
  /** Takes everything back; throws DomainError naming what depends on it. */
  undo(trx: Trx, actor: Actor, context: ImportContext): Promise<void>
}

const definitions = new Map<string, ImportDefinition>()

/** Modules register what they can import; the engine in `imports` does the rest. */
export const importsPort = {
  register(definition: ImportDefinition) {
    definitions.set(definition.key, definition)
  },
  /** In the usual order. */
  all(): ImportDefinition[] {
    return [...definitions.values()].sort((a, b) => a.order - b.order)
  },
  find(key: string): ImportDefinition | null {
    return definitions.get(key) ?? null
  },
  /** Throws when no module registered it. */
  get(key: string): ImportDefinition {
    const definition = definitions.get(key)
    if (!definition) throw new Error(`no import definition ${key}`)
    return definition
  },
}
