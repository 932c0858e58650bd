import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { samplePeople, samples } from '../domain/styleguide_samples.js'

/** Every component on one page, for those who write pages. Not there in production. */
export default class StyleguideController {
  show({ view }: HttpContext) {
    this.onlyInDevelopment()
    return view.render('pages/styleguide/show', samples)
  }

  /** Answers the picker of the style guide. */
  people({ request }: HttpContext) {
    this.onlyInDevelopment()
    const text = String(request.input('q') ?? '')
    return samplePeople.filter((person) => person.text.includes(text))
  }

  private onlyInDevelopment() {
    if (app.inProduction) throw new NotFoundError('styleguide')
  }
}
