import db from '@adonisjs/lucid/services/db'
import type { Client } from '#decisions/queries/client'
import { toInt } from '#shared/database'
import { NotFoundError } from '#shared/errors'
import { withinUnits } from '#shared/lists/reach'
import { keysetPage, PAGE_SIZE, type KeysetPage } from '#shared/lists/keyset'
import type { ProjectStep, StepState } from '../domain/projects.js'

export interface StepRow {
  id: number
  projectId: number
  step: ProjectStep
  stepNo: number
  authorityId: number
  authorityName: string
  dueOn: string | null
  state: StepState
  submittedOn: string | null
  decidedOn: string | null
  documentNo: string | null
  comment: string | null
  version: number
}

export interface ProjectRow {
  id: number
  number: string
  name: string
  unitId: number
  unitName: string
  content: string
  estimateFen: number
  /** Contracts signed and paid for it, from the funds. */
  committedFen: number
  paidFen: number
  workItemId: number | null
  version: number
}

export type ProjectWithSteps = ProjectRow & { steps: StepRow[] }

/** A page of the projects of these units with their steps, newest first. */
export async function projectPage(
  units: 'all' | number[],
  cursor: string | null
): Promise<KeysetPage<ProjectWithSteps>> {
  const query = projectsFrom(db)
  withinUnits(query, 'construction_projects.unit_id', units)
  const id = 'construction_projects.id'
  const page = await keysetPage<any>(query, {
    column: id,
    idColumn: id,
    direction: 'desc',
    size: PAGE_SIZE,
    cursor,
  })
  const projects = page.rows.map(projectOf)
  const steps = await stepsOf(projects.map((project) => project.id))
  const rows = projects.map((project) => ({
    ...project,
    steps: steps.filter(({ projectId }) => projectId === project.id),
  }))
  return { ...page, rows }
}

/** All projects by number and name, newest first, to choose from. */
export async function projectOptions() {
  const rows = await db
    .from('construction_projects')
    .orderBy('id', 'desc')
    .select('id', 'number', 'name')
  return rows.map(({ id, number, name }) => ({ value: Number(id), label: `${number} ${name}` }))
}

export async function projectById(id: number, client: Client = db): Promise<ProjectWithSteps> {
  const row = await projectsFrom(client).where('construction_projects.id', id).first()
  if (!row) throw new NotFoundError('construction project')
  return { ...projectOf(row), steps: await stepsOf([id], client) }
}

export async function stepById(id: number, client: Client = db): Promise<StepRow> {
  const row = await stepsFrom(client).where('project_steps.id', id).first()
  if (!row) throw new NotFoundError('project step')
  return stepOf(row)
}

async function stepsOf(projectIds: number[], client: Client = db): Promise<StepRow[]> {
  if (projectIds.length === 0) return []
  const rows = await stepsFrom(client)
    .whereIn('project_steps.project_id', projectIds)
    .orderBy('project_steps.project_id')
    .orderBy('project_steps.step_no')
  return rows.map(stepOf)
}

function projectsFrom(client: Client) {
  return client
    .from('construction_projects')
    .join('units', 'units.id', 'construction_projects.unit_id')
    .leftJoin('fund_commitments', 'fund_commitments.project_id', 'construction_projects.id')
    .groupBy('construction_projects.id', 'units.name')
    .select('construction_projects.*', 'units.name as unit_name')
    .sum('fund_commitments.amount_fen as committed_fen')
    .sum('fund_commitments.paid_fen as paid_fen')
}

function stepsFrom(client: Client) {
  return client
    .from('project_steps')
    .join('units', 'units.id', 'project_steps.authority_id')
    .leftJoin('documents', 'documents.id', 'project_steps.document_id')
    .select('project_steps.*', 'units.name as authority_name', 'documents.document_no')
}

function projectOf(row: any): ProjectRow {
  return {
    id: Number(row.id),
    number: row.number,
    name: row.name,
    unitId: Number(row.unit_id),
    unitName: row.unit_name,
    content: row.content,
    estimateFen: toInt(row.estimate_fen),
    committedFen: toInt(row.committed_fen),
    paidFen: toInt(row.paid_fen),
    workItemId: row.work_item_id === null ? null : Number(row.work_item_id),
    version: Number(row.version),
  }
}

function stepOf(row: any): StepRow {
  return {
    id: Number(row.id),
    projectId: Number(row.project_id),
    step: row.step,
    stepNo: Number(row.step_no),
    authorityId: Number(row.authority_id),
    authorityName: row.authority_name,
    dueOn: row.due_on,
    state: row.state,
    submittedOn: row.submitted_on,
    decidedOn: row.decided_on,
    documentNo: row.document_no,
    comment: row.comment,
    version: Number(row.version),
  }
}
