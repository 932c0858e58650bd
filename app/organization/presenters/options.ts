import type { I18n } from '@adonisjs/i18n'
import { CATEGORY_ORDER, FUNDING_ORDER } from '../domain/codes.js'
import { formatGrade, GRADES } from '../domain/grades.js'
import { livingUnits } from '../queries/units.js'

export const fundingOptions = (i18n: I18n) =>
  FUNDING_ORDER.map((value) => ({ value, label: i18n.t(`shared.funding.${value}`) }))

export const categoryOptions = (i18n: I18n) =>
  CATEGORY_ORDER.map((value) => ({ value, label: i18n.t(`shared.category.${value}`) }))

export const gradeOptions = () =>
  GRADES.map((value) => ({ value: value as string, label: formatGrade(value) }))

/** Living units of the reform, narrowed to what a grant reaches. */
export async function unitOptions(reach: 'all' | number[] = 'all') {
  const units = await livingUnits()
  return units
    .filter(({ id }) => reach === 'all' || reach.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }))
}
