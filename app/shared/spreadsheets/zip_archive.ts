import { isAscii } from 'node:buffer'
import { crc32, createInflateRaw } from 'node:zlib'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import { XmlTokenizer, type XmlHandler } from './xml_tokenizer.js'

const STORED = 0
const DEFLATED = 8
const CHUNK = 64 * 1024

/** A zip package in memory whose parts are unpacked piece by piece, counted as they come out. */
export class ZipArchive {
  #entries = new Map<string, Entry>()
  #unpacked = 0

  private constructor(
    private buffer: Buffer,
    private zip: ZipFile,
    private limits: Limits
  ) {}

  /**
   * Reads the directory of the package and refuses at once what it declares beyond the limits,
   * names twice, encrypts, or places outside the package.
   */
  static async open(buffer: Buffer, limits: Limits): Promise<ZipArchive> {
    try {
      const archive = new ZipArchive(buffer, await fromBufferPromise(buffer), limits)
      await archive.#readDirectory()
      return archive
    } catch (error) {
      throw zipError(error)
    }
  }

  async #readDirectory() {
    if (this.zip.entryCount > this.limits.parts) {
      throw new SpreadsheetError('too_many_parts', { value: this.limits.parts })
    }
    let declared = 0
    for await (const entry of this.zip.eachEntry()) {
      const name = entry.fileName.toLowerCase()
      if (this.#entries.has(name)) {
        throw new SpreadsheetError('duplicate_part', { place: entry.fileName })
      }
      if (entry.isEncrypted()) throw new SpreadsheetError('encrypted')
      declared += entry.uncompressedSize
      if (declared > this.limits.unpackedBytes) {
        throw new SpreadsheetError('unpacked_too_large', { value: this.limits.unpackedBytes })
      }
      this.#checkRatio(entry, entry.uncompressedSize)
      this.#entries.set(name, entry)
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  /** Feeds a part to the handler and yields after every piece, so that rows can be handed on. */
  async *tokens(name: string, handler: XmlHandler): AsyncGenerator<void> {
    const tokenizer = new XmlTokenizer(handler, name)
    let decode: ((chunk: Buffer, last: boolean) => string) | undefined
    for await (const chunk of this.#bytes(name)) {
      decode ??= xmlDecoder(chunk, name)
      tokenizer.write(decode(chunk, false))
      yield
    }
    if (decode) tokenizer.write(decode(Buffer.alloc(0), true))
    tokenizer.end()
  }

  /** Feeds a whole part to the handler. */
  async parse(name: string, handler: XmlHandler): Promise<void> {
    for await (const _ of this.tokens(name, handler));
  }

  async *#bytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) throw new SpreadsheetError('damaged', { place: name })
    let size = 0
    let checksum = 0
    try {
      for await (const chunk of await this.#unpack(entry)) {
        size += chunk.length
        this.#unpacked += chunk.length
        if (this.#unpacked > this.limits.unpackedBytes) {
          throw new SpreadsheetError('unpacked_too_large', { value: this.limits.unpackedBytes })
        }
        this.#checkRatio(entry, size)
        checksum = crc32(chunk, checksum)
        yield chunk
      }
    } catch (error) {
      throw zipError(error, name)
    }
    if (size !== entry.uncompressedSize || checksum !== entry.crc32) {
      throw new SpreadsheetError('damaged', { place: name })
    }
  }

  async #unpack(entry: Entry): Promise<AsyncIterable<Buffer> | Buffer[]> {
    const { fileDataStart } = await this.zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const packed = this.buffer.subarray(fileDataStart, fileDataStart + entry.compressedSize)
    if (entry.compressionMethod === STORED) return slices(packed)
    if (entry.compressionMethod !== DEFLATED) {
      throw new SpreadsheetError('unsupported_format', { value: 'zip' })
    }
    const inflate = createInflateRaw({ chunkSize: CHUNK })
    inflate.end(packed)
    return inflate
  }

  #checkRatio(entry: Entry, size: number) {
    const { compressionRatio, ratioFloorBytes } = this.limits
    if (size > ratioFloorBytes && size > entry.compressedSize * compressionRatio) {
      throw new SpreadsheetError('compression_ratio', {
        place: entry.fileName,
        value: compressionRatio,
      })
    }
  }
}

function slices(packed: Buffer): Buffer[] {
  const pieces = []
  for (let from = 0; from < packed.length; from += CHUNK) {
    pieces.push(packed.subarray(from, from + CHUNK))
  }
  return pieces
}

/** XML may be UTF-16 by its byte order mark; plain ASCII, the usual sheet, needs no decoder. */
function xmlDecoder(first: Buffer, place: string) {
  const mark = first.length > 1 ? first.readUInt16BE(0) : 0
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  let pending = encoding !== 'utf-8'
  return (chunk: Buffer, last: boolean): string => {
    if (!pending && isAscii(chunk)) return chunk.toString('latin1')
    try {
      // a chunk may end inside a character: only a chunk that ends in ASCII leaves nothing behind
      const text = decoder.decode(chunk, { stream: !last })
      if (encoding === 'utf-8') pending = !(chunk.length > 0 && chunk[chunk.length - 1] < 0x80)
      return text
    } catch {
      throw new SpreadsheetError('damaged', { place })
    }
  }
}

/** Tells what yauzl and zlib say in our codes. */
function zipError(error: unknown, place?: string): Error {
  if (error instanceof SpreadsheetError) return error
  const message = error instanceof Error ? error.message : ''
  const outside = /^(absolute path|invalid relative path|invalid characters in fileName)/
  if (outside.test(message)) return new SpreadsheetError('bad_path')
  return new SpreadsheetError('damaged', { place })
}
