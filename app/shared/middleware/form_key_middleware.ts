import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { canonicalJson } from '#shared/canonical'
import { digest } from '#shared/crypto'
import { boundKey } from '#shared/once'

/**
 * Ties the key of a form to what the form says and where it goes: the same key with anything else
 * is no repetition, and `once()` refuses it.
 */
export default class FormKeyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    const { _key: key, _csrf, ...content } = request.body()
    if (typeof key === 'string' && key) {
      const files = Object.entries(request.allFiles()).map(([name, list]) => [
        name,
        [list].flat().map(({ clientName, size }) => [clientName, size]),
      ])
      const said = canonicalJson({ url: request.url(), content, files })
      request.updateBody({ ...request.body(), _key: boundKey(key, digest(said, 'form')) })
    }
    return next()
  }
}
