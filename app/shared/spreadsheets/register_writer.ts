import { writeTo, type Target } from './output.js'
import { MAIN, STYLES, XML_HEAD } from './sheet_styles.js'
import { headerRow, sheetXml, type RegisterSheet } from './sheet_xml.js'
import { escapeXml } from './xml_escape.js'
import { ZipWriter } from './zip_writer.js'

export type Register = { sheets: RegisterSheet[]; title?: string }

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/**
 * Writes a register of any length as xlsx: rows are asked for as the target takes them and nothing
 * is kept. Headers are frozen and repeated on each printed page; dates and money are typed, text is
 * always a string cell with its value unchanged. Throws SpreadsheetError for a value that does not
 * fit its column, then nothing is left at a path.
 */
export async function writeRegister(target: Target, register: Register): Promise<void> {
  const names = sheetNames(register.sheets.map((sheet) => sheet.name))
  await writeTo(target, async (write) => {
    const zip = new ZipWriter(write)
    await zip.add('[Content_Types].xml', [contentTypes(names.length)])
    await zip.add('_rels/.rels', [relations([['officeDocument', 'xl/workbook.xml']])])
    await zip.add('xl/workbook.xml', [workbook(names, register.title)])
    await zip.add('xl/_rels/workbook.xml.rels', [
      relations([
        ...names.map((_, index): [string, string] => ['worksheet', sheetPart(index)]),
        ['styles', 'styles.xml'],
      ]),
    ])
    await zip.add('xl/styles.xml', [STYLES])
    for (const [index, sheet] of register.sheets.entries()) {
      await zip.add(`xl/${sheetPart(index)}`, sheetXml(sheet, register.title))
    }
    await zip.finish()
  })
}

const sheetPart = (index: number) => `worksheets/sheet${index + 1}.xml`

/** Names that spreadsheet programs accept: 31 characters, without the signs of references, once. */
export function sheetNames(wanted: string[]): string[] {
  const taken = new Set<string>()
  return wanted.map((name, index) => {
    const clean = name
      .toWellFormed()
      .replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
      .replace(/^'+|'+$/g, '')
    const base = clean.trim() || `Sheet${index + 1}`
    let unique = base.slice(0, 31)
    for (let number = 2; taken.has(unique.toLowerCase()); number++) {
      unique = `${base.slice(0, 31 - 2 - String(number).length)}(${number})`
    }
    taken.add(unique.toLowerCase())
    return unique
  })
}

function workbook(names: string[], title?: string): string {
  const sheets = names.map(
    (name, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`
  )
  const top = headerRow(title)
  const titles = names.map(
    (name, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escapeXml(name.replaceAll("'", "''"))}'!$1:$${top}</definedName>`
  )
  return (
    `${XML_HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets>` +
    `<definedNames>${titles.join('')}</definedNames></workbook>`
  )
}

function relations(targets: [string, string][]): string {
  const items = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`
  )
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`
}

function contentTypes(sheets: number): string {
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}" ContentType="${SHEET_TYPE}.${type}+xml"/>`
  const all = Array.from({ length: sheets }, (_, index) => part(sheetPart(index), 'worksheet'))
  return (
    `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${part('workbook.xml', 'sheet.main')}${part('styles.xml', 'styles')}${all.join('')}</Types>`
  )
}
