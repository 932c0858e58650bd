import db from '@adonisjs/lucid/services/db'
import type { Actor } from '#shared/actor'
import type { SearchHit } from '#shared/ports/search'
import { taskUnits } from '../access.js'
import { approvedResolutions } from './resolutions.js'
import { taskList } from './tasks.js'

/** Tasks by number or words within reach; meetings and resolutions for who may see the bodies. */
export async function searchGovernance(
  actor: Actor,
  text: string,
  limit: number
): Promise<SearchHit[]> {
  const units = taskUnits(actor)
  const tasks = units === 'all' || units.length ? await taskList({ units, text }, limit) : []
  const opens = tasks.filter(
    ({ state, leadUnitId: unitId }) => state !== 'draft' || actor.may('governance.view', { unitId })
  )
  const hits = opens.map((task) => ({
    kind: 'task',
    title: task.title,
    detail: `${task.number} · ${task.leadUnitName}`,
    url: `/governance/tasks/${task.id}`,
  }))
  if (actor.unitsFor('governance.view') !== 'all') return hits
  return [...hits, ...(await meetings(text, limit)), ...(await resolutions(text, limit))].slice(
    0,
    limit * 2
  )
}

async function meetings(text: string, limit: number): Promise<SearchHit[]> {
  const like = `%${text.replace(/[\\%_]/g, '')}%`
  const rows = await db
    .from('meetings')
    .where((any) => any.where('title', 'like', like).orWhere('issue_no', 'like', like))
    .orderBy('id', 'desc')
    .limit(limit)
  return rows.map((row) => ({
    kind: 'meeting',
    title: row.title,
    detail: row.issue_no ?? row.held_on,
    url: `/governance/meetings/${row.id}`,
  }))
}

async function resolutions(text: string, limit: number): Promise<SearchHit[]> {
  const rows = await approvedResolutions(text, limit)
  return rows.map((row) => ({
    kind: 'resolution',
    title: row.content,
    detail: row.number ?? '',
    url: `/governance/meetings/${row.meetingId}?tab=minutes`,
  }))
}
