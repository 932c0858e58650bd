import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom } from '#decisions/queries/documents'
import { unitOptions } from '#organization/presenters/options'
import { clock } from '#shared/clock'
import { DomainError } from '#shared/errors'
import { once } from '#shared/once'
import { parseYuan, typedYuan } from '#shared/money'
import { createProject, editProject, moveStep } from '../actions/projects.js'
import { currentStep, type StepVerb } from '../domain/projects.js'
import { movementPage } from '../queries/movements.js'
import { projectById, projectPage, stepById } from '../queries/projects.js'
import { projectEditValidator, projectValidator, stepValidator } from '../validators.js'

/** 建设项目 with the steps of 立项审批. */
export default class ProjectsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('projects.view')
    const units = actor!.unitsFor('projects.view')
    const page = await projectPage(units, request.input('cursor') ?? null)
    return view.render('pages/funds/projects/index', {
      page,
      projects: page.rows.map((project) => ({ ...project, current: currentStep(project.steps) })),
      mayCreate: actor!.may('projects.edit'),
    })
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('projects.edit')
    return view.render('pages/funds/projects/form', {
      project: null,
      units: await unitOptions(actor!.unitsFor('projects.edit')),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('projects.edit')
    const form = await request.validateUsing(projectValidator)
    actor!.authorize('projects.edit', { unitId: form.unit_id })
    const input = { ...inputOf(form), unitId: form.unit_id, authorityId: form.authority_id }
    const id = await once(request.input('_key'), 'funds.project', actor!.userId, (trx) =>
      createProject(input, actor!, trx)
    )
    session.flash('success', i18n.t('funds.done.project_saved'))
    return response.redirect().toRoute('funds.projects.show', { id })
  }

  async show({ actor, params, request, view }: HttpContext) {
    const project = await projectById(Number(params.id))
    const target = { unitId: project.unitId }
    actor!.authorize('projects.view', target)
    return view.render('pages/funds/projects/show', {
      project,
      current: currentStep(project.steps),
      page: actor!.may('funds.view', target)
        ? await movementPage({
            projectId: project.id,
            units: 'all',
            cursor: request.input('cursor') ?? null,
          })
        : null,
      mayEdit: actor!.may('projects.edit', target),
      today: clock.today(),
      history: await historyOf('construction_project', project.id),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const project = await projectById(Number(params.id))
    actor!.authorize('projects.edit', { unitId: project.unitId })
    return view.render('pages/funds/projects/form', {
      project: { ...project, estimate: typedYuan(project.estimateFen) },
      units: [],
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const project = await projectById(Number(params.id))
    actor!.authorize('projects.edit', { unitId: project.unitId })
    const form = await request.validateUsing(projectEditValidator)
    await editProject({ ...inputOf(form), projectId: project.id, version: form.version }, actor!)
    session.flash('success', i18n.t('funds.done.project_saved'))
    return response.redirect().toRoute('funds.projects.show', { id: project.id })
  }

  async submitStep(ctx: HttpContext) {
    return this.move(ctx, 'submit')
  }

  async approveStep(ctx: HttpContext) {
    return this.move(ctx, 'approve')
  }

  async refuseStep(ctx: HttpContext) {
    return this.move(ctx, 'refuse')
  }

  private async move(ctx: HttpContext, verb: StepVerb) {
    const { actor, params, request, response, session, i18n } = ctx
    const step = await stepById(Number(params.id))
    const project = await projectById(step.projectId)
    actor!.authorize('projects.edit', { unitId: project.unitId })
    const { document_id: document, ...form } = await request.validateUsing(stepValidator)
    const documentId = await documentIdFrom(document)
    await moveStep({ ...form, stepId: step.id, verb, documentId }, actor!)
    session.flash('success', i18n.t('funds.done.step_moved'))
    return response.redirect().toRoute('funds.projects.show', { id: project.id })
  }
}

function inputOf(form: {
  name: string
  content: string
  estimate: string
  work_item_id?: number | null
}) {
  const estimateFen = parseYuan(form.estimate)
  if (estimateFen === null || estimateFen <= 0) {
    const code = 'funds.errors.not_an_amount'
    const params = { value: form.estimate }
    throw new DomainError(code, params, [{ field: 'estimate', code, params }])
  }
  const { name, content } = form
  return { name, content, estimateFen, workItemId: form.work_item_id ?? null }
}
