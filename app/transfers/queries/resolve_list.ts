import db from '@adonisjs/lucid/services/db'
import { digest } from '#shared/crypto'
import { inChunks, type Row } from '#shared/database'
import type { FieldError } from '#shared/errors'
import { toHalfWidth } from '#organization/domain/text'
import { knownPeople } from '#people/imports/known_people'
import type { PostRow } from './posts.js'

export interface ListEntry {
  assignmentId: number
  unitId: number
  postId: number | null
}

export type ResolvedList = { ok: true; entries: ListEntry[] } | { ok: false; fields: FieldError[] }

interface Asked {
  row: number
  /** Name or identity number. */
  who: string
  /** Code or name of the target post. */
  post: string | null
}

const IDENTITY = /^\d{17}[\dXx]$/

/**
 * Finds the people of a list: one a line, 姓名 or 身份证号, after it (tab, comma or space) the code
 * or name of the target post if wanted. Unknown and ambiguous ones are told line by line, and
 * nothing is guessed. The number of a record that was merged means who was kept. Only open main assignments of units in `scope` are found.
 */
export async function resolveList(
  text: string,
  posts: readonly PostRow[],
  scope: 'all' | number[]
): Promise<ResolvedList> {
  const asked = readLines(text)
  const found = await candidates(asked, scope)
  const entries: ListEntry[] = []
  const fields: FieldError[] = []
  for (const one of asked) {
    const people = found.get(one.who) ?? []
    const post = findPost(one.post, posts)
    const params = { row: one.row, who: IDENTITY.test(one.who) ? masked(one.who) : one.who }
    if (people.length !== 1) {
      const code = people.length === 0 ? 'unknown_person' : 'ambiguous_person'
      fields.push({ field: 'people', code: `transfers.errors.${code}`, params })
    } else if (post === undefined) {
      const wrong = { ...params, post: one.post }
      fields.push({ field: 'people', code: 'transfers.errors.unknown_post', params: wrong })
    } else {
      entries.push({ ...people[0], postId: post })
    }
  }
  if (asked.length === 0) fields.push({ field: 'people', code: 'transfers.errors.empty_list' })
  return fields.length > 0 ? { ok: false, fields } : { ok: true, entries }
}

function readLines(text: string): Asked[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [who, ...rest] = toHalfWidth(line)
      .split(/[\t,;、\s]+/)
      .filter(Boolean)
    if (!who) return []
    const wanted = IDENTITY.test(who) ? who.toUpperCase() : who
    return [{ row: index + 1, who: wanted, post: rest.join(' ') || null }]
  })
}

async function candidates(asked: Asked[], scope: 'all' | number[]) {
  const numbers = asked.map(({ who }) => who).filter((who) => IDENTITY.test(who))
  const names = asked.map(({ who }) => who).filter((who) => !IDENTITY.test(who))
  const digests = new Map(numbers.map((number) => [digest(number, 'identity'), number]))
  const byNumber = await knownPeople([...digests.keys()])
  const byName = await openRowsOf([...new Set(names)], scope)
  const found = new Map<string, Omit<ListEntry, 'postId'>[]>()
  const add = (who: string, row: Row) =>
    found.set(who, [
      ...(found.get(who) ?? []),
      { assignmentId: Number(row.id), unitId: Number(row.unit_id) },
    ])
  for (const [key, { assignments }] of byNumber) {
    const [open] = assignments.filter(({ validTo }) => validTo === null)
    const inReach = open && (scope === 'all' || scope.includes(open.unitId))
    if (inReach) add(digests.get(key)!, { id: open.id, unit_id: open.unitId })
  }
  for (const row of byName) add(row.name, row)
  return found
}

function openRowsOf(names: string[], scope: 'all' | number[]) {
  return inChunks(names, 400, (piece): Promise<Row[]> => {
    const query = db
      .from('persons as p')
      .join('assignments as a', 'a.person_id', 'p.id')
      .where('a.open_main', 1)
      .whereIn('p.name', piece)
      .select('a.id', 'a.unit_id', 'p.name')
    if (scope !== 'all') query.whereIn('a.unit_id', scope)
    return query.then((rows) => rows)
  })
}

/** null: none was asked for; undefined: there is no such post, or more than one. */
function findPost(text: string | null, posts: readonly PostRow[]): number | null | undefined {
  if (text === null) return null
  const byCode = posts.filter(({ code }) => code === text)
  const hits = byCode.length > 0 ? byCode : posts.filter(({ name }) => name === text)
  return hits.length === 1 ? hits[0].id : undefined
}

function masked(identityNo: string): string {
  return `${identityNo.slice(0, 6)}********${identityNo.slice(-4)}`
}
