import type { I18n } from '@adonisjs/i18n'
import { EDUCATION_LEVELS } from '../domain/requirements.js'

/** The highest first. */
export const educationOptions = (i18n: I18n) =>
  [...EDUCATION_LEVELS]
    .reverse()
    .map((value) => ({ value: value as string, label: i18n.t(`shared.education.${value}`) }))
