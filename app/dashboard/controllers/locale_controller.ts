import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { LOCALES } from '#shared/middleware/locale_middleware'
import { keepLocale } from '../actions/keep_locale.js'

const validator = vine.create({ locale: vine.enum(LOCALES) })

/** Switches the language, for strangers too; who is signed in finds it again at the next sign-in. */
export default class LocaleController {
  async update({ actor, request, response }: HttpContext) {
    const { locale } = await request.validateUsing(validator)
    response.plainCookie('locale', locale)
    if (actor?.userId) await keepLocale(locale, actor.userId)
    const redirect = response.redirect().withQs()
    // an address that asks for a language would go on asking for the old one
    const asked = /[?&]lang=/.test(request.header('referer') ?? '')
    return (asked ? redirect.withQs('lang', locale) : redirect).back()
  }
}
