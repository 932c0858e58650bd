import { rm } from 'node:fs/promises'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * The body parser lays every uploaded file down in the system's temporary folder and leaves it
 * there: it goes with the request, also when the request is refused. What an import keeps is an
 * encrypted copy.
 */
export async function discardUploads({ request }: HttpContext, next: NextFn) {
  try {
    return await next()
  } finally {
    const files = Object.values(request.allFiles()).flat()
    for (const { tmpPath } of files) if (tmpPath) await rm(tmpPath, { force: true })
  }
}
