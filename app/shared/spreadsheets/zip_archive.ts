import { crc32, createInflateRaw } from 'node:zlib'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { SpreadsheetError } from './errors.js'
import type { Limits } from './limits.js'
import { XmlSource } from './xml_source.js'
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
      this.#checkRatio(entry)
      this.#entries.set(name, entry)
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  /** Feeds a part to the handler and yields after every piece, so that rows can be handed on. */
  async *tokens<Handler extends XmlHandler>(
    name: string,
    handler: Handler
  ): AsyncGenerator<Handler> {
    const tokenizer = new XmlTokenizer(handler, name)
    const source = new XmlSource(name)
    for await (const chunk of this.#bytes(name)) {
      tokenizer.write(source.utf8(chunk))
      yield handler
    }
    tokenizer.end()
  }

  /** Feeds a whole part to the handler. */
  async parse(name: string, handler: XmlHandler): Promise<void> {
    const pieces = this.tokens(name, handler)
    let step = await pieces.next()
    while (!step.done) step = await pieces.next()
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
        // the directory was judged by what it declares: nothing may come out beyond that
        if (size > entry.uncompressedSize) throw new SpreadsheetError('damaged', { place: name })
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

  #checkRatio({ fileName, uncompressedSize, compressedSize }: Entry) {
    const { compressionRatio, ratioFloorBytes } = this.limits
    if (uncompressedSize > Math.max(ratioFloorBytes, compressedSize * compressionRatio)) {
      throw new SpreadsheetError('compression_ratio', { place: fileName, value: compressionRatio })
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

/** Tells what yauzl and zlib say in our codes. */
function zipError(error: unknown, place?: string): Error {
  if (error instanceof SpreadsheetError) return error
  const message = error instanceof Error ? error.message : ''
  const outside = /^(absolute path|invalid relative path|invalid characters in fileName)/
  if (outside.test(message)) return new SpreadsheetError('bad_path')
  return new SpreadsheetError('damaged', { place })
}
