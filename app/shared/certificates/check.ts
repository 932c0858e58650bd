import { readFile, stat } from 'node:fs/promises'
import { CanonicalError } from './canonical.js'
import { computeConservation } from './conservation.js'
import { ASSET_COUNTS, computeDivestiture, type DivestitureCertificate } from './divestiture.js'
import { duplicateKeys } from './duplicate_keys.js'
import { COUNTS, hashOf } from './format.js'
import { matchingDifferences } from './matching.js'
import { isMatching, shapeDifferences } from './shape.js'
import type { Difference, DifferenceCode } from './difference.js'
import type { Certificate, Conversion, Counts } from './format.js'

type AnyCertificate = Certificate | DivestitureCertificate

const BIGGEST_FILE = 20 * 1024 * 1024

/**
 * Computes everything in a certificate's JSON again and names each place that differs; an empty
 * list means that it is whole. Order of keys and white space do not matter. Never throws for what
 * stands in the text, however hostile.
 */
export function checkCertificate(json: string): Difference[] {
  let value: unknown
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''))
  } catch (error) {
    return [difference('unreadable', '', '', (error as Error).message)]
  }

  const duplicates = duplicateKeys(json).map((name) => difference('duplicate_key', name, '', ''))
  const shape = shapeDifferences(value)
  if (shape.length > 0) return [...duplicates, ...shape, ...wholeHash(value)]
  if (isMatching(value)) return [...duplicates, ...matchingDifferences(value), ...wholeHash(value)]

  return [...duplicates, ...bodyDifferences(value as AnyCertificate), ...wholeHash(value)]
}

/** Checks a file; what cannot be opened or is above 20 MB is answered as `unreadable`. */
export async function checkFile(path: string): Promise<Difference[]> {
  try {
    const { size } = await stat(path)
    if (size > BIGGEST_FILE) return [difference('unreadable', '', '', `${size} bytes`)]
    return checkCertificate(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)))
  } catch (error) {
    return [difference('unreadable', '', '', (error as Error).message)]
  }
}

/** All but the whole hash: parts, deltas, sums, conservation, vacancies, repeated rows. */
export function bodyDifferences(certificate: AnyCertificate): Difference[] {
  const shape = shapeDifferences(certificate)
  if (shape.length > 0) return shape
  if (certificate.kind === 'divestiture') return divided(certificate)
  const computed = computeConservation(certificate.body)
  const keys = certificate.body.rows.map(({ unit, fundingType, employmentType }) =>
    JSON.stringify([unit.code, fundingType, employmentType])
  )
  return [
    ...statements(computed, certificate),
    ...conserved(computed.sums, certificate.body.conversions ?? []),
    ...vacancies(certificate),
    ...repeated(certificate, keys),
  ]
}

/** Of a division: pieces and both values, category by category. */
function divided(certificate: DivestitureCertificate): Difference[] {
  const computed = computeDivestiture(certificate.body)
  const keys = certificate.body.rows.map(({ unit, category }) =>
    JSON.stringify([unit.code, category])
  )
  const unequal = computed.sums.flatMap(({ before, after }, index) =>
    ASSET_COUNTS.filter((count) => before[count] !== after[count]).map((count) =>
      difference('not_conserved', `sums[${index}].${count}`, before[count], after[count])
    )
  )
  return [...statements(computed, certificate), ...unequal, ...repeated(certificate, keys)]
}

/** What a certificate says that can be computed, against what comes out. */
function statements(
  computed: { parts: unknown; deltas: unknown; sums: unknown },
  certificate: AnyCertificate
): Difference[] {
  return [
    ...compare('part_hash', 'body', computed.parts, certificate.parts),
    ...compare('delta', 'deltas', computed.deltas, certificate.deltas),
    ...compare('sum', 'sums', computed.sums, certificate.sums),
  ]
}

function wholeHash(value: unknown): Difference[] {
  if (typeof value !== 'object' || value === null) return []
  const { hash, ...content } = value as Record<string, unknown>
  try {
    const computed = hashOf(content)
    return computed === hash ? [] : [difference('hash', 'hash', computed, String(hash))]
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error
    return [difference('wrong_kind', error.place, 'canonical', error.reason)]
  }
}

/** Every leaf of two trees of the same shape that differs, with its path. */
function compare(
  code: DifferenceCode,
  place: string,
  right: unknown,
  stated: unknown
): Difference[] {
  if (typeof right !== 'object' || right === null) {
    return right === stated ? [] : [difference(code, place, String(right), String(stated))]
  }
  const names = new Set([...Object.keys(right), ...Object.keys(Object(stated))])
  return [...names].flatMap((name) => {
    const at = Array.isArray(right) ? `${place}[${name}]` : `${place}.${name}`
    return compare(code, at, Reflect.get(right, name), Reflect.get(Object(stated), name))
  })
}

/** Establishment: people, quota and vacancies; everybody else: people, less and more conversions. */
function conserved(sums: Certificate['sums'], conversions: readonly Conversion[]): Difference[] {
  const moved = (type: string) =>
    conversions.reduce(
      (sum, { from, to, people }) =>
        sum + (to === type ? people : 0) - (from === type ? people : 0),
      0
    )
  return sums.flatMap(({ employmentType, before, after }, index) => {
    const counts = employmentType === 'establishment' ? COUNTS : (['people'] as const)
    const expected = (count: keyof Counts) =>
      before[count] + (count === 'people' ? moved(employmentType) : 0)
    return counts
      .filter((count) => expected(count) !== after[count])
      .map((count) =>
        difference('not_conserved', `sums[${index}].${count}`, expected(count), after[count])
      )
  })
}

/** Vacancies are quota less people in the establishment, and nothing elsewhere. */
function vacancies({ body }: Certificate): Difference[] {
  const right = (row: Certificate['body']['rows'][number], counts: Counts) =>
    row.employmentType === 'establishment' ? counts.quota - counts.people : 0
  return body.rows.flatMap((row, index) =>
    (['before', 'after'] as const)
      .filter((when) => row[when].vacant !== right(row, row[when]))
      .map((when) =>
        difference(
          'vacancy',
          `body.rows[${index}].${when}.vacant`,
          right(row, row[when]),
          row[when].vacant
        )
      )
  )
}

function repeated({ body }: AnyCertificate, keys: readonly string[]): Difference[] {
  const seen = new Set<string>()
  return keys.flatMap((key, index) => {
    if (seen.has(key)) {
      return [difference('repeated_row', `body.rows[${index}]`, '', body.rows[index].unit.code)]
    }
    seen.add(key)
    return []
  })
}

export function difference(
  code: DifferenceCode,
  place: string,
  expected: string | number,
  found: string | number
): Difference {
  return { code, place, expected: String(expected), found: String(found) }
}
