import type { I18n } from '@adonisjs/i18n'

/** What stands in the way of a slip, in words: a value by its name, or `problem|units`. */
export function missingWords(missing: readonly string[], i18n: I18n): string[] {
  return missing.map((name) => {
    const [problem, units] = name.split('|')
    return units === undefined
      ? i18n.t('pay.missing.value', { name })
      : i18n.t(`pay.missing.${problem}`, { units })
  })
}
