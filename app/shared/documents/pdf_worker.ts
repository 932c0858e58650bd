import { parentPort } from 'node:worker_threads'
import { drawPdf, preparePdfmake } from './engine.js'
import { shareFonts } from './shared_fonts.js'
import type { RenderReply, RenderRequest } from './render.js'

/** The thread that draws documents. It knows no database and no settings, only definitions. */
shareFonts()
preparePdfmake()

parentPort?.on('message', async ({ id, document, createdAt }: RenderRequest) => {
  let reply: RenderReply
  try {
    const pdf = await drawPdf(document, createdAt)
    const bytes = new Uint8Array(pdf)
    reply = { id, bytes }
    parentPort?.postMessage(reply, [bytes.buffer])
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) }
    parentPort?.postMessage(reply)
  }
})
