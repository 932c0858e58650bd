import type { HttpContext } from '@adonisjs/core/http'
import { record } from '#audit/actions/record'
import { historyOf } from '#audit/queries/history'
import { requiredDocument } from '#decisions/queries/documents'
import { POST_NATURES } from '#organization/domain/codes'
import { unitOptions } from '#organization/presenters/options'
import { postById } from '#organization/queries/posts'
import { clock } from '#shared/clock'
import { inTransaction } from '#shared/database'
import { sendRegister } from '#shared/downloads'
import { oneOf } from '#shared/lists/filters'
import { evaluatePost } from '../actions/save_post_value.js'
import { postValuesRegister } from '../documents/post_values_register.js'
import { FACTOR_NAMES, FACTORS, HIGHEST_LEVEL } from '../domain/evaluation.js'
import { idOf } from '../policies.js'
import {
  evaluationsOf,
  postValueList,
  postValuePage,
  postValuesOn,
} from '../queries/post_values.js'
import { evaluationValidator } from '../validators.js'

/** 岗位价值系数: what a post is worth and where that comes from. */
export default class PostValuesController {
  async index({ actor, request, view }: HttpContext) {
    actor!.authorize('performance.view')
    const units = actor!.unitsFor('performance.view')
    const filter = filterOf(request.qs())
    return view.render('pages/performance/post_values/index', {
      filter,
      page: await postValuePage(
        { ...filter, units },
        clock.today(),
        request.input('cursor') ?? null
      ),
      units: await unitOptions(units),
      natures: Object.keys(POST_NATURES),
      mayExport: actor!.may('performance.export'),
    })
  }

  async export(ctx: HttpContext) {
    const { actor, request, i18n } = ctx
    const grant = actor!.authorize('performance.export')
    const filter = { ...filterOf(request.qs()), units: actor!.unitsFor('performance.export') }
    const rows = await postValueList(filter, clock.today())
    await inTransaction((trx) =>
      record(trx, actor!, {
        action: 'performance.post.exported',
        subjectType: 'post',
        subjectId: null,
        changes: { count: rows.length },
        grant,
      })
    )
    const name = `${i18n.t('performance.pages.post_values')}-${clock.today()}.xlsx`
    return sendRegister(ctx, name, postValuesRegister(rows, i18n))
  }

  async show({ actor, params, view }: HttpContext) {
    const post = await postById(idOf(params.id))
    actor!.authorize('performance.view', { unitId: post.unitId })
    const valueOf = await postValuesOn(clock.today())
    return view.render('pages/performance/post_values/show', {
      post,
      value: valueOf(post.id),
      evaluations: await evaluationsOf(post.id),
      factors: FACTOR_NAMES.map((name) => ({ name, points: FACTORS[name] })),
      levels: Array.from({ length: HIGHEST_LEVEL }, (_, index) => index + 1),
      mayEvaluate: actor!.may('performance.prepare', { unitId: post.unitId }),
      today: clock.today(),
      history: await historyOf('post', post.id),
    })
  }

  async store({ actor, params, request, response, session, i18n }: HttpContext) {
    const post = await postById(idOf(params.id))
    actor!.authorize('performance.prepare', { unitId: post.unitId })
    const form = await request.validateUsing(evaluationValidator)
    const { valid_from: validFrom, document_id: document, ...levels } = form
    const documentId = await requiredDocument(document)
    const coefficient = await evaluatePost(
      { postId: post.id, levels, validFrom, documentId },
      actor!
    )
    session.flash('success', i18n.t('performance.done.evaluated', { coefficient }))
    return response.redirect().toRoute('performance.post_values.show', { id: post.id })
  }
}

function filterOf(query: Record<string, any>) {
  return {
    unitId: Number(query.unit_id) || null,
    nature: oneOf(query.nature, Object.keys(POST_NATURES)),
    held: oneOf(query.held, ['held', 'empty']),
    text: String(query.q ?? '').trim() || null,
  }
}
