import { IntlMessageFormat } from 'intl-messageformat'
import type { TranslationsFormatterContract } from '@adonisjs/i18n/types'

/**
 * ICU messages as the framework reads them, each compiled once: its own formatter compiles at every
 * call, which was half of the CPU of a page with a list. The messages are those of resources/lang.
 */
export class CompiledMessages implements TranslationsFormatterContract {
  readonly name = 'icu'
  readonly #compiled = new Map<string, Map<string, IntlMessageFormat | string>>()

  format(message: string, locale: string, data: Record<string, any> = {}): string {
    let known = this.#compiled.get(locale)
    if (!known) this.#compiled.set(locale, (known = new Map()))
    let compiled = known.get(message)
    if (compiled === undefined) known.set(message, (compiled = compile(message, locale)))
    return typeof compiled === 'string' ? compiled : String(compiled.format(data))
  }
}

/** The parser's number for plain text in a message. */
const LITERAL = 0

/** A message in which nothing is filled in is its text. */
function compile(message: string, locale: string): IntlMessageFormat | string {
  const compiled = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
  const plain = compiled.getAst().every(({ type }) => type === LITERAL)
  return plain ? String(compiled.format()) : compiled
}
