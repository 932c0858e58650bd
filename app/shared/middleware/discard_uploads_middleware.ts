import { rm } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * The body parser lays every uploaded file down in the system's temporary folder and leaves it
 * there: it goes with the request, also when the request is refused. What is kept is an encrypted
 * copy. Stands before the body parser, so that nothing after it is missed.
 */
export default class DiscardUploadsMiddleware {
  async handle({ request }: HttpContext, next: NextFn) {
    try {
      return await next()
    } finally {
      const parsed = '__raw_files' in request && request.__raw_files
      const files = parsed ? Object.values(request.allFiles()).flat() : []
      for (const { tmpPath } of files) if (tmpPath) await rm(tmpPath, { force: true })
    }
  }
}
