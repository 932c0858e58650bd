import vine from '@vinejs/vine'
import { isCivilDate } from '#shared/dates'

const realDay = vine.createRule((value, _, field) => {
  if (!isCivilDate(value)) field.report('The {{ field }} field must be a date', 'date', field)
})

/** A civil date of the calendar, `YYYY-MM-DD`; the 31st of February is none. */
export const day = () => vine.string().trim().use(realDay())
