import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { historyOf, newestOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { once } from '#shared/once'
import {
  addPart,
  archiveTask,
  assignTask,
  createTask,
  editTask,
  endTask,
  readTask,
} from '../actions/tasks.js'
import { visibleParts } from '../access.js'
import { taskRegister } from '../documents/task_register.js'
import { LIGHTS, RHYTHMS, SOURCES, TASK_STATES } from '../domain/tasks.js'
import { allBodies } from '../queries/bodies.js'
import { extensionsOf } from '../queries/extensions.js'
import { ordersOfParts } from '../queries/orders.js'
import { partsOfTask, withLights } from '../queries/parts.js'
import { reportsOf } from '../queries/reports.js'
import { taskById, taskList, taskPage } from '../queries/tasks.js'
import {
  commentValidator,
  partValidator,
  remarkValidator,
  taskEditValidator,
  taskValidator,
  versionValidator,
} from '../validators.js'

/** Tasks: where they come from, who leads, who supports, and how far they are. */
export default class TasksController {
  async index({ actor, request, response, view }: HttpContext) {
    if (!actor!.may('governance.view') && actor!.may('governance.report')) {
      return response.redirect().toRoute('governance.owed.desk')
    }
    actor!.authorize('governance.view')
    const filters = filtersOf(request)
    return view.render('pages/governance/tasks/index', {
      filters,
      page: await taskPage({
        ...filters,
        units: actor!.unitsFor('governance.view'),
        cursor: request.input('cursor') ?? null,
      }),
      states: TASK_STATES,
      sources: SOURCES,
      lights: LIGHTS,
      mayCreate: actor!.may('governance.prepare'),
      mayExport: actor!.may('governance.export'),
    })
  }

  /** 任务台账 as a workbook: exactly what is filtered. */
  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('governance.export')
    const filters = filtersOf(request)
    const tasks = await taskList({ ...filters, units: actor!.unitsFor('governance.export') })
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'governance.tasks.exported',
        subjectType: 'task_list',
        subjectId: null,
        changes: { ...filters, tasks: tasks.length },
        grant,
      })
    )
    const name = `${i18n.t('governance.pages.tasks')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, await taskRegister(tasks, i18n))
  }

  async create({ actor, view }: HttpContext) {
    actor!.authorize('governance.prepare')
    return view.render('pages/governance/tasks/form', { task: null, ...(await choices()) })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    actor!.authorize('governance.prepare')
    const form = await request.validateUsing(taskValidator)
    actor!.authorize('governance.prepare', { unitId: form.lead_unit_id })
    const { source_kind: sourceKind, source } = form
    const input = { sourceKind, source, ...inputOf(form) }
    const id = await once(request.input('_key'), 'governance.task', actor!.userId, (trx) =>
      createTask(input, actor!, trx)
    )
    session.flash('success', i18n.t('governance.done.task_saved'))
    return response.redirect().toRoute('governance.tasks.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    const task = await taskById(Number(params.id))
    const all = await partsOfTask(task.id)
    const parts = visibleParts(actor!, all)
    const ids = parts.map(({ id }) => id)
    const lead = { unitId: task.leadUnitId }
    const overseer = actor!.may('governance.view', lead)
    return view.render('pages/governance/tasks/show', {
      task,
      overseer,
      parts: await withLights(parts),
      reports: await reportsOf(ids),
      extensions: await extensionsOf(ids),
      orders: await ordersOfParts(ids),
      today: clock.today(),
      mayPrepare: actor!.may('governance.prepare', lead),
      mayDecide: actor!.may('governance.decide', lead),
      reportsFor: parts
        .filter(({ unitId }) => actor!.may('governance.report', { unitId }))
        .map(({ id }) => id),
      history: await this.history(overseer ? task.id : null, ids),
    })
  }

  async edit({ actor, params, view }: HttpContext) {
    const task = await this.open(actor!, Number(params.id), 'governance.prepare')
    return view.render('pages/governance/tasks/form', { task, ...(await choices()) })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    const task = await this.open(actor!, Number(params.id), 'governance.prepare')
    const form = await request.validateUsing(taskEditValidator)
    actor!.authorize('governance.prepare', { unitId: form.lead_unit_id })
    await editTask({ taskId: task.id, version: form.version, ...inputOf(form) }, actor!)
    session.flash('success', i18n.t('governance.done.task_saved'))
    return response.redirect().toRoute('governance.tasks.show', { id: task.id })
  }

  async addPart({ actor, params, request, response, session, i18n }: HttpContext) {
    const task = await this.open(actor!, Number(params.id), 'governance.prepare')
    const form = await request.validateUsing(partValidator)
    await addPart(
      {
        taskId: task.id,
        unitId: form.unit_id,
        content: form.content,
        dueOn: form.due_on ?? null,
      },
      actor!
    )
    session.flash('success', i18n.t('governance.done.part_added'))
    return response.redirect().toRoute('governance.tasks.show', { id: task.id })
  }

  async assign(ctx: HttpContext) {
    const task = await this.open(ctx.actor!, Number(ctx.params.id), 'governance.prepare')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await assignTask({ taskId: task.id, version }, ctx.actor!)
    return this.done(ctx, 'assigned')
  }

  async end(ctx: HttpContext) {
    const task = await this.open(ctx.actor!, Number(ctx.params.id), 'governance.prepare')
    const form = await ctx.request.validateUsing(commentValidator)
    await endTask({ taskId: task.id, ...form }, ctx.actor!)
    return this.done(ctx, 'ended')
  }

  async read(ctx: HttpContext) {
    const { actor, params, request } = ctx
    const task = await taskById(Number(params.id))
    const grant = actor!.authorize('governance.decide', { unitId: task.leadUnitId })
    const form = await request.validateUsing(remarkValidator)
    await readTask({ taskId: task.id, ...form, grant }, actor!)
    return this.done(ctx, 'read')
  }

  async archive(ctx: HttpContext) {
    const task = await this.open(ctx.actor!, Number(ctx.params.id), 'governance.prepare')
    const { version } = await ctx.request.validateUsing(versionValidator)
    await archiveTask({ taskId: task.id, version }, ctx.actor!)
    return this.done(ctx, 'archived')
  }

  /** What happened to the task and to the parts that are shown, newest first. */
  private async history(taskId: number | null, partIds: readonly number[]) {
    const lists = await Promise.all([
      ...(taskId === null ? [] : [historyOf('task', taskId)]),
      ...partIds.map((id) => historyOf('task_part', id)),
    ])
    return newestOf(lists.flat().sort((a, b) => b.id - a.id))
  }

  private async open(actor: NonNullable<HttpContext['actor']>, id: number, capability: string) {
    const task = await taskById(id)
    actor.authorize(capability, { unitId: task.leadUnitId })
    return task
  }

  private done({ params, response, session, i18n }: HttpContext, what: string) {
    session.flash('success', i18n.t(`governance.done.task_${what}`))
    return response.redirect().toRoute('governance.tasks.show', { id: params.id })
  }
}

function filtersOf(request: HttpContext['request']) {
  const one = <T extends string>(name: string, list: readonly T[]) =>
    list.find((item) => item === request.input(name)) ?? null
  const text = request.input('q')
  return {
    state: one('state', TASK_STATES),
    source: one('source', SOURCES),
    light: one('light', LIGHTS),
    unitId: Number(request.input('unit')) || null,
    text: typeof text === 'string' && text !== '' ? text.slice(0, 60) : null,
  }
}

async function choices() {
  const bodies = await allBodies()
  return { bodies: bodies.map(({ id, name }) => ({ value: id, label: name })), rhythms: RHYTHMS }
}

function inputOf(form: {
  title: string
  body_id?: number | null
  lead_unit_id: number
  due_on?: string | null
  rhythm?: (typeof RHYTHMS)[number] | null
  criteria?: string | null
}) {
  return {
    title: form.title,
    bodyId: form.body_id ?? null,
    leadUnitId: form.lead_unit_id,
    dueOn: form.due_on ?? null,
    rhythm: form.rhythm ?? null,
    criteria: form.criteria ?? null,
  }
}
