import type { HttpContext } from '@adonisjs/core/http'
import { historyOf } from '#audit/queries/history'
import { documentIdFrom } from '#decisions/queries/documents'
import { clock } from '#shared/clock'
import { once } from '#shared/once'
import { oneOf } from '#shared/lists/filters'
import { createUnit } from '../actions/create_unit.js'
import { unitOptions } from '../presenters/options.js'
import { quotaTable } from '../presenters/quota_table.js'
import { formatGrade, type Grade } from '../domain/grades.js'
import { totalHeadcount } from '../domain/headcount.js'
import { departmentsOf, filledPosts } from '../queries/posts.js'
import { unitChangePage } from '../queries/unit_changes.js'
import { factsHistory } from '../queries/unit_facts.js'
import { findUnits, unitPage } from '../queries/unit_list.js'
import { namesOf } from '../queries/unit_names.js'
import { unitById, unitsByIds } from '../queries/units.js'
import { authorizeEverywhere } from '../scope.js'
import { unitValidator } from '../validators/units.js'

const TABS = ['overview', 'posts', 'quota', 'changes'] as const

export default class UnitsController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('organization.view')
    const filters = {
      text: request.input('q') || null,
      kind: oneOf(request.input('kind'), ['reform', 'external', 'all'] as const) ?? 'reform',
      state: oneOf(request.input('state'), ['living', 'dissolved'] as const),
    }
    const page = await unitPage({ ...filters, cursor: request.input('cursor') ?? null })
    return view.render('pages/organization/units/index', {
      page,
      filters,
      mayCreate: actor!.unitsFor('organization.edit') === 'all',
    })
  }

  /** Picker of forms: `[{ value, text, detail }]`. */
  async pick({ actor, request, response }: HttpContext) {
    actor!.authorize('organization.view')
    const kind = oneOf(request.input('kind'), ['reform', 'external'] as const) ?? 'all'
    const units = await findUnits(request.input('q') || null, 20, kind)
    return response.json(
      units.map(({ id, name, code }) => ({ value: id, text: name, detail: code }))
    )
  }

  async create({ actor, view }: HttpContext) {
    authorizeEverywhere(actor!, 'organization.edit')
    return view.render('pages/organization/units/create', { units: await unitOptions() })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeEverywhere(actor!, 'organization.edit')
    const form = await request.validateUsing(unitValidator)
    const documentId = await documentIdFrom(form.document_id)
    const id = await once(request.input('_key'), 'organization.unit', actor!.userId, (trx) =>
      createUnit(
        {
          name: form.name,
          code: form.code,
          kind: form.kind,
          validFrom: form.valid_from,
          rank: form.rank,
          unitClass: form.unit_class,
          supervisor: form.supervisor,
          parentId: form.parent_id,
          documentId,
        },
        actor!,
        trx
      )
    )
    session.flash('success', i18n.t('organization.done.unit_created'))
    return response.redirect().toRoute('organization.units.show', { id })
  }

  async show({ actor, params, request, view, i18n }: HttpContext) {
    actor!.authorize('organization.view')
    const unit = await unitById(Number(params.id))
    const tab = oneOf(request.input('tab'), TABS) ?? 'overview'
    const parent = unit.facts?.parentId ? await unitsByIds([unit.facts.parentId]) : null
    return view.render(`pages/organization/units/${tab}`, {
      unit,
      tab,
      parent: parent?.get(unit.facts!.parentId!) ?? null,
      mayEdit: actor!.may('organization.edit', { unitId: unit.id }),
      maySeeQuota: actor!.may('quota.view', { unitId: unit.id }),
      history: await historyOf('unit', unit.id),
      ...(await this.partOf(unit.id, tab, i18n)),
    })
  }

  private async partOf(unitId: number, tab: (typeof TABS)[number], i18n: HttpContext['i18n']) {
    switch (tab) {
      case 'overview':
        return { names: await namesOf(unitId), facts: await factsHistory(unitId) }
      case 'posts': {
        const posts = await filledPosts(unitId)
        return {
          departments: await departmentsOf(unitId),
          posts,
          total: totalHeadcount(posts.map(({ figures }) => figures)),
          gradeLabel: (grade: string | null) => (grade ? formatGrade(grade as Grade) : ''),
        }
      }
      case 'quota':
        return { quota: await quotaTable({ asOf: clock.today(), unitIds: [unitId] }, i18n) }
      case 'changes':
        return { page: await unitChangePage({ unitId, cursor: null }) }
    }
  }
}
