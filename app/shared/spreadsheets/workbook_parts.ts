import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import { builtinDisplay, displayOf, type NumberDisplay } from './number_format.js'
import { unescapeText } from './shared_strings.js'
import { isTrue } from './xml_attributes.js'
import type { SheetInfo } from './types.js'
import type { ZipArchive } from './zip_archive.js'

const RELATIONS = 10_000
const STYLES = 65_536

type Relation = { type: string; target: string }

/** What a workbook says of itself before its sheets: their order, parts, formats, epoch. */
export type WorkbookParts = {
  sheets: (SheetInfo & { part: string })[]
  date1904: boolean
  sharedStrings: string | null
  displays: NumberDisplay[]
}

/** Reads the parts that lead to the sheets; refuses packages that are no workbook. */
export async function readWorkbookParts(
  archive: ZipArchive,
  limits: Limits
): Promise<WorkbookParts> {
  const workbookPart = await findWorkbook(archive)
  const relations = await readRelations(archive, workbookPart)
  const { sheets, date1904 } = await readWorkbookPart(archive, workbookPart, relations, limits)
  const partOf = (type: string) =>
    [...relations.values()].find((relation) => relation.type === type)?.target ?? null
  const styles = partOf('styles')
  return {
    sheets,
    date1904,
    sharedStrings: partOf('sharedStrings'),
    displays: styles && archive.has(styles) ? await readDisplays(archive, styles) : [],
  }
}

async function findWorkbook(archive: ZipArchive): Promise<string> {
  if (!archive.has('_rels/.rels')) {
    const openDocument = archive.has('mimetype') && archive.has('content.xml')
    if (openDocument) throw new SpreadsheetError('unsupported_format', { value: 'ods' })
    throw new SpreadsheetError('not_a_spreadsheet', { value: 'zip' })
  }
  const relations = await readRelations(archive, '')
  const main = [...relations.values()].find((relation) => relation.type === 'officeDocument')
  if (!main) throw new SpreadsheetError('not_a_spreadsheet', { value: 'zip' })
  if (main.target.endsWith('.bin')) {
    throw new SpreadsheetError('unsupported_format', { value: 'xlsb' })
  }
  return main.target
}

/** The relations of a part by id; targets outside the package are left out. */
async function readRelations(archive: ZipArchive, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const name = `${folder}_rels/${part.slice(slash)}.rels`
  const relations = new Map<string, Relation>()
  await archive.parse(name, {
    open(tag, attributes) {
      if (tag !== 'Relationship') return
      if (attributes.get('TargetMode') === 'External') return
      const type = attributes.get('Type') ?? ''
      const target = resolvePart(folder, attributes.get('Target') ?? '')
      relations.set(attributes.get('Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target,
      })
      if (relations.size > RELATIONS) throw new SpreadsheetError('damaged', { place: name })
    },
    close() {},
    text() {},
  })
  return relations
}

/** A target as a name inside the package; it can never lead out of it, for it is only looked up. */
function resolvePart(folder: string, target: string): string {
  const whole = target.startsWith('/') ? target.slice(1) : folder + target
  const steps: string[] = []
  for (const step of whole.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

async function readWorkbookPart(
  archive: ZipArchive,
  part: string,
  relations: Map<string, Relation>,
  limits: Limits
) {
  const sheets: WorkbookParts['sheets'] = []
  let date1904 = false
  let root = true
  await archive.parse(part, {
    open(tag, attributes) {
      if (root && tag !== 'workbook') {
        throw new SpreadsheetError('not_a_spreadsheet', { value: tag })
      }
      root = false
      if (tag === 'workbookPr') date1904 = isTrue(attributes.get('date1904'))
      if (tag !== 'sheet') return
      const relation = relations.get(attributes.endingWith(':id') ?? '')
      if (!relation) throw new SpreadsheetError('damaged', { place: part })
      if (relation.type !== 'worksheet') return
      const hidden = (attributes.get('state') ?? 'visible') !== 'visible'
      const name = unescapeText((attributes.get('name') ?? '').slice(0, 255))
      sheets.push({ name, hidden, part: relation.target })
      if (sheets.length > limits.sheets) {
        throw new SpreadsheetError('too_many_sheets', { value: limits.sheets })
      }
    },
    close() {},
    text() {},
  })
  return { sheets, date1904 }
}

/** How each cell format of the workbook shows a number, by the index that cells name. */
async function readDisplays(archive: ZipArchive, part: string): Promise<NumberDisplay[]> {
  const custom = new Map<number, NumberDisplay>()
  const displays: NumberDisplay[] = []
  let inCellFormats = false
  await archive.parse(part, {
    open(tag, attributes) {
      if (tag === 'cellXfs') inCellFormats = true
      else if (tag === 'numFmt') {
        custom.set(
          Number(attributes.get('numFmtId')),
          displayOf(attributes.get('formatCode') ?? '')
        )
      } else if (tag === 'xf' && inCellFormats) {
        const id = Number(attributes.get('numFmtId') ?? 0)
        displays.push(custom.get(id) ?? builtinDisplay(id))
      }
      if (custom.size > STYLES || displays.length > STYLES) {
        throw new SpreadsheetError('damaged', { place: part })
      }
    },
    close(tag) {
      if (tag === 'cellXfs') inCellFormats = false
    },
    text() {},
  })
  return displays
}
