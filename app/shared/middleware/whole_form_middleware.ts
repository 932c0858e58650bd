import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { Exception } from '@adonisjs/core/exceptions'

/** Fields that one form may have: the parser reads no more of them. */
export const MOST_FIELDS = 20_000
/** The highest number that `rows[…]` may have: beyond it the parser makes no list of them. */
export const LAST_ROW = 1_000

/**
 * A form is taken as a whole or not at all: the parser leaves out the fields beyond its bound and
 * says nothing of it. The page for 413 tells that nothing was saved and what to do.
 */
export default class WholeFormMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const raw = request.raw()
    if (request.is(['application/x-www-form-urlencoded']) && raw) {
      const tooMany = raw.split('&').length > MOST_FIELDS
      if (tooMany || Object.values(request.body()).some(hasTooManyRows)) {
        throw new Exception('form with too many fields', { status: 413, code: 'E_FORM_TOO_LARGE' })
      }
    }
    return next()
  }
}

/** What was sent as `rows[0]…` and became no list. */
function hasTooManyRows(value: unknown): boolean {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord && '0' in value && String(LAST_ROW + 1) in value
}
