import { IntlMessageFormat } from 'intl-messageformat'
import type { TranslationsFormatterContract } from '@adonisjs/i18n/types'

/**
 * ICU messages as the framework reads them, each compiled once: its own formatter compiles at every
 * call, which was half of the CPU of a page with a list. The messages are those of resources/lang.
 */
export class CompiledMessages implements TranslationsFormatterContract {
  readonly name = 'icu'
  readonly #compiled = new Map<string, IntlMessageFormat>()

  format(message: string, locale: string, data: Record<string, any> = {}): string {
    const key = `${locale}\n${message}`
    let compiled = this.#compiled.get(key)
    if (!compiled) {
      compiled = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
      this.#compiled.set(key, compiled)
    }
    return String(compiled.format(data))
  }
}
