/** The bounds of an upload; a file that passes one is refused, never cut short. */
export type Limits = {
  /** bytes of the file */
  fileBytes: number
  /** rows with content, over all sheets */
  rows: number
  /** columns with content */
  columns: number
  sheets: number
  /** bytes of all parts together once unpacked: as declared, and again as they come out */
  unpackedBytes: number
  /** how many times a part may outgrow its packed size … */
  compressionRatio: number
  /** … beyond this many bytes (small parts of repeated markup pack very well) */
  ratioFloorBytes: number
  parts: number
  sharedStrings: number
  sharedStringChars: number
  cellChars: number
  /** characters delivered in all: a long shared string can be named by millions of cells */
  textChars: number
  merges: number
}

const MB = 1024 * 1024

export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
  fileBytes: 20 * MB,
  rows: 50_000,
  columns: 200,
  sheets: 50,
  unpackedBytes: 200 * MB,
  compressionRatio: 150,
  ratioFloorBytes: 8 * MB,
  parts: 2_000,
  sharedStrings: 1_000_000,
  sharedStringChars: 48 * MB,
  cellChars: 32_767,
  textChars: 100 * MB,
  merges: 20_000,
})

/** The last row and column that a sheet can have in any spreadsheet program. */
export const LAST_ROW = 1_048_576
export const LAST_COLUMN = 16_384

export function withDefaults(limits: Partial<Limits> = {}): Limits {
  return { ...DEFAULT_LIMITS, ...limits }
}
