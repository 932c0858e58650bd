import { setImmediate } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { bulkInsert, inTransaction } from '#shared/database'
import { DomainError } from '#shared/errors'
import type { JobContext } from '#shared/jobs/registry'
import {
  importsPort,
  sourceRows,
  type CheckedRows,
  type CheckSummary,
  type ImportChecker,
  type ImportFinding,
} from '#shared/ports/imports'
import { moveState } from '#shared/transitions'
import { countRow, emptyTotals, type ImportTotals } from '../domain/levels.js'
import { rowKey } from '../domain/row_number.js'
import { IMPORT_MOVES } from '../domain/states.js'
import { openedFile } from '../files.js'
import { contextOf, importById, type ImportRecord } from '../queries/import_row.js'
import { dataRows, type SheetRows } from '../reader.js'
import { clearRows, stageRows, storedFinding, type FileRow, type StagedRow } from './stage_rows.js'

type Progress = JobContext['progress']

/**
 * The dry run: reads the file on its thread, has every row judged and stores the verdicts. May run
 * again from the start at any time; only the last step makes the result count. A file that turns
 * out unreadable further down leaves its reason with the import.
 */
export async function checkImport(importId: number, progress: Progress = async () => {}) {
  const record = await importById(importId)
  if (record.state !== 'checking') return
  await clearRows(importId)
  const run = new CheckRun(record, progress)
  try {
    await run.read()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    await clearRows(importId)
    await inTransaction((trx) =>
      moveState(trx, 'imports', record, IMPORT_MOVES, 'refuse_check', {
        error: JSON.stringify({ key: error.key, params: error.params }),
      })
    )
    throw error
  }
  await finish(record, run.totals, run.summary)
}

interface Judged extends CheckedRows {
  sheet: number
}

class CheckRun {
  readonly totals: ImportTotals = emptyTotals()
  summary: CheckSummary = {}
  /** Rows whose verdict has not come yet. */
  private readonly waiting = new Map<number, FileRow>()

  constructor(
    private readonly record: ImportRecord,
    private readonly progress: Progress
  ) {}

  private judged: Judged = { sheet: 0, verdicts: [] }
  private rowsRead = 0

  async read() {
    const { record } = this
    const definition = importsPort.get(record.definition)
    const checker = await definition.checker(contextOf(record))
    const file = await db.from('files').where('id', record.fileId!).firstOrFail()
    let next: SheetRows | null = null
    for await (const path of openedFile(file.storage_key)) {
      for await (const piece of dataRows(path, record.fileName, record.sheets)) {
        // a thread begins with a piece while the one before is looked up and stored
        checker.begin?.(record.sheets[piece.sheet].key, piece)
        if (next) await this.judge(checker, next)
        next = piece
      }
      if (next) await this.judge(checker, next)
    }
    await this.store(this.judged)
    await this.close(checker)
  }

  /** Judges a piece while the one before is stored. */
  private async judge(checker: ImportChecker, piece: SheetRows) {
    const { sheet, rows } = piece
    for (const [at, number] of rows.numbers.entries()) {
      this.waiting.set(rowKey(sheet, number), { rows, at })
    }
    const judging = checker.check(this.record.sheets[sheet].key, sourceRows(piece), piece)
    const checked = await both(judging, this.store(this.judged))
    this.judged = { sheet, ...(Array.isArray(checked) ? { verdicts: checked } : checked) }
    this.rowsRead += rows.numbers.length
    await this.progress({ done: this.rowsRead, total: this.record.facts.rows ?? 0 })
    await setImmediate()
  }

  private async close(checker: ImportChecker) {
    this.summary = await checker.finish()
    for (const { sheet, verdicts } of this.summary.verdicts ?? []) {
      const at = this.record.sheets.findIndex(({ key }) => key === sheet)
      await this.store({ sheet: at, verdicts })
    }
  }

  private async store({ sheet, verdicts, lines }: Judged) {
    const rows = verdicts.map((verdict): StagedRow => {
      const key = rowKey(sheet, verdict.row)
      const row = this.waiting.get(key) ?? null
      this.waiting.delete(key)
      countRow(this.totals, verdict.level, verdict.effect)
      return { sheet, verdict, row }
    })
    await stageRows(this.record.id, rows, lines)
  }
}

/** The first one's result when both have come to their end: what fails leaves nothing running. */
async function both<T>(first: Promise<T>, second: Promise<unknown>): Promise<T> {
  await Promise.allSettled([first, second])
  await second
  return first
}

/** The last step: said of the file as a whole, totals and state, in one transaction. */
async function finish(record: ImportRecord, totals: ImportTotals, summary: CheckSummary) {
  const findings = [...encodingNote(record), ...(summary.findings ?? [])]
  await inTransaction(async (trx) => {
    await moveState(trx, 'imports', record, IMPORT_MOVES, 'finish_check', {
      totals: JSON.stringify({ ...totals, confirmations: summary.confirmations ?? [] }),
    })
    await bulkInsert(
      trx,
      'import_findings',
      findings.map((finding) => storedFinding(record.id, rowKey(0, 0), finding))
    )
  })
}

/** A CSV file that is not UTF-8 was understood by its bytes: said, so that somebody can look. */
function encodingNote({ facts }: ImportRecord): ImportFinding[] {
  if (!facts.encoding || facts.encoding.startsWith('utf-8')) return []
  return [{ level: 'note', code: `encoding_${facts.encoding.replace('-', '_')}`, field: '' }]
}
