import { inTransaction } from '#shared/database'

/** Remembers the language at the own account; a preference, therefore without version and audit. */
export function keepLocale(locale: string, userId: number) {
  return inTransaction((trx) => trx.from('users').where('id', userId).update({ locale }))
}
