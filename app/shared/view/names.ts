import type { I18n } from '@adonisjs/i18n'

/** A name between Unicode's signs for a part by itself, which nobody sees. */
const ISOLATED = /\u2068(.*?)\u2069/gsu

/** What a field of a form or of a change is called where no label stands beside it. */
export function fieldName(i18n: I18n, module: string, field: string): string {
  const known = [
    `${module}.fields.${field}`,
    `validator.shared.fields.${field}`,
    `shared.words.${field}`,
  ].find((key) => i18n.hasMessage(key))
  return known ? i18n.t(known) : field
}

/** A name that `named` finds again in its sentence. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** The sentence with the label of the page, where there is one, in place of the name. */
export function named(sentence: string, label?: string): string {
  return sentence.replace(ISOLATED, (_, name: string) => label ?? name)
}
