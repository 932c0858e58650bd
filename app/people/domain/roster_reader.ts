import { parseCode, type CodeTable } from '#organization/domain/code_table'
import { isBlankText, normaliseCode } from '#organization/domain/text'
import { neutraliseText } from '#shared/spreadsheets/cell_value'
import { maskIdentity, maskPhone } from './identity_no.js'
import { parseOfficeDate, type DateSystem, type OfficeDate } from './office_date.js'
import { ROSTER_LABELS, type RosterField } from './roster_fields.js'
import type { FindingLevel, RosterCell, RosterFinding, RosterRow } from './roster_finding.js'

const BLANK: RosterCell = { text: '', kind: 'blank', raw: '' }
const LONGEST_VALUE = 100

/** Reads the cells of one row and gathers what there is to say of them. */
export class RosterReader {
  readonly findings: RosterFinding[] = []

  constructor(
    private readonly row: RosterRow,
    private readonly dateSystem: DateSystem = 1900
  ) {}

  cell(field: RosterField): RosterCell {
    return this.row.cells[field] ?? BLANK
  }

  isBlank(field: RosterField): boolean {
    const { kind, text } = this.cell(field)
    return kind === 'blank' || isBlankText(text)
  }

  say(
    level: FindingLevel,
    code: string,
    field: RosterField,
    params?: RosterFinding['params']
  ): void {
    const value = this.shown(field)
    this.findings.push({
      level,
      code,
      field: ROSTER_LABELS[field],
      ...(value && { value }),
      ...(params && { params }),
    })
  }

  sayAll(codes: readonly string[], field: RosterField): void {
    for (const code of codes) this.say('note', code, field)
  }

  /**
   * Is there something to read? An absent required value rejects the row, an error value (#N/A)
   * too where the value is required, else it is warned of; a formula is noted.
   */
  present(field: RosterField, required = false): boolean {
    const { kind, formula } = this.cell(field)
    if (formula) this.say('note', 'formula_cell', field)
    if (kind === 'error') {
      this.say(required ? 'rejected' : 'warning', 'error_cell', field)
      return false
    }
    if (!this.isBlank(field)) return true
    if (required) this.say('rejected', 'required', field)
    return false
  }

  /** A name of a department or post: no spaces, half-width letters. */
  label(field: RosterField): string | null {
    if (!this.present(field, true)) return null
    const { text, notes } = normaliseCode(this.cell(field).text)
    this.formulaLike(field)
    this.sayAll(notes, field)
    return text
  }

  /** Free text, kept as it is. */
  freeText(field: RosterField): string | null {
    if (!this.present(field)) return null
    this.formulaLike(field)
    return this.cell(field).text.trim()
  }

  /** A value of a table. One that is not in it rejects the row where required, else is warned of. */
  code<Code extends string>(
    field: RosterField,
    table: CodeTable<Code>,
    { required = false, allowed }: { required?: boolean; allowed?: readonly Code[] } = {}
  ): Code | null {
    if (!this.present(field, required)) return null
    const parsed = parseCode(table, this.cell(field).text)
    if (!parsed.ok || (allowed && !allowed.includes(parsed.code))) {
      this.say(required ? 'rejected' : 'warning', 'unknown_value', field)
      return null
    }
    this.sayAll(parsed.notes, field)
    return parsed.code
  }

  /** A date of the office; a bare serial number is noted, an unreadable date warned of. */
  date(field: RosterField): Extract<OfficeDate, { ok: true }> | null {
    if (!this.present(field)) return null
    const { kind, text, raw } = this.cell(field)
    const parsed = parseOfficeDate(kind === 'number' ? Number(raw) : text, this.dateSystem)
    if (!parsed.ok) {
      this.say('warning', 'invalid_date', field)
      return null
    }
    if (parsed.serial) this.say('note', 'serial_date', field)
    return parsed
  }

  /** Text that exports will neutralise; a lone dash, which offices write for "none", is not said. */
  private formulaLike(field: RosterField): void {
    const { kind } = this.cell(field)
    const text = this.cell(field).text.trim()
    const dangerous = text.length > 1 && neutraliseText(text) !== text
    if (kind === 'text' && dangerous) this.say('note', 'formula_like_text', field)
  }

  private shown(field: RosterField): string {
    const text = this.cell(field).text.slice(0, LONGEST_VALUE)
    if (field === 'identityNo') return maskIdentity(text)
    return field === 'phone' ? maskPhone(text) : text
  }
}
