import { PassThrough } from 'node:stream'
import type { HttpContext } from '@adonisjs/core/http'
import { writeRegister, type Register } from '#shared/spreadsheets/register_writer'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Sends bytes as a file to keep; the name may be Chinese. Nothing of it stays in a cache. */
export function sendFile(ctx: HttpContext, name: string, type: string, body: Buffer | string) {
  attachment(ctx, name, type)
  return ctx.response.send(body)
}

/** Streams a register of any length as a workbook, row by row as the reader takes it. */
export function sendRegister(ctx: HttpContext, name: string, register: Register) {
  attachment(ctx, name, XLSX)
  const stream = new PassThrough()
  writeRegister(stream, register).catch((error) => {
    ctx.logger.error({ err: error }, 'export broken off')
    stream.destroy(error)
    ctx.response.response.destroy() // the reader sees a broken download and does not wait for more
  })
  return ctx.response.stream(stream)
}

function attachment({ response }: HttpContext, name: string, type: string) {
  response.header('Content-Type', type)
  response.header('Cache-Control', 'no-store')
  response.header(
    'Content-Disposition',
    `attachment; filename="download"; filename*=UTF-8''${encodeURIComponent(name)}`
  )
}
