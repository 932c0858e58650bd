import type { HttpContext } from '@adonisjs/core/http'
import { flowSankey } from '#shared/charts/flow_sankey'
import { isCivilDate } from '#shared/dates'
import { flowBetweenUnits } from '../queries/flow.js'

/** Where people went: a sankey with its table. */
export default class FlowController {
  async show({ actor, request, view, i18n }: HttpContext) {
    actor!.authorize('transfers.view')
    const { from, to, planned } = request.qs()
    const filter = {
      from: isCivilDate(from) ? from : null,
      to: isCivilDate(to) ? to : null,
      planned: planned === '1',
    }
    const flows = await flowBetweenUnits(actor!, filter)
    const units = new Map(
      flows.flatMap((flow) => [
        [flow.fromCode, flow.fromName],
        [flow.toCode, flow.toName],
      ])
    )
    const title = i18n.t('transfers.flow.title')
    return view.render('pages/transfers/flow', {
      filter,
      flows,
      totals: {
        people: flows.reduce((sum, { people }) => sum + people, 0),
        seats: flows.reduce((sum, { seats }) => sum + seats, 0),
      },
      svg: flows.some(({ people }) => people > 0)
        ? flowSankey({
            title,
            units: [...units].map(([code, name]) => ({ code, name })),
            links: flows.map(({ fromCode, toCode, people }) => ({
              from: fromCode,
              to: toCode,
              people,
            })),
          })
        : null,
    })
  }
}
