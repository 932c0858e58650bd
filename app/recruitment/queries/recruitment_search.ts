import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'

/** Plans by title or number, applications by name, number or ticket. */
export async function searchRecruitment(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  if (!actor.may('recruitment.view')) return []
  const units = actor.unitsFor('recruitment.view')
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const plans = db
    .from('recruitments')
    .where((any) => any.where('title', 'like', like).orWhere('number', 'like', like))
    .orderBy('id', 'desc')
    .limit(limit)
    .select('id', 'title', 'number')
  const people = db
    .from('recruitment_applications as a')
    .join('recruitments as r', 'r.id', 'a.recruitment_id')
    .where((any) =>
      any
        .where('a.name', 'like', like)
        .orWhere('a.number', 'like', like)
        .orWhere('a.ticket_no', 'like', like)
    )
    .orderBy('a.id', 'desc')
    .limit(limit)
    .select('a.id', 'a.name', 'a.number', 'r.title')
  if (units !== 'all') {
    const reached = units.length ? units : [-1]
    plans.whereIn('unit_id', reached)
    people.whereIn('r.unit_id', reached)
  }
  return [
    ...(await plans).map((row) => ({
      kind: 'recruitment',
      title: row.title,
      detail: row.number,
      url: `/recruitment/plans/${row.id}`,
    })),
    ...(await people).map((row) => ({
      kind: 'application',
      title: row.name,
      detail: `${row.number} ${row.title}`,
      url: `/recruitment/applications/${row.id}`,
    })),
  ].slice(0, limit)
}
