import type { HttpContext } from '@adonisjs/core/http'
import { usersForChoice } from '#accounts/queries/users_for_choice'
import { clock } from '#shared/clock'
import { setHolder } from '../actions/bodies.js'
import { authorizeAll, mayAll } from '../access.js'
import { holderFrom } from '../queries/holder_from.js'
import { unitHeads } from '../queries/bodies.js'
import { headValidator } from '../validators.js'

/** 单位主要负责人: who is told when a unit is overdue, and who sits for it. */
export default class HeadsController {
  async index({ actor, request, view }: HttpContext) {
    authorizeAll(actor!, 'governance.view')
    return view.render('pages/governance/heads', {
      heads: await unitHeads(),
      unitId: Number(request.input('unit')) || null,
      today: clock.today(),
      mayEdit: mayAll(actor!, 'governance.prepare'),
    })
  }

  async store({ actor, request, response, session, i18n }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    const form = await request.validateUsing(headValidator)
    await setHolder(
      { post: { unitId: form.unit_id }, holder: await holderFrom(form), from: form.from },
      actor!
    )
    session.flash('success', i18n.t('governance.done.holder_set'))
    return response.redirect().toRoute('governance.heads.index')
  }

  /** Accounts for the picker: `[{ value, text, detail }]`. */
  async pick({ actor, request, response }: HttpContext) {
    authorizeAll(actor!, 'governance.prepare')
    return response.json(await usersForChoice(String(request.input('q') ?? '').slice(0, 60)))
  }
}
