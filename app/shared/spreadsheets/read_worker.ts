import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { SpreadsheetError } from './errors.js'
import { streamTable } from './table_reader.js'
import { PARTS_AHEAD, packed, type WorkerInput, type WorkerMessage } from './worker_messages.js'

// The entry of the reading thread. It knows a file and nothing else: no application, no database.
const port = parentPort!
const { path, fileName, limits } = workerData as WorkerInput
let ahead = 0
port.on('message', () => ahead--)

const post = (message: WorkerMessage) => port.postMessage(message)

try {
  for await (const part of packed(streamTable(path, fileName, limits))) {
    while (ahead >= PARTS_AHEAD) await once(port, 'message')
    ahead++
    post({ type: 'part', part })
  }
  post({ type: 'end' })
} catch (error) {
  if (!(error instanceof SpreadsheetError)) throw error
  post({ type: 'refused', code: error.code, params: error.params })
} finally {
  port.close()
}
