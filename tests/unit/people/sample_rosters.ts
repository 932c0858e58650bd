import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTable } from '#shared/spreadsheets/table_reader'
import type { Row } from '#shared/spreadsheets/types'
import { ROSTER_COLUMNS, ROSTER_LABELS, type RosterField } from '#people/domain/roster_fields'
import type { RosterRow, RosterVerdict } from '#people/domain/roster_finding'
import { checkRosterRows } from '#people/domain/roster_sheet'

const DATA = fileURLToPath(new URL('../../fixtures/data/', import.meta.url))

export const ROSTERS = ['tv-station.xlsx', 'newspaper.xlsx', 'opinion-centre.gbk.csv'] as const

export interface Said {
  file: string
  row: number
  level: string
  code: string
  field: string
}

/** What must be said of the sample rosters; row 0 speaks of a file and is the engine's. */
export function expectedFindings(): Said[] {
  const { rows } = JSON.parse(readFileSync(`${DATA}rosters/expected.json`, 'utf8'))
  return rows
    .filter(({ row }: Said) => row > 0)
    .map(({ file, row, level, code, field }: Said) => ({ file, row, level, code, field }))
}

/** The data rows under the header of the first sheet, without totals and signatures. */
export async function sampleRows(file: string): Promise<RosterRow[]> {
  const table = await readTable(`${DATA}rosters/${file}`, file)
  const rows = table.sheets[0].rows
  const header = rows.findIndex((row) => row.cells.some(({ text }) => text === ROSTER_LABELS.name))
  const fields = rows[header].cells.map(
    ({ text }) => ROSTER_COLUMNS.find(({ label }) => label === text)!.code
  )
  return rows
    .slice(header + 1)
    .filter((row) => !/^(合计|填表人)/.test(row.cells[0].text))
    .map((row) => rosterRow(row, fields))
}

/** The verdicts on all three, judged one after the other as they are committed. */
export async function judgeSamples(): Promise<{ file: string; verdict: RosterVerdict }[]> {
  const verdicts: { file: string; verdict: RosterVerdict }[] = []
  const units = new Map<string, string>()
  for (const file of ROSTERS) {
    const here = [
      ...checkRosterRows(await sampleRows(file), {
        asOf: '2022-01-10',
        allowedTerms: ['full', 'partial', 'contract'],
        otherMainUnit: (identityNo) => units.get(identityNo) ?? null,
      }),
    ]
    for (const verdict of here) {
      verdicts.push({ file: `rosters/${file}`, verdict })
      if (verdict.verdict === 'accepted') units.set(verdict.identityNo!, file)
    }
  }
  return verdicts
}

function rosterRow(row: Row, fields: RosterField[]): RosterRow {
  const cells = Object.fromEntries(fields.map((field, index) => [field, row.cells[index]]))
  return { number: row.number, hidden: row.hidden, cells }
}
