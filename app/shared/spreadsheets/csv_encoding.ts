import { isUtf8 } from 'node:buffer'
import { SpreadsheetError } from './errors.js'
import type { CsvEncoding } from './types.js'

/**
 * Brings the bytes of a text file to UTF-8: by byte order mark, else UTF-8 where they are valid,
 * else GB18030. Refuses what is none of them, and text with control characters: that is a program
 * or a picture.
 */
export function toUtf8(bytes: Buffer): { encoding: CsvEncoding; utf8: Buffer } {
  const encoding = detectEncoding(bytes)
  const utf8 = trimEndOfFile(recode(bytes, encoding))
  for (const byte of utf8) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) {
      throw new SpreadsheetError('not_a_spreadsheet', { value: 'binary' })
    }
  }
  return { encoding, utf8 }
}

function detectEncoding(bytes: Buffer): CsvEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (isUtf8(bytes)) return marked ? 'utf-8-bom' : 'utf-8'
  if (marked) throw new SpreadsheetError('bad_encoding')
  return 'gb18030'
}

function recode(bytes: Buffer, encoding: CsvEncoding): Buffer {
  if (encoding === 'utf-8') return bytes
  if (encoding === 'utf-8-bom') return bytes.subarray(3)
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    throw new SpreadsheetError(bytes.includes(0) ? 'not_a_spreadsheet' : 'bad_encoding')
  }
}

/** Old programs close a text file with Ctrl-Z. */
function trimEndOfFile(utf8: Buffer): Buffer {
  return utf8.at(-1) === 0x1a ? utf8.subarray(0, -1) : utf8
}
