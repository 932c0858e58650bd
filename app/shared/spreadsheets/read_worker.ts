import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { SpreadsheetError } from './errors.js'
import { streamTable } from './table_reader.js'
import { PARTS_AHEAD, packed, type WorkerMessage, type WorkerTask } from './worker_messages.js'

// The entry of the reading thread. It knows a file and nothing else: no application, no database.
const port = parentPort!
let ahead = 0
let stopped = false

port.on('message', (task: WorkerTask) => {
  if (task === 'taken') ahead--
  else if (task === 'stop') stopped = true
  else void read(task)
})

const post = (message: WorkerMessage) => port.postMessage(message)

async function read({ path, fileName, limits }: Exclude<WorkerTask, string>) {
  ahead = 0
  stopped = false
  try {
    for await (const part of packed(streamTable(path, fileName, limits))) {
      while (ahead >= PARTS_AHEAD && !stopped) await once(port, 'message')
      if (stopped) break
      ahead++
      post({ type: 'part', part })
    }
    post({ type: 'end' })
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    post({ type: 'refused', code: error.code, params: error.params })
  }
}
