import type { I18n } from '@adonisjs/i18n'
import { fieldName } from '#shared/view/names'

type Changes = Record<string, unknown>

const KEY = /^[a-z_]+(\.[a-z0-9_]+)+$/i

/** Flashed by an action: a text as it is, or the key of one. */
export function message(i18n: I18n, text: string): string {
  return KEY.test(text) ? i18n.t(text) : text
}

/** `transfers.batch.approved` → the sentence `transfers.audit.batch.approved`. */
export function auditSentence(i18n: I18n, action: string): string {
  const [module, ...rest] = action.split('.')
  return i18n.t(`${module}.audit.${rest.join('.')}`)
}

/** Who did it: an account by its name as it was, the application by what of it acted (`Actor.system`). */
export function auditActor(i18n: I18n, name: string): string {
  const key = `audit.actors.${name}`
  return KEY.test(key) && i18n.hasMessage(key) ? i18n.t(key) : name
}

/** What changed, line by line: the field's name, before (when there is one) and after. */
export function changeLines(i18n: I18n, action: string, changes: Changes) {
  const module = action.split('.')[0]
  return Object.entries(changes).map(([field, value]) => {
    const pair = Array.isArray(value) && value.length === 2 ? value : null
    return {
      label: fieldName(i18n, module, field),
      before: pair ? shown(i18n, pair[0]) : null,
      after: shown(i18n, pair ? pair[1] : value),
    }
  })
}

/** Names of the fields that an event changed; sensitive ones are digests, whose names may be told. */
export function changedFields(i18n: I18n, action: string, changes: Changes): string[] {
  const isChange = (value: any) => (Array.isArray(value) ? value.length === 2 : value?.digest)
  return Object.entries(changes)
    .filter(([, value]) => isChange(value))
    .map(([field]) => fieldName(i18n, action.split('.')[0], field))
}

function shown(i18n: I18n, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return i18n.t(value ? 'shared.words.yes' : 'shared.words.no')
  if (typeof value === 'object') {
    return 'digest' in value ? i18n.t('shared.history.sealed') : JSON.stringify(value)
  }
  return String(value)
}
