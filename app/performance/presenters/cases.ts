import type { I18n } from '@adonisjs/i18n'
import type { ReviewCase } from '../domain/population.js'

/** What is particular about a person's review, in sentences. */
export function caseTexts(cases: readonly ReviewCase[], i18n: I18n): string[] {
  return cases.map(({ code, params }) => i18n.t(`performance.cases.${code}`, params))
}
