import i18nManager from '@adonisjs/i18n/services/main'
import type { I18n } from '@adonisjs/i18n'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { isPublicPage } from './public_page_middleware.js'

export const LOCALES = ['zh-CN', 'en'] as const

/**
 * The language: what the address asks for (`?lang=`), what was switched to (cookie), on a page for
 * everybody the browser's, else Chinese; the account's own comes with sign-in. A page that may set
 * cookies keeps what its address asks for.
 */
export default class LocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const asked = known(request.qs().lang)
    const kept = known(request.plainCookie('locale', undefined, true))
    const isPublic = isPublicPage(ctx)
    if (asked && asked !== kept && ctx.route && !isPublic) response.plainCookie('locale', asked)
    const browser = isPublic ? known(request.language([...LOCALES])) : undefined
    setLocale(ctx, asked ?? kept ?? browser ?? 'zh-CN')
    return next()
  }
}

function known(wanted: unknown) {
  return LOCALES.find((locale) => locale === wanted)
}

/** Switches the rest of this request to a language. */
export function setLocale(ctx: HttpContext, locale: string) {
  ctx.i18n = i18nManager.locale(locale)
  if ('view' in ctx) {
    ctx.view.share({
      i18n: ctx.i18n,
      locale,
      t: (key: string, params?: Record<string, any>) => ctx.i18n.t(key, params),
      requestId: ctx.request.id() ?? '',
      url: ctx.request.url(),
      queryString: ctx.request.qs(),
    })
  }
}

declare module '@adonisjs/core/http' {
  interface HttpContext {
    i18n: I18n
  }
}
