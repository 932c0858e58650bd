import db from '@adonisjs/lucid/services/db'
import { forWhom, type EmploymentWords } from './choices.js'

export interface Choice {
  value: number
  label: string
}

/** Where somebody can be hired: living units of the scope with their posts and granted requests. */
export async function placesOf(units: 'all' | number[], date: string, words: EmploymentWords) {
  const posts = db
    .from('posts')
    .join('units', 'units.id', 'posts.unit_id')
    .join('departments', 'departments.id', 'posts.department_id')
    .whereNull('units.dissolved_on')
    .where('posts.valid_from', '<=', date)
    .where((open) => open.whereNull('posts.valid_to').orWhere('posts.valid_to', '>', date))
    .orderBy('units.name_pinyin')
    .orderBy('posts.code')
    .orderBy('posts.id')
    .select('posts.id', 'posts.name', 'posts.code', 'posts.employment_type', 'units.name as unit')
    .select('departments.name as department')
  const requests = db
    .from('quota_requests')
    .join('units', 'units.id', 'quota_requests.unit_id')
    .where('quota_requests.state', 'approved')
    .whereRaw('quota_requests.used < quota_requests.quantity')
    .orderBy('quota_requests.id')
    .select('quota_requests.id', 'quota_requests.number', 'units.name as unit')
  if (units !== 'all') {
    posts.whereIn('posts.unit_id', units)
    requests.whereIn('quota_requests.unit_id', units)
  }
  return {
    posts: (await posts).map((row): Choice => ({
      value: Number(row.id),
      label:
        [row.unit, row.department, [row.code, row.name].filter(Boolean).join(' ')].join(' · ') +
        forWhom(row.employment_type, words),
    })),
    requests: (await requests).map((row): Choice => ({
      value: Number(row.id),
      label: `${row.number} ${row.unit}`,
    })),
  }
}

/** Unit and department that a post brings with it; null for an unknown post. */
export async function placeOfPost(postId: number) {
  const row = await db.from('posts').where('id', postId).select('unit_id', 'department_id').first()
  return row ? { unitId: Number(row.unit_id), departmentId: Number(row.department_id) } : null
}
