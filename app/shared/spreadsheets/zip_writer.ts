import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { SpreadsheetError } from './errors.js'
import type { Write } from './output.js'

const VERSION = 20
/** sizes follow the data (bit 3), names are UTF-8 (bit 11) */
const FLAGS = 0x0808
const DEFLATED = 8
/** 1 January 1980: the same content gives the same bytes */
const DOS_DATE = 0x21
const LARGEST = 0xffffffff
/** measured: half the time of the usual level 6 for a tenth more bytes */
const LEVEL = 3

type Written = { name: Buffer; crc: number; packed: number; size: number; offset: number }

/** Writes a zip package part by part to a target that takes its time. */
export class ZipWriter {
  #written: Written[] = []
  #offset = 0

  constructor(private write: Write) {}

  /** Adds a part from pieces of text; only a few of them are in memory at any time. */
  async add(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const part: Written = {
      name: Buffer.from(name),
      crc: 0,
      packed: 0,
      size: 0,
      offset: this.#offset,
    }
    await this.#put(localHeader(part))
    async function* counted() {
      for await (const piece of pieces) {
        const bytes = Buffer.from(piece)
        part.crc = crc32(bytes, part.crc)
        part.size += bytes.length
        yield bytes
      }
    }
    await pipeline(
      Readable.from(counted(), { highWaterMark: 2 }),
      createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 }),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const chunk of packed) {
          part.packed += chunk.length
          await this.#put(chunk)
        }
      }
    )
    await this.#put(descriptor(part))
    this.#written.push(part)
  }

  /** Writes the directory; nothing can be added after it. */
  async finish(): Promise<void> {
    const start = this.#offset
    for (const part of this.#written) await this.#put(directoryEntry(part))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#written.length, 8)
    end.writeUInt16LE(this.#written.length, 10)
    end.writeUInt32LE(this.#offset - start, 12)
    end.writeUInt32LE(start, 16)
    await this.#put(end)
  }

  async #put(bytes: Buffer) {
    this.#offset += bytes.length
    if (this.#offset > LARGEST) throw new SpreadsheetError('too_large', { value: LARGEST })
    await this.write(bytes)
  }
}

function localHeader(part: Written): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(DOS_DATE, 12)
  header.writeUInt16LE(part.name.length, 26)
  return Buffer.concat([header, part.name])
}

function descriptor(part: Written): Buffer {
  if (part.size > LARGEST) throw new SpreadsheetError('too_large', { value: LARGEST })
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(part.crc, 4)
  bytes.writeUInt32LE(part.packed, 8)
  bytes.writeUInt32LE(part.size, 12)
  return bytes
}

function directoryEntry(part: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(VERSION, 4)
  entry.writeUInt16LE(VERSION, 6)
  entry.writeUInt16LE(FLAGS, 8)
  entry.writeUInt16LE(DEFLATED, 10)
  entry.writeUInt16LE(DOS_DATE, 14)
  entry.writeUInt32LE(part.crc, 16)
  entry.writeUInt32LE(part.packed, 20)
  entry.writeUInt32LE(part.size, 24)
  entry.writeUInt16LE(part.name.length, 28)
  entry.writeUInt32LE(part.offset, 42)
  return Buffer.concat([entry, part.name])
}
