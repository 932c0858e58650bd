import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { clock } from '#shared/clock'
import { factsPort } from '#shared/ports/facts'
import { authorizeEverywhere } from '#organization/scope'
import { once } from '#shared/once'
import { createItem, dropItem, editItem, type ItemInput } from '../actions/save_item.js'
import { itemOptions, supportsFrom } from '../presenters/item_form.js'
import { neighbours } from '../presenters/neighbours.js'
import { evidenceOfItem } from '../queries/evidence.js'
import { mayOnItem, outlook, rowOf, visibleRows } from '../queries/forecast.js'
import { firstBaselineDates, withSlips } from '../queries/baselines.js'
import { fixedDatesOf } from '../queries/item_parts.js'
import { tasksOfItem } from '../queries/tasks.js'
import { mayJudge } from '../queries/programme_inbox.js'
import { dropValidator, itemEditValidator, itemValidator } from '../validators.js'

/** One milestone or work item: its dates with their reasons, what it waits for, its evidence. */
export default class ItemsController {
  async create({ actor, request, view, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    return view.render('pages/programme/items/form', {
      item: null,
      phaseId: Number(request.input('phase')) || null,
      ...(await itemOptions(i18n)),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const input = await inputOf(await request.validateUsing(itemValidator))
    const id = await once(request.input('_key'), 'programme.item', actor!.userId, (trx) =>
      createItem(input, actor!, trx)
    )
    session.flash('success', i18n.t('programme.done.item_saved'))
    return response.redirect().toRoute('programme.items.show', { id })
  }

  async show({ actor, params, view, i18n }: HttpContext) {
    actor!.authorize('programme.view')
    const now = await outlook()
    const found = rowOf(now, Number(params.id))
    if (!mayOnItem(actor!, 'programme.view', found)) {
      actor!.authorize('programme.view', { unitId: found.leadUnitId })
    }
    const [item] = withSlips([found], await firstBaselineDates(), now!)
    const lead = { unitId: item.leadUnitId }
    const mayEdit = actor!.unitsFor('programme.edit') === 'all'
    const evidence = await evidenceOfItem(item.id)
    const waiting = evidence.find(({ state }) => state === 'submitted') ?? null
    return view.render('pages/programme/items/show', {
      item,
      evidence,
      waiting,
      mayEdit,
      today: clock.today(),
      ...neighbours(now!, item, visibleRows(actor!, now!.rows)),
      dates: await fixedDatesOf(item.id),
      tasks: await tasksOfItem(item.id, actor!),
      fact: item.factCode ? await factOf(item.factCode, i18n) : null,
      mayReport: !item.finishedOn && actor!.may('programme.report', lead),
      mayJudge: waiting ? await mayJudge(actor!, waiting, item) : false,
      mayWithdraw: waiting !== null && waiting.submittedBy === actor!.userId,
      yellowDays: now!.plan.yellowDays,
      history: await historyOf('work_item', item.id),
    })
  }

  async edit({ actor, params, view, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    return view.render('pages/programme/items/form', {
      item,
      phaseId: item.phaseId,
      ...(await itemOptions(i18n, item)),
    })
  }

  async update({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    const { version, ...form } = await request.validateUsing(itemEditValidator)
    await editItem({ ...(await inputOf(form)), itemId: item.id, version }, actor!)
    session.flash('success', i18n.t('programme.done.item_saved'))
    return response.redirect().toRoute('programme.items.show', { id: item.id })
  }

  async drop({ actor, params, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    const item = rowOf(await outlook(), Number(params.id))
    const { version, comment: reason } = await request.validateUsing(dropValidator)
    await dropItem({ itemId: item.id, version, reason }, actor!)
    session.flash('success', i18n.t('programme.done.item_dropped'))
    return response.redirect().toRoute('programme.plan.index')
  }
}

type Form = Awaited<ReturnType<(typeof itemValidator)['validate']>>

async function inputOf(form: Form): Promise<ItemInput> {
  return {
    number: form.number ?? null,
    name: form.name,
    kind: form.kind,
    phaseId: form.phase_id ?? null,
    leadUnitId: form.lead_unit_id,
    supportUnitIds: await supportsFrom(form.support_units ?? ''),
    responsibleId: form.responsible_id ?? null,
    duration: form.duration ?? 0,
    notBefore: form.not_before ?? null,
    deliverable: form.deliverable ?? null,
    criteria: form.criteria ?? null,
    basis: form.basis ?? null,
    factCode: form.fact_code ?? null,
  }
}

/** What the records say, in words; null when no module answers any more. */
async function factOf(code: string, i18n: HttpContext['i18n']) {
  const fact = await factsPort.read(code, clock.today())
  const [module, name] = code.split('.')
  return fact && { ...fact, label: i18n.t(`${module}.facts.${name}`) }
}
