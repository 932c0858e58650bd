import { resized, type JsonBytes } from './json_bytes.js'
import { Names } from './names.js'
import { fail } from './types.js'

const KEYS = [
  ...(['applicants', 'posts', 'groups', 'tieBreak', 'check'] as const),
  ...(['id', 'preferences', 'capacity', 'minimum', 'ranking', 'group'] as const),
]

/** What reads the value of each key. */
type Readers = Partial<Record<(typeof KEYS)[number], () => void>>

export const NONE = -1

/** A post or a group as it stands in the file; `id` and `group` are numbers among the names. */
export interface Place {
  id: number
  capacity: number
  minimum: number
  /** NONE: it is in no group. */
  group: number
  /** Where the ranking begins in the bytes; NONE: it has none. */
  ranking: number
}

/** Reads the sections of an instance one by one; rankings are passed over and only their places kept. */
export class Sections {
  /** People by number. */
  readonly people = new Names()
  /** Names of posts and groups: of those that are, and of those that are only named. */
  readonly names = new Names()
  /** Per person the first slot, one more behind the last: room for more may follow. */
  firstSlot = new Int32Array(16)
  /** Per slot the number of the name that stands there: room for more may follow. */
  nameOfSlot = new Int32Array(16)
  private slots = 0
  private readonly keys = new Names()

  constructor(private readonly json: JsonBytes) {
    for (const key of KEYS) this.keys.add(json.load(key))
  }

  /** Reads an object; its keys may stand in any order, each once; unknown ones are passed over. */
  object(place: () => string, readers: Readers) {
    const { json, keys } = this
    let seen = 0
    json.object(() => {
      const key = keys.find(json)
      const reader = key < 0 ? undefined : readers[KEYS[key]]
      if (!reader) return void json.value()
      if (seen & (1 << key)) fail(`${place()}${KEYS[key]}`, 'stands twice')
      seen |= 1 << key
      reader()
    })
  }

  applicants() {
    const { json, people } = this
    let at = 0
    let isListed = false
    const place = () => `applicants[${at}].`
    const readers: Readers = {
      id: () => {
        if (this.id('applicants', at, people) !== at) {
          fail(`applicants[${at}].id`, `"${json.text()}" stands twice`)
        }
      },
      preferences: () => {
        isListed = true
        this.preferences(at)
      },
    }
    this.list('applicants', (index) => {
      at = index
      isListed = false
      this.object(place, readers)
      if (people.count === at) fail(`applicants[${at}].id`, 'is not a text')
      if (!isListed) fail(`applicants[${at}].preferences`, 'is not a list')
      if (at + 1 === this.firstSlot.length) this.firstSlot = resized(this.firstSlot, 2 * at + 2)
      this.firstSlot[at + 1] = this.slots
    })
  }

  private preferences(at: number) {
    const { json, names } = this
    if (!json.isList()) fail(`applicants[${at}].preferences`, 'is not a list')
    json.list((index) => {
      if (!json.isString()) fail(`applicants[${at}].preferences[${index}]`, 'is not a text')
      json.string()
      const slot = this.slots++
      if (slot === this.nameOfSlot.length) this.nameOfSlot = resized(this.nameOfSlot, 2 * slot)
      this.nameOfSlot[slot] = names.add(json)
    })
  }

  places(list: 'posts' | 'groups'): Place[] {
    const { json, names } = this
    const places: Place[] = []
    const count = (at: number, key: string) => {
      const value = json.value()
      if (isCount(value)) return value
      return fail(`${list}[${at}].${key}`, 'is not a whole number from 0')
    }
    this.list(list, (at) => {
      const place = { id: NONE, capacity: NONE, minimum: 0, group: NONE, ranking: NONE }
      this.object(() => `${list}[${at}].`, {
        id: () => (place.id = this.id(list, at, names)),
        capacity: () => (place.capacity = count(at, 'capacity')),
        minimum: () => (place.minimum = count(at, 'minimum')),
        ...(list === 'posts' && { group: () => (place.group = this.group(at)) }),
        ranking: () => {
          if (!json.isList()) fail(`${list}[${at}].ranking`, 'is not a list')
          place.ranking = json.at
          json.pass()
        },
      })
      if (place.id === NONE) fail(`${list}[${at}].id`, 'is not a text')
      if (place.capacity === NONE) fail(`${list}[${at}].capacity`, 'is not a whole number from 0')
      if (place.ranking === NONE && place.group === NONE) {
        fail(`${list}[${at}].ranking`, 'is not a list')
      }
      places.push(place)
    })
    return places
  }

  private group(at: number): number {
    const { json } = this
    if (!json.isString()) fail(`posts[${at}].group`, `"${json.value()}" is no group`)
    json.string()
    return this.names.add(json)
  }

  /** The number of the id that stands there. */
  private id(list: string, at: number, among: Names): number {
    const { json } = this
    const isText = json.isString()
    if (isText) json.string()
    if (!isText || json.length === 0) fail(`${list}[${at}].id`, 'is not a text')
    return among.add(json)
  }

  private list(name: string, each: (at: number) => void) {
    const { json } = this
    if (!json.isList()) fail(name, 'is not a list')
    json.list((at) => {
      if (!json.isObject()) fail(`${name}[${at}]`, 'is not an object')
      each(at)
    })
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
