import type { HttpContext } from '@adonisjs/core/http'
import { unitView } from '../presenters/unit_view.js'

/** What a unit owes, until when. */
export default class UnitsController {
  async show({ actor, params, i18n, view }: HttpContext) {
    const page = await unitView(actor!, Number(params.id), i18n)
    return view.render('pages/dashboard/unit', { page })
  }
}
