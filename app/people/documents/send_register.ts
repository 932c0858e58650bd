import { PassThrough } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { writeRegister, type Register } from '#shared/spreadsheets/register_writer'

/**
 * Answers with a register while it is being written, whatever its length. When writing fails the
 * stream is destroyed: a broken download, never a short file.
 */
export function sendRegister(ctx: HttpContext, fileName: string, register: Register) {
  const body = new PassThrough()
  writeRegister(body, register).catch((error) => body.destroy(error))
  ctx.response.header(
    'Content-Type',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  )
  ctx.response.header('Cache-Control', 'no-store')
  ctx.response.header(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
  )
  return ctx.response.stream(body)
}
