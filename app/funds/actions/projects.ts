import { record } from '#audit/actions/record'
import { assertUnitAlive } from '#organization/queries/assert_unit_alive'
import type { Actor } from '#shared/actor'
import { clock } from '#shared/clock'
import { bulkInsert, insertRow, inTransaction, updateVersioned, type Trx } from '#shared/database'
import { DomainError, refusing, type Refuse } from '#shared/errors'
import { moveState } from '#shared/transitions'
import { currentStep, PROJECT_STEPS, STEP_MOVES, type StepVerb } from '../domain/projects.js'
import { projectById, stepById } from '../queries/projects.js'

const refuse: Refuse = refusing('funds')

export interface ProjectInput {
  name: string
  unitId: number
  content: string
  estimateFen: number
  /** Who approves the steps: 发改局 as a rule. */
  authorityId: number
  workItemId: number | null
}

/** Registers a construction project with its five steps (立项审批) to do; returns its id. */
export async function createProject(input: ProjectInput, actor: Actor, trx?: Trx): Promise<number> {
  return inTransaction(async (client) => {
    await assertUnitAlive(client, input.unitId, clock.today())
    const id = await insertRow(client, 'construction_projects', {
      number: `new-${crypto.randomUUID()}`,
      name: input.name,
      unit_id: input.unitId,
      content: input.content,
      estimate_fen: input.estimateFen,
      work_item_id: input.workItemId,
      version: 1,
      created_at: clock.now(),
    })
    const number = `XM${clock.today().slice(0, 4)}-${String(id).padStart(3, '0')}`
    await client.from('construction_projects').where('id', id).update({ number })
    await bulkInsert(
      client,
      'project_steps',
      PROJECT_STEPS.map((step, index) => ({
        project_id: id,
        step,
        step_no: index + 1,
        authority_id: input.authorityId,
        state: 'todo',
        version: 1,
        created_at: clock.now(),
      }))
    )
    await record(client, actor, {
      action: 'funds.project.created',
      subjectType: 'construction_project',
      subjectId: id,
      changes: { number, name: input.name, estimate_fen: input.estimateFen },
    })
    return id
  }, trx)
}

/** Changes what a project is; its steps and its money stay. */
export async function editProject(
  input: Omit<ProjectInput, 'authorityId' | 'unitId'> & { projectId: number; version: number },
  actor: Actor,
  trx?: Trx
) {
  await inTransaction(async (client) => {
    const before = await projectById(input.projectId, client)
    if (input.estimateFen < before.committedFen) {
      throw new DomainError('funds.errors.estimate_below_contracts')
    }
    await updateVersioned(client, 'construction_projects', before.id, input.version, {
      name: input.name,
      content: input.content,
      estimate_fen: input.estimateFen,
      work_item_id: input.workItemId,
    })
    await record(client, actor, {
      action: 'funds.project.edited',
      subjectType: 'construction_project',
      subjectId: before.id,
      changes: {
        name: [before.name, input.name],
        estimate_fen: [before.estimateFen, input.estimateFen],
      },
    })
  }, trx)
}

export interface StepInput {
  stepId: number
  version: number
  verb: StepVerb
  /** Civil date of the submission or the decision; not after today. */
  on: string
  /** The decision's document; with an approval always. */
  documentId?: number | null
  comment?: string | null
}

/** Moves the step that is at work; a later one waits until all before it are approved. */
export async function moveStep(input: StepInput, actor: Actor, trx?: Trx) {
  await inTransaction(async (client) => {
    const step = await stepById(input.stepId, client)
    const project = await projectById(step.projectId, client)
    checkStep(input, step.submittedOn)
    if (currentStep(project.steps)?.id !== step.id) {
      throw new DomainError('funds.errors.step_not_current')
    }
    const { verb, on } = input
    await moveState(
      client,
      'project_steps',
      { id: step.id, version: input.version },
      STEP_MOVES,
      verb,
      verb === 'submit'
        ? { submitted_on: on, decided_on: null, comment: null }
        : { decided_on: on, document_id: input.documentId ?? null, comment: input.comment ?? null }
    )
    await record(client, actor, {
      action: `funds.step.${{ submit: 'submitted', approve: 'approved', refuse: 'refused' }[verb]}`,
      subjectType: 'construction_project',
      subjectId: project.id,
      changes: { step: step.step, on, comment: input.comment ?? null },
    })
  }, trx)
}

function checkStep({ verb, on, documentId }: StepInput, submittedOn: string | null) {
  if (on > clock.today()) refuse('on', 'date_ahead')
  if (verb === 'submit') return
  if (submittedOn && on < submittedOn) refuse('on', 'before_submission')
  if (verb === 'approve' && !documentId) refuse('document_id', 'document_needed')
}
