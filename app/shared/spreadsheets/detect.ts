import { extname } from 'node:path'
import { SpreadsheetError } from './errors.js'

const EXTENSIONS = new Set(['.xlsx', '.xlsm', '.xls', '.et', '.csv', '.tsv', '.txt'])

/** File kinds by their first bytes (latin1), to say what an upload is instead of a table. */
const MAGIC: [RegExp, string][] = [
  [/^MZ.{0,200}\0/s, 'program'],
  [/^\x7fELF/, 'program'],
  [/^(\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe)/, 'program'],
  [/^#!/, 'program'],
  [/^%PDF-/, 'pdf'],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0\0\0\0/s, 'picture'],
  // eslint-disable-next-line no-control-regex
  [/^Rar!|^7z\xbc\xaf|^\x1f\x8b/, 'archive'],
  [/^\{\\rtf/, 'rtf'],
  [/^SQLite format 3\0/, 'database'],
]

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** Refuses a name whose extension says that it is no table at all. */
export function checkExtension(fileName: string): void {
  const extension = extname(fileName).toLowerCase()
  if (!EXTENSIONS.has(extension)) {
    throw new SpreadsheetError('wrong_extension', { value: extension })
  }
}

/**
 * Tells by content whether a file is a zip package or text; throws SpreadsheetError with what it is
 * when it is neither: an old or encrypted workbook, a web page with a table, a program, a picture.
 */
export function detectFormat(bytes: Buffer): 'xlsx' | 'csv' {
  if (bytes.length === 0) throw new SpreadsheetError('empty')
  if (bytes.subarray(0, 8).equals(OLE)) refuseCompoundFile(bytes)
  const head = bytes.subarray(0, 512).toString('latin1')
  if (head.startsWith('PK\x03\x04')) return 'xlsx'
  if (head.startsWith('PK\x05\x06') || head.startsWith('PK\x07\x08')) {
    throw new SpreadsheetError('not_a_spreadsheet', { value: 'archive' })
  }
  const kind = MAGIC.find(([pattern]) => pattern.test(head))?.[1]
  if (kind) throw new SpreadsheetError('not_a_spreadsheet', { value: kind })
  const text = head.replace(/^\xef\xbb\xbf|^\xff\xfe|^\xfe\xff/, '').replaceAll('\0', '')
  const page = /^\s*<(!doctype html|html|table|meta|head|\?xml|!--)/i.exec(text)
  if (page) {
    const value = page[1].startsWith('?') ? 'xml' : 'html'
    throw new SpreadsheetError('unsupported_format', { value })
  }
  return 'csv'
}

/** The container of .xls, .et, .doc and of workbooks with a password: its directory is UTF-16. */
function refuseCompoundFile(bytes: Buffer): never {
  if (bytes.includes(utf16('EncryptedPackage'))) throw new SpreadsheetError('encrypted')
  const other = ['WordDocument', 'PowerPoint Document'].some((name) => bytes.includes(utf16(name)))
  if (other) throw new SpreadsheetError('not_a_spreadsheet', { value: 'document' })
  throw new SpreadsheetError('legacy_xls')
}
