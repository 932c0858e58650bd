import type {
  ImportEffect,
  ImportFinding,
  ImportLevel,
  RowVerdict,
  SourceRow,
} from '#shared/ports/imports'
import { IMPORT_LEVELS } from '#shared/ports/imports'
import { parseCode, type CodeTable } from '../domain/code_table.js'
import { isCivilDate } from '#shared/dates'

const LONGEST_VALUE = 100
/** Fields of personal values: what is said of them shows no more than their end. */
const SECRET = new Set(['identityNo', 'account', 'phone'])
/** A number of a person wherever it stands: phone, identity, bank account. */
const LONG_NUMBER = /\d{11,}[\dXx]?/g
const SHOWN = 4

/** Reads the cells of one row of an organisation sheet and gathers what there is to say of them. */
export class RowReading {
  readonly findings: ImportFinding[] = []

  constructor(
    readonly row: SourceRow,
    private readonly headers: Record<string, string>
  ) {
    if (row.hidden) this.findings.push({ level: 'note', code: 'hidden_row', field: '' })
  }

  get rejected(): boolean {
    return this.findings.some(({ level }) => level === 'rejected')
  }

  say(
    level: ImportFinding['level'],
    code: string,
    field: string,
    params?: ImportFinding['params']
  ): void {
    const value = shownValue(field, this.text(field)).slice(0, LONGEST_VALUE)
    this.findings.push({
      level,
      code,
      field: this.headers[field] ?? '',
      ...(value && { value }),
      ...(params && { params }),
    })
  }

  /** The first row with a key keeps it in `seen`; a later one is rejected and names the first. */
  once(seen: Map<string, number>, key: string, field: string): void {
    const first = seen.get(key)
    if (first === undefined) seen.set(key, this.row.number)
    else this.say('rejected', 'repeated', field, { row: first })
  }

  /** Trimmed text of a cell, empty when there is none. */
  text(field: string): string {
    return this.row.cells[field]?.text.trim() ?? ''
  }

  /** Text that must be there. */
  required(field: string): string {
    const text = this.text(field)
    if (text === '') this.say('rejected', 'required', field)
    return text
  }

  /** A value of a table; null when blank. An unknown one rejects the row. */
  code<Code extends string>(field: string, table: CodeTable<Code>, required = false): Code | null {
    const text = required ? this.required(field) : this.text(field)
    if (text === '') return null
    const parsed = parseCode(table, text)
    if (!parsed.ok) this.say('rejected', 'unknown_value', field)
    return parsed.ok ? parsed.code : null
  }

  /** A whole number from 0 up; null when blank. Anything else rejects the row. */
  count(field: string, required = false): number | null {
    const text = required ? this.required(field) : this.text(field)
    if (text === '') return null
    if (/^\d{1,6}$/.test(text)) return Number(text)
    this.say('rejected', 'not_a_count', field)
    return null
  }

  /** An exact decimal such as 1.45, as text; null when blank. */
  decimal(field: string): string | null {
    const text = this.text(field)
    if (text === '') return null
    if (/^\d{1,3}(\.\d{1,4})?$/.test(text)) return text
    this.say('rejected', 'not_a_number', field)
    return null
  }

  /** A civil date that must be there. */
  date(field: string): string | null {
    const text = this.required(field)
    if (text === '') return null
    const date = text
      .replace(/[年月./]/g, '-')
      .replace(/日.*$/, '')
      .replace(/ .*$/, '')
      .replace(/-(\d)(?=-|$)/g, '-0$1')
    if (isCivilDate(date)) return date
    this.say('rejected', 'invalid_date', field)
    return null
  }

  /** 是 or 否; blank is no. */
  yes(field: string): boolean {
    const text = this.text(field)
    if (['', '否', '×', 'N', 'n', '0'].includes(text)) return false
    if (['是', '√', '✓', 'Y', 'y', '1'].includes(text)) return true
    this.say('rejected', 'unknown_value', field)
    return false
  }

  /** A rejected row says only why. */
  verdict(parsed: unknown, effect: ImportEffect): RowVerdict {
    const rejections = this.findings.filter(({ level }) => level === 'rejected')
    if (rejections.length > 0) {
      return { ...this.place('rejected', rejections), parsed: null, effect: 'none' }
    }
    const levels = this.findings.map(({ level }) => IMPORT_LEVELS.indexOf(level))
    const level = IMPORT_LEVELS[Math.max(0, ...levels)]
    return { ...this.place(level, this.findings), parsed, effect }
  }

  private place(level: ImportLevel, findings: ImportFinding[]) {
    return { row: this.row.number, level, findings }
  }
}

function shownValue(field: string, text: string): string {
  return SECRET.has(field) ? masked(text) : text.replace(LONG_NUMBER, masked)
}

function masked(text: string): string {
  const hidden = text.length > 2 * SHOWN ? text.length - SHOWN : text.length
  return '*'.repeat(hidden) + text.slice(hidden)
}

/** Field name → official header. */
export function headersOf(fields: readonly { name: string; header: string }[]) {
  return Object.fromEntries(fields.map(({ name, header }) => [name, header]))
}

/** A column of a sheet. */
export function column(name: string, header: string, synonyms: string[] = [], required = false) {
  return { name, header, synonyms, required }
}

/**
 * What the sheet has no column for stays as it is on record; an empty cell of a column says that there
 * is none. `columns`: value → field of the sheet.
 */
export function withoutColumn<Values extends object, Name extends keyof Values>(
  { cells }: SourceRow,
  columns: Record<Name, string>,
  onRecord: Values
): Partial<Pick<Values, Name>> {
  const names = (Object.keys(columns) as Name[]).filter((name) => !(columns[name] in cells))
  return Object.fromEntries(names.map((name) => [name, onRecord[name]])) as Partial<
    Pick<Values, Name>
  >
}
