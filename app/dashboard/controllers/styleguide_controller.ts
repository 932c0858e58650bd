import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { samples } from '../domain/styleguide_samples.js'

/** Every component on one page, for those who write pages. Not there in production. */
export default class StyleguideController {
  show({ view }: HttpContext) {
    if (app.inProduction) throw new NotFoundError('styleguide')
    return view.render('pages/styleguide/show', samples)
  }
}
