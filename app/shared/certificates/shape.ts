import { ASSET_COUNTS } from './divestiture.js'
import { COUNTS, FORMAT } from './format.js'
import type { Difference } from './difference.js'
import type { MatchingCertificate } from './matching.js'

type Kind = 'text' | 'integer' | 'natural' | 'date' | 'hash' | Shape
/** A field whose name ends in `?` may be left out. */
type Shape = Kind[] | { [field: string]: Kind } | { one: readonly (string | null | boolean)[] }

// Vacancies go below zero where a unit is over its quota by an approved exception.
const counts = { people: 'natural', quota: 'natural', vacant: 'integer' } as const
const deltas = Object.fromEntries(COUNTS.map((name) => [name, 'integer' as const]))
const fundingType = { one: ['full', 'partial', 'self', null] }
const employmentType = { one: ['establishment', 'contract', 'enterprise'] }

/** The form of a certificate of conservation; a list stands for any number of its one member. */
const conservation: Shape = {
  format: { one: [FORMAT] },
  kind: { one: ['conservation'] },
  body: {
    'batch': { number: 'text', title: 'text', documentNo: 'text', effectiveDate: 'date' },
    'rows': [
      {
        unit: { code: 'text', name: 'text' },
        fundingType,
        employmentType,
        before: counts,
        after: counts,
      },
    ],
    'conversions?': [{ from: employmentType, to: employmentType, people: 'natural' }],
    'auditHead': { seq: 'natural', hash: 'hash' },
  },
  deltas: [deltas],
  sums: [{ fundingType, employmentType, before: counts, after: counts }],
  parts: { batch: 'hash', rows: ['hash'], auditHead: 'hash' },
  hash: 'hash',
}

/** The form of a certificate of a matching. */
const matching: Shape = {
  format: { one: [FORMAT] },
  kind: { one: ['matching'] },
  body: {
    round: { number: 'text', name: 'text', documentNo: 'text' },
    run: 'natural',
    result: 'text',
    algorithm: 'text',
    sealedPreferences: { one: [true, false] },
    instanceHash: 'hash',
    listHash: 'hash',
    seed: 'text',
    participants: 'natural',
    places: 'natural',
    placed: 'natural',
    unplaced: 'natural',
    decidedByLot: 'natural',
    exceptions: 'natural',
    blockingPairs: 'natural',
    violations: 'natural',
    posts: [{ code: 'text', name: 'text', unit: 'text', capacity: 'natural', placed: 'natural' }],
    auditHead: { seq: 'natural', hash: 'hash' },
  },
  hash: 'hash',
}

const assetCounts = Object.fromEntries(ASSET_COUNTS.map((name) => [name, 'natural' as const]))
const assetDeltas = Object.fromEntries(ASSET_COUNTS.map((name) => [name, 'integer' as const]))

/** The form of a certificate of division. */
const divestiture: Shape = {
  format: { one: [FORMAT] },
  kind: { one: ['divestiture'] },
  body: {
    batch: { number: 'text', title: 'text', documentNo: 'text', effectiveDate: 'date' },
    rows: [
      {
        unit: { code: 'text', name: 'text' },
        category: 'text',
        before: assetCounts,
        after: assetCounts,
      },
    ],
    auditHead: { seq: 'natural', hash: 'hash' },
  },
  deltas: [assetDeltas],
  sums: [{ category: 'text', before: assetCounts, after: assetCounts }],
  parts: { batch: 'hash', rows: ['hash'], auditHead: 'hash' },
  hash: 'hash',
}

const tests: Record<string, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  natural: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  hash: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
}

/** Every place where a value is missing, too much, or not of its kind. */
export function shapeDifferences(value: unknown): Difference[] {
  return walk(value, isMatching(value) ? matching : formOf(value), '')
}

function formOf(value: unknown): Shape {
  const kind = typeof value === 'object' && value !== null ? Reflect.get(value, 'kind') : null
  return kind === 'divestiture' ? divestiture : conservation
}

/** Says which of the forms a certificate claims to be. */
export function isMatching(value: unknown): value is MatchingCertificate {
  return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'matching'
}

function walk(value: unknown, kind: Kind, place: string): Difference[] {
  if (typeof kind === 'string') {
    return tests[kind](value) ? [] : [wrong(place, kind, value)]
  }
  if (Array.isArray(kind)) {
    if (!Array.isArray(value)) return [wrong(place, 'list', value)]
    return value.flatMap((item, index) => walk(item, kind[0], `${place}[${index}]`))
  }
  if (isChoice(kind)) {
    const fits = kind.one.some((choice) => choice === value)
    return fits ? [] : [wrong(place, kind.one.join(' | '), value)]
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [wrong(place, 'object', value)]
  }
  return fields(value as Record<string, unknown>, kind, place)
}

function fields(value: Record<string, unknown>, kind: Record<string, Kind>, place: string) {
  const at = (name: string) => (place ? `${place}.${name}` : name)
  const known = Object.entries(kind).map(([name, inner]) => {
    const optional = name.endsWith('?')
    return { name: optional ? name.slice(0, -1) : name, inner, optional }
  })
  const found = known.flatMap(({ name, inner, optional }) =>
    Object.hasOwn(value, name)
      ? walk(value[name], inner, at(name))
      : optional
        ? []
        : [{ code: 'missing' as const, place: at(name), expected: '', found: '' }]
  )
  const names = new Set(known.map(({ name }) => name))
  const unknown = Object.keys(value).filter((name) => !names.has(name))
  return [
    ...found,
    ...unknown.map((name) => ({
      code: 'unknown_field' as const,
      place: at(name),
      expected: '',
      found: '',
    })),
  ]
}

function isChoice(kind: object): kind is { one: readonly (string | null | boolean)[] } {
  return 'one' in kind
}

function wrong(place: string, expected: string, value: unknown): Difference {
  const found = Array.isArray(value)
    ? 'list'
    : value && typeof value === 'object'
      ? 'object'
      : value
  return { code: 'wrong_kind', place, expected, found: String(found).slice(0, 80) }
}
