import vine from '@vinejs/vine'
import app from '@adonisjs/core/services/app'
import type { HttpContext } from '@adonisjs/core/http'
import { NotFoundError } from '#shared/errors'
import { samplePeople, samples } from '../domain/styleguide_samples.js'

const validator = vine.create({
  name: vine.string().trim().minLength(2).maxLength(60),
  nature: vine.enum(['editorial', 'technical']),
  quantity: vine.number().min(1).max(99).optional(),
})

/** Every component on one page, for those who write pages. Not there in production. */
export default class StyleguideController {
  show({ view }: HttpContext) {
    this.onlyInDevelopment()
    return view.render('pages/styleguide/show', samples)
  }

  /** Takes the sample form: shows how a refused form comes back, keeps nothing. */
  async store({ request, response, session }: HttpContext) {
    this.onlyInDevelopment()
    const { name } = await request.validateUsing(validator)
    session.flash('success', name)
    return response.redirect().toRoute('dashboard.styleguide.show')
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
