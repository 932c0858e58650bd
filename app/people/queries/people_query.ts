import db from '@adonisjs/lucid/services/db'
import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import { clock } from '#shared/clock'
import { addMonths } from '#shared/dates'
import { bornBefore, SENIOR_LEVELS } from '../domain/retirement_of_person.js'
import { whereInForce } from './known_on.js'
import { whereInScope, type PeopleScope } from './people_scope.js'
import type { PeopleFilter, PeopleOrder } from './people_filter.js'

type Query = DatabaseQueryBuilderContract<any>
type Driver = 'persons' | 'assignments' | 'assignments alone'

/** Who retires within so many months is near retirement. */
export const NEAR_RETIREMENT_MONTHS = 12

/**
 * People `p` with their main assignment `a` on the date, narrowed by filter and scope. A list that
 * asks for a unit begins there and sorts what it finds; any other one walks the index of its order,
 * and a page ends when it is full. CROSS JOIN fixes that order on SQLite, which keeps no figures
 * about its tables; the other database reads it as JOIN and decides by its own. Without an order it
 * is to be counted: where nothing is asked of the person, an index of assignments says it all.
 */
export function peopleQuery(filter: PeopleFilter, scope: PeopleScope, order?: PeopleOrder): Query {
  if (filter.employment === 'none') return withoutPlace(filter, scope)
  const query = from(driverOf(filter, scope, order))
  whereInForce(query.where({ 'a.kind': 'main', 'a.live': 1 }), 'a', filter.asOf)
  if (filter.unitId) query.where('a.unit_id', filter.unitId)
  if (filter.departmentId) query.where('a.department_id', filter.departmentId)
  if (filter.employment) query.where('a.employment_type', filter.employment)
  if (filter.funding) query.where('a.funding_type', filter.funding)
  if (filter.category) query.where('a.quota_category', filter.category)
  if (filter.series) query.where('a.grade', 'like', `${filter.series}%`)
  if (filter.nature) {
    const posts = db.from('posts').where('nature', filter.nature).select('id')
    query.whereIn('a.post_id', posts)
  }
  if (filter.flag === 'near_retirement') whereNearRetirement(query)
  whereAboutPerson(query, filter)
  return whereInScope(query, scope)
}

/** The column that an order sorts by and the one that breaks its ties. */
export function orderColumns(order: PeopleOrder, filter: PeopleFilter) {
  if (filter.employment === 'none') return { column: 'p.name_pinyin', idColumn: 'p.id' }
  switch (order.sort) {
    case 'unit':
      return { column: 'a.unit_id', idColumn: 'a.person_id' }
    case 'work_started':
      return { column: 'p.work_started_sort', idColumn: 'p.id' }
    default:
      return { column: 'p.name_pinyin', idColumn: 'p.id' }
  }
}

function driverOf(filter: PeopleFilter, scope: PeopleScope, order?: PeopleOrder): Driver {
  if (filter.text || filter.flag === 'objected') return 'persons'
  if (!order && !filter.flag) return 'assignments alone'
  if (filter.unitId || filter.departmentId || scope.units !== 'all') return 'assignments'
  return !order || order.sort === 'unit' ? 'assignments' : 'persons'
}

function from(driver: Driver): Query {
  if (driver === 'assignments alone') return db.from('assignments as a')
  return driver === 'persons'
    ? db.from('persons as p').joinRaw('cross join assignments as a on a.person_id = p.id')
    : db.from('assignments as a').joinRaw('cross join persons as p on p.id = a.person_id')
}

/** Leavers and people outside the rosters belong to no unit: only who sees all of them finds them. */
function withoutPlace(filter: PeopleFilter, scope: PeopleScope): Query {
  const query = db.from('persons as p').whereNull('p.merged_into')
  query.whereNotExists((placed) => {
    placed.from('assignments as a').whereColumn('a.person_id', 'p.id')
    whereInForce(placed.where({ 'a.kind': 'main', 'a.live': 1 }), 'a', filter.asOf)
  })
  if (scope.units !== 'all') {
    query.where((any) => {
      any.where('p.id', scope.personId ?? 0)
      if (scope.newcomers) any.orWhere((fresh) => whereNew(fresh))
    })
  }
  return whereAboutPerson(query, filter)
}

/** On record, never placed anywhere, and meant to be. */
function whereNew(query: Query) {
  query
    .where('p.external', false)
    .whereNotExists((any) =>
      any.from('assignments as any_a').whereColumn('any_a.person_id', 'p.id')
    )
}

function whereAboutPerson(query: Query, filter: PeopleFilter): Query {
  if (filter.flag === 'objected') query.where('p.confirmation', 'objected')
  if (filter.flag === 'held') {
    const holds = db
      .from('decisions')
      .where({ kind: 'held', subject_type: 'person', live: 1 })
      .whereIn('state', ['open', 'proposed'])
      .whereNotNull('subject_id')
    query.whereIn('p.id', holds.select('subject_id'))
  }
  return filter.text ? whereNamed(query, filter.text, filter.letters) : query
}

/**
 * Letters are the beginning of the name in pinyin or of its initials, one letter of both; anything
 * else is part of the name.
 */
function whereNamed(query: Query, text: string, how: PeopleFilter['letters']): Query {
  const letters = lettersOf(text)
  if (!letters) return query.whereRaw('instr(p.name, ?) > 0', [text])
  const after = `${letters.slice(0, -1)}${String.fromCharCode(letters.charCodeAt(letters.length - 1) + 1)}`
  const begins = (column: string) => (name: Query) =>
    void name.where(column, '>=', letters).where(column, '<', after)
  if (how || letters.length === 1) return query.where(begins(`p.name_${how ?? 'pinyin'}`))
  return query.where((any) => any.where(begins('p.name_pinyin')).orWhere(begins('p.name_initials')))
}

/** The letters of a text that has nothing else, null of any other. */
export function lettersOf(text: string): string | null {
  const letters = text.toLowerCase().replace(/[\s'’]/g, '')
  return /^[a-z]+$/.test(letters) ? letters : null
}

function whereNearRetirement(query: Query) {
  const today = clock.today()
  const by = addMonths(today, NEAR_RETIREMENT_MONTHS)
  const bound = (sex: 'male' | 'female', kind: 'worker' | 'cadre' | 'senior') =>
    bornBefore({ sex, kind }, by, today)
  const senior = Array.from({ length: SENIOR_LEVELS }, (_, index) => `professional_${index + 1}`)
  const kind = `coalesce(p.retirement_kind, case
    when a.grade is null or a.grade like 'support%' then 'worker'
    when a.grade in (${senior.map(() => '?').join(', ')}) then 'senior' else 'cadre' end)`
  query.whereRaw(
    `p.birth_on < case when p.sex = 'male' then ? when ${kind} = 'worker' then ?
       when ${kind} = 'senior' then ? else ? end`,
    [
      bound('male', 'cadre'),
      ...senior,
      bound('female', 'worker'),
      ...senior,
      bound('female', 'senior'),
      bound('female', 'cadre'),
    ]
  )
  query.whereNotNull('p.sex')
}
