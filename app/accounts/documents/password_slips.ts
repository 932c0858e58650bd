import { addDays } from '#shared/dates'
import { renderPdf } from '#shared/documents/render'
import { slipSheet } from '#shared/documents/slip_sheet'
import type { IssuedAccount } from '../actions/issue_accounts.js'
import { INITIAL_DAYS } from '../domain/password_policy.js'

/** Sealed slips, three on a sheet; the passwords exist nowhere else. */
export function passwordSlips(issued: IssuedAccount[], today: string): Promise<Buffer> {
  const validUntil = addDays(today, INITIAL_DAYS)
  return renderPdf(
    slipSheet(
      issued.map(({ name, unit, username, password }) => ({
        name,
        unit,
        userName: username,
        password,
        validUntil,
      }))
    )
  )
}
