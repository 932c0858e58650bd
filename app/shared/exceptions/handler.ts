import app from '@adonisjs/core/services/app'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import type { I18n } from '@adonisjs/i18n'
import { DomainError, ForbiddenError, StaleError } from '#shared/errors'
import { withoutValues } from '#shared/database'
import { isDatabaseAway } from '#shared/operations/operation_error'
import { auditSentence, changedFields } from '#shared/view/texts'
import { named } from '#shared/view/names'
import LocaleMiddleware from '#shared/middleware/locale_middleware'
import { lastChangePort } from '#shared/ports/last_change'
import { refusals } from '#shared/ports/refusals'

const PAGES = [403, 404, 409, 413, 419, 422, 429, 500, 503]

/**
 * Turns what went wrong into a page or a message in the user's language. A form comes back with
 * everything that was typed and the reasons at the fields; a page says what happened and the
 * request id; nothing shows a stack or a bound value.
 */
export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  protected renderStatusPages = false

  async handle(error: any, ctx: HttpContext) {
    if (error?.code === 'E_VALIDATION_ERROR' && !this.wantsJson(ctx))
      return super.handle(error, ctx)
    if (error instanceof DomainError && this.isForm(ctx)) return this.backToForm(error, ctx)
    if (app.inDev && this.statusOf(error) >= 500) return super.handle(error, ctx)
    return this.page(error, ctx)
  }

  async report(error: any, ctx: HttpContext) {
    withoutValues(error)
    if (error instanceof ForbiddenError && ctx.actor) {
      await refusals.tell(ctx.actor, error.capability, ctx.request.url())
    }
    if (error instanceof DomainError) return
    return super.report(error, ctx)
  }

  private async backToForm(error: DomainError, ctx: HttpContext) {
    const message = await this.messageOf(error, ctx.i18n)
    const errors: Record<string, string[]> = {}
    for (const { field, code, params } of error.fields) {
      errors[field] = [ctx.i18n.t(code, params ?? {})]
    }
    ctx.session.flashExcept([
      '_csrf',
      '_method',
      'password',
      'password_confirmation',
      'current_password',
    ])
    ctx.session.flash('error', message)
    ctx.session.flash('inputErrorsBag', errors)
    return ctx.response.redirect().withQs().back()
  }

  private async page(error: any, ctx: HttpContext) {
    // No router middleware ran for an unknown address; its page speaks the language all the same.
    if (!ctx.i18n) await new LocaleMiddleware().handle(ctx, async () => {})
    const status = this.statusOf(error)
    const shown = PAGES.includes(status) ? status : status >= 500 ? 500 : 404
    const i18n = ctx.i18n
    const isLargeForm = shown === 413 && !ctx.request.is(['multipart/form-data'])
    const place = isLargeForm ? 'form' : 'text'
    const text = i18n ? await this.textOf(error, `${shown}.${place}`, i18n) : String(shown)
    ctx.response.status(status)
    if (this.wantsJson(ctx)) {
      return ctx.response.send({
        error: text,
        code: error.code ?? null,
        requestId: ctx.request.id(),
      })
    }
    if (!i18n || !('view' in ctx)) return ctx.response.send(text)
    return ctx.view
      .render('pages/errors/show', { status: shown, text })
      .then((html) => ctx.response.send(html))
  }

  private async textOf(error: any, place: string, i18n: I18n): Promise<string> {
    if (error instanceof DomainError) return this.messageOf(error, i18n)
    if (error.code === 'E_VALIDATION_ERROR') {
      return error.messages.map(({ message }: { message: string }) => named(message)).join(' ')
    }
    return i18n.t(`shared.pages.${place}`, error.params ?? {})
  }

  /** A stale save names who changed the record meanwhile, when and what. */
  private async messageOf(error: DomainError, i18n: I18n): Promise<string> {
    const subject = error instanceof StaleError ? error.subject : null
    const change = subject && (await lastChangePort.of(subject).catch(() => null))
    if (!change) return i18n.t(error.key, error.params)
    const { who, at, action, changes } = change
    const what = auditSentence(i18n, action)
    const fields = changedFields(i18n, action, changes)
    return i18n.t('shared.errors.stale_by', {
      who,
      at,
      what,
      count: fields.length,
      fields: fields.join(', '),
    })
  }

  private statusOf(error: any): number {
    if (error?.code === 'E_BAD_CSRF_TOKEN') return 419
    if (error?.code === 'E_ROW_NOT_FOUND') return 404
    if (error?.code === 'E_REQUEST_ENTITY_TOO_LARGE') return 413
    if (isDatabaseAway(error)) return 503
    return Number.isInteger(error?.status) ? error.status : 500
  }

  private wantsJson(ctx: HttpContext): boolean {
    return ctx.request.accepts(['html', 'json']) === 'json'
  }

  private isForm(ctx: HttpContext): boolean {
    return ctx.request.method() !== 'GET' && !this.wantsJson(ctx) && 'session' in ctx
  }
}
