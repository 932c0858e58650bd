import vine from '@vinejs/vine'
import type { MessagesProviderContact } from '@vinejs/vine/types'
import { isCivilDate } from '#shared/dates'

const realDay = vine.createRule((value, _, field) => {
  if (!isCivilDate(value)) field.report('The {{ field }} field must be a date', 'date', field)
})

/** A civil date of the calendar, `YYYY-MM-DD`; the 31st of February is none. */
export const day = () => vine.string().trim().use(realDay())

/** A word in small letters; a code (`ip_no`) or a name like iPhone keeps the letters it has. */
const SMALL_FIRST_WORD = /^[a-z]+(?!\w)/

/** Sentences that begin with a capital: names of fields stand inside sentences and labels too. */
export class CapitalMessages implements MessagesProviderContact {
  constructor(private readonly messages: MessagesProviderContact) {}

  getMessage(...asked: Parameters<MessagesProviderContact['getMessage']>): string {
    const sentence = this.messages.getMessage(...asked)
    if (!SMALL_FIRST_WORD.test(sentence)) return sentence
    return sentence[0].toUpperCase() + sentence.slice(1)
  }
}
