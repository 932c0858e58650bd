import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { inTransaction } from '#shared/database'
import { once } from '#shared/once'
import { unitDissolvedPort, type OpenHolding } from '#shared/ports/unit_dissolved'
import { executeUnitChange, withdrawUnitChange } from '../actions/execute_unit_change.js'
import { proposeUnitChange } from '../actions/propose_unit_change.js'
import { dissolves, UNIT_CHANGE_KINDS } from '../domain/unit_changes.js'
import { unitOptions } from '../presenters/options.js'
import { unitChangeById, unitChangePage, type UnitChangeRow } from '../queries/unit_changes.js'
import { authorizeEverywhere } from '../scope.js'
import { changeValidator, executionValidator, versionValidator } from '../validators/units.js'

export default class UnitChangesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('organization.view')
    const filters = { state: request.input('state') || null }
    const page = await unitChangePage({ ...filters, cursor: request.input('cursor') ?? null })
    const mayPropose = actor!.unitsFor('organization.edit') === 'all'
    return view.render('pages/organization/changes/index', { page, filters, mayPropose })
  }

  async create({ actor, view }: HttpContext) {
    authorizeEverywhere(actor!, 'organization.edit')
    return view.render('pages/organization/changes/create', {
      units: await unitOptions(),
      kinds: UNIT_CHANGE_KINDS,
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'organization.edit')
    const form = await request.validateUsing(changeValidator)
    const documentId = await requiredDocument(form.document_id)
    const id = await once(request.input('_key'), 'organization.change', actor!.userId, (trx) =>
      proposeUnitChange(
        {
          kind: form.kind,
          effectiveOn: form.effective_on,
          documentId,
          reason: form.reason ?? null,
          predecessorIds: form.predecessor_ids ?? [],
          successorIds: form.successor_ids ?? [],
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('organization.done.change_proposed'))
    return response.redirect().toRoute('organization.unit_changes.show', { id })
  }

  async show({ actor, params, view }: HttpContext) {
    actor!.authorize('organization.view')
    const change = await unitChangeById(Number(params.id))
    const isAuthor = change.createdBy !== null && change.createdBy === actor!.userId
    const isOpen = change.state === 'proposed'
    return view.render('pages/organization/changes/show', {
      change,
      ends: dissolves(change.kind),
      holdings: isOpen && dissolves(change.kind) ? await holdingsOf(change) : [],
      units: await unitOptions(),
      isAuthor,
      mayExecute: isOpen && actor!.unitsFor('organization.approve') === 'all',
      mayWithdraw: isOpen && (isAuthor || actor!.unitsFor('organization.approve') === 'all'),
      history: await historyOf('unit_change', change.id),
    })
  }

  /** Execution by a second person. */
  async execute({ actor, params, request, response, session, i18n }: HttpContext) {
    const grant = authorizeEverywhere(actor!, 'organization.approve')
    const form = await request.validateUsing(executionValidator)
    const settlements = Object.entries(form.settle ?? {}).map(([key, value]) => [
      key,
      value === 'end' ? null : Number(value),
    ])
    await executeUnitChange(
      {
        changeId: Number(params.id),
        version: form.version,
        settlements: Object.fromEntries(settlements),
        grant,
      },
      actor!
    )
    session.flash('success', i18n.t('organization.done.change_executed'))
    return response.redirect().toRoute('organization.unit_changes.show', { id: params.id })
  }

  async withdraw({ actor, params, request, response, session, i18n }: HttpContext) {
    const change = await unitChangeById(Number(params.id))
    const isAuthor = change.createdBy !== null && change.createdBy === actor!.userId
    authorizeEverywhere(actor!, isAuthor ? 'organization.edit' : 'organization.approve')
    const { version } = await request.validateUsing(versionValidator)
    await withdrawUnitChange({ changeId: change.id, version }, actor!)
    session.flash('success', i18n.t('organization.done.change_withdrawn'))
    return response.redirect().toRoute('organization.unit_changes.show', { id: change.id })
  }
}

/** Everything open at the units that would end, each once, with those that hold it. */
async function holdingsOf(change: UnitChangeRow) {
  return inTransaction(async (trx) => {
    const found = new Map<string, OpenHolding & { key: string; units: string[] }>()
    for (const unit of change.predecessors) {
      for (const item of await unitDissolvedPort.list(unit.id, trx)) {
        const key = `${item.kind}:${item.id}`
        const units = [...(found.get(key)?.units ?? []), unit.name]
        found.set(key, { ...item, key, units })
      }
    }
    return [...found.values()]
  })
}
