import type { HttpContext } from '@adonisjs/core/http'
import { unitById } from '#organization/queries/units'
import { ForbiddenError } from '#shared/errors'
import { seesPart } from '../access.js'
import { extensionsOf } from '../queries/extensions.js'
import { finishedParts, FINISHED_SHOWN, owedParts, withLights } from '../queries/parts.js'

/** What a unit owes, until when: the liaison's first page, and a page per unit. */
export default class OwedController {
  async desk({ actor, view }: HttpContext) {
    actor!.authorize('governance.report')
    const units = actor!.unitsFor('governance.report')
    const parts = await withLights(await owedParts({ units }))
    const ids = parts.map(({ id }) => id)
    return view.render('pages/governance/desk', {
      parts,
      returned: parts.filter(({ returnedAt }) => returnedAt !== null),
      refused: (await extensionsOf(ids)).filter(({ state }) => state === 'refused'),
      finishedShown: FINISHED_SHOWN,
      finished: units === 'all' ? [] : await withLights(await finishedParts(units)),
      units: await Promise.all((units === 'all' ? [] : units).map((id) => unitById(id))),
    })
  }

  async unit({ actor, params, view }: HttpContext) {
    const unitId = Number(params.id)
    if (!seesPart(actor!, { unitId })) throw new ForbiddenError('governance.view')
    const unit = await unitById(unitId)
    return view.render('pages/governance/unit', {
      unit,
      parts: await withLights(await owedParts({ units: [unit.id] })),
      finishedShown: FINISHED_SHOWN,
      finished: await withLights(await finishedParts([unit.id])),
    })
  }
}
