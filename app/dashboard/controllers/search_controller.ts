import type { HttpContext } from '@adonisjs/core/http'
import { searchPort } from '#shared/ports/search'
import { groupHits } from '../domain/search_groups.js'

const QUICK = 5
const ON_PAGE = 30

/** Finds people, units, batches…; as a page, or as JSON for the suggestions under the search box. */
export default class SearchController {
  async index({ actor, i18n, request, response, view }: HttpContext) {
    const text = String(request.input('q') ?? '')
      .trim()
      .slice(0, 60)
    const quick = request.accepts(['html', 'json']) === 'json'
    const hits = text ? await searchPort.find(actor!, text, quick ? QUICK : ON_PAGE + 1) : []
    const groups = groupHits(hits).map((group) => ({
      ...group,
      hits: group.hits.slice(0, ON_PAGE),
      more: group.hits.length > ON_PAGE,
      label: i18n.t(`shared.kinds.${group.kind.split('.').at(-1)}`),
    }))
    response.vary('accept')
    if (quick) return { groups }
    return view.render('pages/dashboard/search', { text, groups, found: hits.length })
  }
}
