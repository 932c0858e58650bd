import i18nManager from '@adonisjs/i18n/services/main'
import type { I18n } from '@adonisjs/i18n'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

export const LOCALES = ['zh-CN', 'en'] as const

/** The language: what was switched to (cookie), else Chinese; the account's own comes with sign-in. */
export default class LocaleMiddleware {
  handle(ctx: HttpContext, next: NextFn) {
    const wanted = ctx.request.plainCookie('locale', undefined, true)
    const locale = LOCALES.find((known) => known === wanted) ?? 'zh-CN'
    setLocale(ctx, locale)
    return next()
  }
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
