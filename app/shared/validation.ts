import vine from '@vinejs/vine'
import type { MessagesProviderContact } from '@vinejs/vine/types'
import type { I18n } from '@adonisjs/i18n'
import { isCivilDate } from '#shared/dates'
import { fieldName, isolated } from '#shared/view/names'

const realDay = vine.createRule((value, _, field) => {
  if (!isCivilDate(value)) field.report('The {{ field }} field must be a date', 'date', field)
})

/** A civil date of the calendar, `YYYY-MM-DD`; the 31st of February is none. */
export const day = () => vine.string().trim().use(realDay())

/** The framework's sentences; the name in them is the module's own, until a page puts its label there. */
export class FieldMessages implements MessagesProviderContact {
  private readonly messages: MessagesProviderContact

  constructor(
    private readonly i18n: I18n,
    private readonly module: string
  ) {
    this.messages = i18n.createMessagesProvider()
  }

  getMessage(...[text, rule, field, values]: Parameters<MessagesProviderContact['getMessage']>) {
    // Of a list's item the path is `unit_ids.*`.
    const name = field.wildCardPath.split('.').findLast((part) => part !== '*') ?? ''
    const places = { ...values, field: isolated(fieldName(this.i18n, this.module, name)) }
    return this.messages.getMessage(text, rule, field, places)
  }
}
