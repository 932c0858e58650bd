import type { HttpContext } from '@adonisjs/core/http'
import { approvedResolutions } from '#governance/queries/resolutions'
import { authorizeEverywhere } from '#organization/scope'

/** Resolutions that may change a fixed date. */
export default class ResolutionsController {
  /** Answers of the picker: `[{ value, text, detail }]`; the value is the number, as it is cited. */
  async pick({ actor, request, response }: HttpContext) {
    authorizeEverywhere(actor!, 'programme.edit')
    authorizeEverywhere(actor!, 'governance.view')
    const text = String(request.input('q') ?? '').slice(0, 120)
    const rows = await approvedResolutions(text.trim() || null, 20)
    return response.json(
      rows.map(({ number, content }) => ({ value: number, text: number, detail: content }))
    )
  }
}
